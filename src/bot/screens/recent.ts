import { listAccountsOf } from '../../db/accounts.ts'
import type { Action } from '../../db/actions/action.ts'
import type { Database } from '../../db/database.ts'
import { listRecentShots } from '../../db/shot-timeline.ts'
import { signOf, stateOf, titleOfAction } from '../action-words.ts'
import { escapeHtml } from '../html.ts'
import { shotLines } from '../shot-words.ts'
import type { Words } from '../texts.ts'
import { lines, type View } from '../view.ts'
import { menuButton } from './menu.ts'

const SHOTS = 3

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
  const shots = await recentShotLines(db, words, userId)
  return {
    text:
      rows.length === 0
        ? lines(words.html('status-empty'), ...shots)
        : lines(words.html('status-title'), '', ...rows, '', words.html('status-hint'), ...shots),
    buttons: [[menuButton(words)]],
  }
}

/** The last bookings fired at their opening, to the millisecond: also those that a plan made. */
async function recentShotLines(db: Database, words: Words, userId: number): Promise<string[]> {
  const shots = await listRecentShots(db.read, userId, SHOTS)
  const now = db.clock.now()
  if (shots.length === 0) return []
  return ['', words.html('shots-title'), ...shots.flatMap((shot) => ['', ...shotLines(words, shot, now)])]
}
