import { toStamp } from '../core/clock.ts'
import { instantOf } from '../planner/occurrences.ts'
import type { PortalBooking, SlotKey } from '../portals/contract.ts'
import { nameKey } from '../portals/match.ts'
import { getPortal } from '../portals/registry.ts'
import type { Account } from './accounts.ts'
import type { Reader, Tx } from './database.ts'
import { noteBookingGivenBack } from './plan-given-back.ts'
import type { BookingRow } from './schema.ts'
import { statement } from './statement.ts'

/** A user's bookings that have not begun at `now` (local date and time of the portal), soonest first. */
export async function listBookingsOf(
  reader: Reader,
  userId: number,
  now: { date: string; time: string },
): Promise<BookingRow[]> {
  return await reader
    .selectFrom('user_bookings')
    .selectAll()
    .where('user_id', '=', userId)
    .where((eb) =>
      eb.or([eb('date', '>', now.date), eb.and([eb('date', '=', now.date), eb('time_slot', '>', now.time)])]),
    )
    .orderBy('date')
    .orderBy('time_slot')
    .execute()
}

/** A user's bookings of that date and before, newest first. */
export async function listBookingsUntil(
  reader: Reader,
  userId: number,
  date: string,
  limit: number,
): Promise<BookingRow[]> {
  return await reader
    .selectFrom('user_bookings')
    .selectAll()
    .where('user_id', '=', userId)
    .where('date', '<=', date)
    .orderBy('date', 'desc')
    .orderBy('time_slot', 'desc')
    .limit(limit)
    .execute()
}

/** The booking if it is this user's; for everybody else it does not exist. */
export async function findBookingOf(reader: Reader, userId: number, id: number): Promise<BookingRow | undefined> {
  return await reader
    .selectFrom('user_bookings')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
}

/** The account's booking of this slot, if it holds one. */
export async function findBookingOfSlot(
  reader: Reader,
  accountId: number,
  slot: Pick<SlotKey, 'date' | 'start' | 'location' | 'course'>,
): Promise<BookingRow | undefined> {
  const { date, start } = slot
  const [row] = await bookingOfSlot(reader, { accountId, date, start, name: nameKey(slot) })
  return row
}

const bookingOfSlot = statement<{ accountId: number; date: string; start: string; name: string }, BookingRow>(
  ['accountId', 'date', 'start', 'name'],
  (db, { accountId, date, start, name }) =>
    db
      .selectFrom('user_bookings')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('date', '=', date)
      .where('time_slot', '=', start)
      .where('name_key', '=', name),
)

/** Writes down a booking that the portal's list shows; answers its id. Seen again, it keeps its id. */
export async function recordBooking(
  tx: Tx,
  account: Account,
  booking: PortalBooking,
  now: Temporal.Instant,
): Promise<number> {
  const seen = {
    end_time: booking.end,
    cancellable: booking.cancellable ? 1 : 0,
    location: booking.location,
    course_name: booking.course,
    seen_at: toStamp(now),
  }
  const { id } = await tx
    .insertInto('user_bookings')
    .values({
      user_id: account.user_id,
      account_id: account.id,
      portal: account.portal,
      name_key: nameKey(booking),
      date: booking.date,
      time_slot: booking.start,
      ...seen,
    })
    .onConflict((conflict) =>
      // A list without ends does not undo what is known.
      conflict.columns(['account_id', 'date', 'time_slot', 'name_key']).doUpdateSet((eb) => ({
        ...seen,
        end_time: eb.fn.coalesce(eb.ref('excluded.end_time'), eb.ref('user_bookings.end_time')),
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Forgets a booking that was cancelled; a plan that won it does not hold it any more. */
export async function removeBooking(tx: Tx, id: number): Promise<void> {
  await noteBookingGivenBack(tx, id)
  await forgetBooking(tx, id)
}

async function forgetBooking(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('user_bookings').where('id', '=', id).execute()
}

/**
 * Makes the account's bookings what the portal's list shows. `gone` are rows removed: not on the portal any more.
 * Call it only with a list that was surely read whole.
 */
export async function replaceBookings(
  tx: Tx,
  account: Account,
  bookings: readonly PortalBooking[],
  now: Temporal.Instant,
): Promise<{ added: number; gone: BookingRow[] }> {
  const before = await tx.selectFrom('user_bookings').selectAll().where('account_id', '=', account.id).execute()
  const kept = new Set<number>()
  for (const booking of bookings) kept.add(await recordBooking(tx, account, booking, now))
  const gone = before.filter((row) => !kept.has(row.id))
  // Lists go from today on: what has begun leaves them without having been cancelled.
  for (const row of gone) await (hasBegun(row, now) ? forgetBooking(tx, row.id) : removeBooking(tx, row.id))
  await tx
    .updateTable('accounts')
    .set({ synced_at: toStamp(now) })
    .where('id', '=', account.id)
    .execute()
  const known = new Set(before.map((row) => row.id))
  return { added: [...kept].filter((id) => !known.has(id)).length, gone }
}

function hasBegun({ date, time_slot, portal }: BookingRow, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(instantOf(date, time_slot, getPortal(portal).timeZone), now) <= 0
}
