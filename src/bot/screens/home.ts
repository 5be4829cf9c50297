import { type Account, listAccountsOf } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import type { Person } from '../people.ts'
import { canPlan } from '../plans/access.ts'
import type { Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { menuButton, menuScreen } from './menu.ts'

/** Where everything begins: the menu, or the first steps for somebody without an account. */
export async function homeScreen(db: Database, person: Person): Promise<View> {
  const [account] = await listAccountsOf(db.read, person.id)
  return account ? menuScreen(person, await canPlan(db)) : firstStepsScreen(person)
}

function firstStepsScreen({ words, firstName }: Person): View {
  return {
    text: words.html('first-steps', { name: firstName }),
    buttons: [[button(words.text('button-first-account'), 'account-add', {})]],
  }
}

/** After the first login that worked: the second step. */
export function firstClassScreen(words: Words, { name }: Account): View {
  return {
    text: lines(words.html('done-check', { account: name }), '', words.html('first-class')),
    buttons: [[button(words.text('button-first-class'), 'book', {})], [menuButton(words)]],
  }
}
