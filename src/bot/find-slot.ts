import type { Account } from '../db/accounts.ts'
import type { Database } from '../db/database.ts'
import type { SlotRow } from '../db/schema.ts'
import { findSlot } from '../db/slots.ts'
import { findAccountOf } from './accounts.ts'
import type { Person } from './people.ts'

/** The slot a button stands for; 'gone' when it left the timetable, undefined when the account is not the person's. */
export async function findSlotFor(
  db: Database,
  person: Person,
  data: { account: number; slot: number },
): Promise<{ account: Account; row: SlotRow } | 'gone' | undefined> {
  const account = await findAccountOf(db, person, data.account)
  if (!account) return undefined
  const row = await findSlot(db.read, data.slot)
  return row?.portal === account.portal ? { account, row } : 'gone'
}
