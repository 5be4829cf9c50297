import { toStamp } from '../core/clock.ts'
import { enqueueAction } from '../db/actions/enqueue.ts'
import { isAskedFor } from '../db/actions/read.ts'
import type { Database } from '../db/database.ts'

/** So long before an opening logins are checked: time for a person to give a code, or new credentials. */
export const CHECKED_BEFORE = { minutes: 15 }

/** Whether an opening is ahead, and so near that the logins for it are to be checked. */
export function isSoon(opensAt: Temporal.Instant, now: Temporal.Instant): boolean {
  const isAhead = Temporal.Instant.compare(opensAt, now) > 0
  return isAhead && Temporal.Instant.compare(opensAt.subtract(CHECKED_BEFORE), now) <= 0
}

/** Has the login of an account checked for an opening, once, whatever it is needed for. */
export async function checkLogin(
  db: Database,
  { portal, accountId, opensAt }: { portal: string; accountId: number; opensAt: Temporal.Instant },
): Promise<void> {
  const origin = `login:${accountId}:${toStamp(opensAt)}`
  if (await isAskedFor(db, origin)) return
  await enqueueAction(db, { type: 'check', userId: null, urgent: true, accountId, portal, origin })
}
