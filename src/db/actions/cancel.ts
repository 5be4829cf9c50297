import { toStamp } from '../../core/clock.ts'
import type { Database } from '../database.ts'
import { PENDING, PROCESSING } from './statuses.ts'

export type CancelAnswer =
  /** It waited, and is cancelled. */
  | 'cancelled'
  /** A worker is at it and stops before the next step that cannot be undone. */
  | 'requested'
  /** The request is already on its way to the portal; the result will tell. */
  | 'too-late'
  /** It had ended before. */
  | 'ended'
  /** There is no such action of this user. */
  | 'unknown'

/** Takes an action back for its user: at once while it waits, cooperatively while a worker is at it. */
export async function cancelAction(db: Database, actionId: number, userId: number): Promise<CancelAnswer> {
  const answer = await db.write(async (tx, now): Promise<CancelAnswer> => {
    const mine = tx.updateTable('booking_actions').where('id', '=', actionId).where('user_id', '=', userId)
    // What may have reached the portal is looked up there first; only then can anybody say how it ended.
    const unsent = mine.where('submitted_at', 'is', null).returning('id')
    const cancelled = await unsent
      .where('status', '=', PENDING)
      .set({ status: 'cancelled', completed_at: toStamp(now) })
      .executeTakeFirst()
    if (cancelled) return 'cancelled'
    const requested = await unsent.where('status', '=', PROCESSING).set({ cancel_requested: 1 }).executeTakeFirst()
    if (requested) return 'requested'
    const row = await tx
      .selectFrom('booking_actions')
      .select('status')
      .where('id', '=', actionId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (!row) return 'unknown'
    return row.status === 'pending' || row.status === 'processing' ? 'too-late' : 'ended'
  })
  if (answer === 'requested') db.waker.poke('work')
  if (answer === 'cancelled') db.waker.poke('news')
  return answer
}
