import { toStamp } from '../core/clock.ts'
import { getAccount } from '../db/accounts.ts'
import { enqueueAction } from '../db/actions/enqueue.ts'
import { isAskedFor } from '../db/actions/read.ts'
import type { Database } from '../db/database.ts'
import { findPortalState } from '../db/portal-states.ts'
import type { RuleRow } from '../db/schema.ts'

/** Before a question the timetable should be no older than this. */
const FRESH = { hours: 6 }

/** Has the timetable read again when it is old; at most once an hour, whatever becomes of it. Answers whether it is old. */
export async function freshen(db: Database, rule: RuleRow, now: Temporal.Instant): Promise<boolean> {
  const { refreshedAt } = await findPortalState(db.read, rule.portal)
  if (refreshedAt !== null && refreshedAt >= toStamp(now.subtract(FRESH))) return false
  const { id, portal, state } = await getAccount(db.read, rule.account_id)
  const origin = `rules:${portal}:${toStamp(now).slice(0, 'YYYY-MM-DDTHH'.length)}`
  if (state === 'active' && !(await isAskedFor(db, origin)))
    await enqueueAction(db, { type: 'refresh', userId: null, accountId: id, portal, origin })
  return true
}
