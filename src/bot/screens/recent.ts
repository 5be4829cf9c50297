import { listAccountsOf } from '../../db/accounts.ts'
import type { Action } from '../../db/actions/action.ts'
import type { Database } from '../../db/database.ts'
import { signOf, stateOf, titleOfAction } from '../action-words.ts'
import { escapeHtml } from '../html.ts'
import type { Words } from '../texts.ts'
import { lines, type View } from '../view.ts'
import { menuButton } from './menu.ts'

/** The newest actions with their state, a line each. */
export async function recentScreen(
  db: Database,
  words: Words,
  userId: number,
  actions: readonly Action[],
): Promise<View> {
  const accounts = await listAccountsOf(db.read, userId)
  const rows = actions.map((action) => {
    const account = accounts.find(({ id }) => id === action.accountId)?.name ?? ''
    const title = escapeHtml(titleOfAction(words, action, account, db.clock.now()))
    return `${signOf(action)} #${action.id} ${title}: <b>${escapeHtml(stateOf(words, action))}</b>`
  })
  return {
    text:
      rows.length === 0
        ? words.html('status-empty')
        : lines(words.html('status-title'), '', ...rows, '', words.html('status-hint')),
    buttons: [[menuButton(words)]],
  }
}
