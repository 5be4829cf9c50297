import { toStamp } from '../core/clock.ts'
import { OPEN, PENDING, PROCESSING } from './actions/statuses.ts'
import type { Database, Reader, Tx } from './database.ts'
import { noteDroppedLogins } from './dropped-logins.ts'
import type { Topic } from './waker.ts'

const WORK_AND_NEWS: readonly Topic[] = ['work', 'news']

/** What would go with an account: its recurring bookings, and what waits in the queue. */
export async function countBelongings(reader: Reader, accountId: number): Promise<{ rules: number; queued: number }> {
  const rules = await reader
    .selectFrom('periodic_bookings')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  const queued = await reader
    .selectFrom('booking_actions')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('account_id', '=', accountId)
    .where('status', 'in', OPEN)
    .executeTakeFirstOrThrow()
  return { rules: Number(rules.n), queued: Number(queued.n) }
}

/**
 * Removes the user's account with all that belongs to it; bookings on the site stay. First takes back what is still
 * open: while a worker is at some of it the account stays, and `busy` says so; tried again a little later it goes.
 */
export async function removeAccount(
  db: Database,
  userId: number,
  accountId: number,
): Promise<'removed' | 'busy' | 'unknown'> {
  return await db.write(async (tx, now) => {
    // Nothing is claimed between the look and the end.
    await db.lockClaims(tx)
    const account = await tx
      .selectFrom('accounts')
      .select('id')
      .where('id', '=', accountId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (!account) return 'unknown'
    const busy = await tx
      .selectFrom('booking_actions')
      .select('id')
      .where('account_id', '=', accountId)
      .where('status', '=', PROCESSING)
      .executeTakeFirst()
    if (busy) {
      await takeBack(tx, accountId, now)
      return 'busy'
    }
    await noteDroppedLogins(tx, userId, accountId)
    await tx.deleteFrom('accounts').where('id', '=', accountId).execute()
    return 'removed'
  }, WORK_AND_NEWS)
}

/** All that surely has not reached the portal: at once what waits, cooperatively what a worker is at. */
async function takeBack(tx: Tx, accountId: number, now: Temporal.Instant): Promise<void> {
  const open = tx.updateTable('booking_actions').where('account_id', '=', accountId).where('submitted_at', 'is', null)
  await open.set({ cancel_requested: 1 }).where('status', '=', PROCESSING).execute()
  await open
    .set({ status: 'cancelled', completed_at: toStamp(now) })
    .where('status', '=', PENDING)
    .execute()
}
