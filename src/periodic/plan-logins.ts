import { toStamp } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import { enqueueAction } from '../db/actions/enqueue.ts'
import { isAskedFor } from '../db/actions/read.ts'
import type { Database } from '../db/database.ts'
import { startOf } from '../db/plan-bookings.ts'
import { listOpenPlans } from '../db/plan-moves.ts'
import { hopefulOf, readStand } from '../db/plan-state.ts'
import type { PlanRow } from '../db/schema.ts'
import { awaited } from '../planner/plan/next-moves.ts'
import { getPortal } from '../portals/registry.ts'

/** So long before an opening logins are checked: time for a person to give a code, or new credentials. */
const CHECKED_BEFORE = { minutes: 15 }

/** Has the logins checked that plans need soon, once for each opening, so that no session turns out to be dead at it. */
export async function checkLogins(db: Database, log: Logger, portalOf = getPortal): Promise<void> {
  for (const row of await listOpenPlans(db))
    await checkLoginsOf(db, row, portalOf).catch((error) =>
      log.error({ plan: row.id, error: messageOf(error) }, 'the logins of a plan were not checked'),
    )
}

async function checkLoginsOf(db: Database, row: PlanRow, portalOf: typeof getPortal): Promise<void> {
  const facts = portalOf(row.portal)
  const { opening } = facts
  const now = db.clock.now()
  const stand = await readStand(db.read, row, facts, now)
  const openings = awaited(stand.plan, hopefulOf(stand))
    .map(({ hour, place }) => opening({ date: row.date, start: startOf(hour), location: place }))
    .filter((opensAt) => isSoon(opensAt, now))
  for (const opensAt of openings)
    for (const { accountId } of stand.accounts.filter(({ usable }) => usable))
      await check(db, row.portal, accountId, `login:${accountId}:${toStamp(opensAt)}`)
}

function isSoon(opensAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const isAhead = Temporal.Instant.compare(opensAt, now) > 0
  return isAhead && Temporal.Instant.compare(opensAt.subtract(CHECKED_BEFORE), now) <= 0
}

async function check(db: Database, portal: string, accountId: number, origin: string): Promise<void> {
  if (await isAskedFor(db, origin)) return
  await enqueueAction(db, { type: 'check', userId: null, urgent: true, accountId, portal, origin })
}
