import type { User } from '../../../sim/telegram/model.ts'
import type { House } from '../support.ts'

/** Leaves the user without an account. */
export async function removeAccounts(house: House, { id }: User): Promise<void> {
  await house.db.write((tx) => tx.deleteFrom('accounts').where('user_id', '=', id).execute())
}
