import { instantOf } from '../planner/occurrences.ts'
import { getPortal } from '../portals/registry.ts'
import { enqueueIn, type NewAction } from './actions/enqueue.ts'
import type { Database, Reader, Tx } from './database.ts'
import { lockPlan } from './plan-lock.ts'
import { findPlanFor } from './plan-views.ts'
import type { BookingRow } from './schema.ts'

export type LeftoverAnswer =
  | { outcome: 'queued'; actionId: number }
  /** It is not held any more. */
  | { outcome: 'gone' }
  /** There is no such leftover of an ended plan that the user made or owns an account in. */
  | { outcome: 'unknown' }

/**
 * Has a booking cancelled that an ended plan still holds beside its run; who asks is told the result. Asked again while
 * it is on its way, it is the same action.
 */
export async function cancelLeftover(
  db: Database,
  userId: number,
  planId: number,
  tryId: number,
): Promise<LeftoverAnswer> {
  return await db.write(
    async (tx, now): Promise<LeftoverAnswer> => {
      const plan = (await lockPlan(tx, planId)) && (await findPlanFor(tx, userId, planId))
      const tried = plan?.tries.find(({ id }) => id === tryId)
      if (!tried || !plan?.outcome?.leftovers.some((left) => left.tryId === tryId)) return { outcome: 'unknown' }
      const held = await findHeld(tx, tried.bookingId)
      if (!held) return { outcome: 'gone' }
      const queued = await enqueueIn(tx, { ...cancellingOf(held), userId }, now)
      if (!queued) return { outcome: 'gone' }
      await noteCancelling(tx, tryId, queued.id)
      return { outcome: 'queued', actionId: queued.id }
    },
    ['work', 'news'],
  )
}

export async function findHeld(reader: Reader, bookingId: number | null): Promise<BookingRow | undefined> {
  if (bookingId === null) return undefined
  return await reader.selectFrom('user_bookings').selectAll().where('id', '=', bookingId).executeTakeFirst()
}

/** What cancels this booking. */
export function cancellingOf(held: BookingRow): Omit<Extract<NewAction, { type: 'cancel' }>, 'userId'> {
  const { date, time_slot: start, end_time: end, location, course_name: course } = held
  return {
    type: 'cancel',
    accountId: held.account_id,
    portal: held.portal,
    bookingId: held.id,
    booking: { date, start, end, location, course },
    deadline: instantOf(date, start, getPortal(held.portal).timeZone),
  }
}

export async function noteCancelling(tx: Tx, tryId: number, actionId: number): Promise<void> {
  await tx.updateTable('plan_tries').set({ cancel_action_id: actionId }).where('id', '=', tryId).execute()
}
