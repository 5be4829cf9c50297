import { type Account, listAccountsOf } from '../db/accounts.ts'
import type { Database } from '../db/database.ts'
import type { Person } from './people.ts'
import { noAccountScreen } from './screens/accounts.ts'
import { chooseAccountScreen, daysScreen, type Purpose } from './screens/days.ts'
import type { View } from './view.ts'

/** The account if it is this person's; for everybody else it does not exist. */
export async function findAccountOf(db: Database, { id }: Person, accountId: number): Promise<Account | undefined> {
  const accounts = await listAccountsOf(db.read, id)
  return accounts.find((account) => account.id === accountId)
}

/** The days to choose from, after the account where there are several; or how to add one. */
export async function startScreen(db: Database, { id, words }: Person, purpose: Purpose): Promise<View> {
  const all = await listAccountsOf(db.read, id)
  const accounts = purpose === 'book' ? all : onePerPortal(all)
  const [first] = accounts
  if (!first) return noAccountScreen(words)
  return accounts.length > 1 ? chooseAccountScreen(words, accounts, purpose) : daysScreen(db, words, first, purpose)
}

/** The timetable is the same for all accounts of a portal; an active one can read it again. */
export function onePerPortal(accounts: readonly Account[]): Account[] {
  const chosen = new Map<string, Account>()
  for (const account of accounts) {
    const known = chosen.get(account.portal)
    if (!known || (known.state === 'suspended' && account.state === 'active')) chosen.set(account.portal, account)
  }
  return [...chosen.values()]
}
