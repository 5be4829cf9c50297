import { toStamp } from '../../core/clock.ts'
import type { Database } from '../database.ts'

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
  const now = toStamp(db.clock.now())
  const answer = await db.write(async (tx): Promise<CancelAnswer> => {
    const row = await tx
      .selectFrom('booking_actions')
      .select(['status', 'submitted_at'])
      .where('id', '=', actionId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (!row) return 'unknown'
    if (row.status !== 'pending' && row.status !== 'processing') return 'ended'
    // What may have reached the portal is looked up there first; only then can anybody say how it ended.
    if (row.submitted_at !== null) return 'too-late'
    const change =
      row.status === 'pending' ? { status: 'cancelled' as const, completed_at: now } : { cancel_requested: 1 }
    await tx.updateTable('booking_actions').set(change).where('id', '=', actionId).execute()
    return row.status === 'pending' ? 'cancelled' : 'requested'
  })
  if (answer === 'requested') db.waker.poke('work')
  if (answer === 'cancelled') db.waker.poke('news')
  return answer
}
