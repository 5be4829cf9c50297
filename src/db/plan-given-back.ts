import type { Tx } from './database.ts'

/** The plans that won this booking give it up: it is on its way out of the portal's list, whoever cancelled it. */
export async function noteBookingGivenBack(tx: Tx, bookingId: number): Promise<void> {
  const won = await tx
    .selectFrom('user_bookings as b')
    .innerJoin('plan_tries as t', 't.account_id', 'b.account_id')
    .innerJoin('booking_actions as a', (join) =>
      join.onRef('a.id', '=', 't.action_id').onRef('a.booking_id', '=', 'b.id'),
    )
    .select('t.id')
    .where('b.id', '=', bookingId)
    .execute()
  for (const { id } of won) await noteGivenBack(tx, id)
}

/** What the try has won is not held any more. */
export async function noteGivenBack(tx: Tx, tryId: number): Promise<void> {
  await tx.updateTable('plan_tries').set({ given_back: 1 }).where('id', '=', tryId).execute()
}
