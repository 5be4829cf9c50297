import { sql } from 'kysely'
import { toStamp } from '../../core/clock.ts'
import type { Database } from '../database.ts'
import type { ActionStatus } from '../schema.ts'
import { OPEN, PENDING } from './statuses.ts'

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

/**
 * Takes an action back for its user, or for the house (`anyone`): at once while it waits, cooperatively while a worker
 * is at it.
 */
export async function cancelAction(db: Database, actionId: number, userId: number | 'anyone'): Promise<CancelAnswer> {
  const answer = await db.write(async (tx, now): Promise<CancelAnswer> => {
    // What may have reached the portal is looked up there first; only then can anybody say how it ended.
    // One statement: a worker may claim it or put it back at this very moment.
    const taken = await tx
      .updateTable('booking_actions')
      .set((eb) => {
        const waits = eb.case().when('status', '=', PENDING)
        return {
          status: waits.then(sql.lit<ActionStatus>('cancelled')).else(eb.ref('status')).end(),
          completed_at: waits.then(toStamp(now)).else(eb.ref('completed_at')).end(),
          cancel_requested: waits.then(eb.ref('cancel_requested')).else(1).end(),
        }
      })
      .where('id', '=', actionId)
      .$if(userId !== 'anyone', (query) => query.where('user_id', '=', Number(userId)))
      .where('submitted_at', 'is', null)
      .where('status', 'in', OPEN)
      .returning('status')
      .executeTakeFirst()
    if (taken) return taken.status === 'cancelled' ? 'cancelled' : 'requested'
    const row = await tx
      .selectFrom('booking_actions')
      .select('status')
      .where('id', '=', actionId)
      .$if(userId !== 'anyone', (query) => query.where('user_id', '=', Number(userId)))
      .executeTakeFirst()
    if (!row) return 'unknown'
    return row.status === 'pending' || row.status === 'processing' ? 'too-late' : 'ended'
  })
  if (answer === 'requested') db.waker.poke('work')
  if (answer === 'cancelled') db.waker.poke('news')
  return answer
}
