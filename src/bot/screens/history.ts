import { type Account, listAccountsOf } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { titleOfAction } from '../action-words.ts'
import { buttonData } from '../buttons.ts'
import { HISTORY_LIMIT, type HistoryEntry, type HistoryFilter, readHistory } from '../history.ts'
import { escapeHtml, shorten } from '../html.ts'
import { nameOf, placeOf, whenOf } from '../names.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, pageOf, pager, type View } from '../view.ts'
import { menuButton } from './menu.ts'

const PAGE_SIZE = 10
const LABEL_NAME_LENGTH = 24
const FILTERS: HistoryFilter[] = ['all', 'booked', 'cancelled', 'not-done']

/** What the list shows. `account` 0: all of them. */
export type HistoryChoice = { filter: HistoryFilter; account: number }

/** The user's history, a page of it, newest first; undefined when the account is not theirs. */
export async function historyScreen(
  db: Database,
  words: Words,
  userId: number,
  choice: HistoryChoice,
  at: number,
): Promise<View | undefined> {
  const accounts = await listAccountsOf(db.read, userId)
  if (choice.account !== 0 && !accounts.some(({ id }) => id === choice.account)) return undefined
  const { entries, isCut } = await readHistory(db, userId, choice.filter, choice.account)
  const { items, page, pages } = pageOf(entries, at, PAGE_SIZE)
  const now = db.clock.now()
  const namesAccounts = accounts.length > 1 && choice.account === 0
  return {
    text: lines(
      words.html('history-title'),
      '',
      ...items.map((entry) => lineOf(words, entry, now, namesAccounts ? accounts : [])),
      entries.length === 0 && words.html('history-empty'),
      '',
      entries.length > 0 && words.html('history-legend'),
      isCut && page === pages - 1 && words.html('history-cut', { n: HISTORY_LIMIT }),
    ),
    buttons: [
      ...(choice.filter === 'not-done' ? items.flatMap((entry) => whyButton(words, entry, now)) : []),
      pager(page, pages, (to) => buttonData('history', { ...choice, page: to })),
      ...filterButtons(words, choice),
      ...(accounts.length > 1 ? accountButtons(words, choice, accounts) : []),
      entries.length > 0 ? fileButtons(words, choice) : [],
      [menuButton(words)],
    ],
  }
}

/** "✅ Yoga, Mon 16 Nov, 18:00 · Giuriati" */
function lineOf(words: Words, entry: HistoryEntry, now: Temporal.Instant, accounts: readonly Account[]): string {
  const account = accounts.find(({ id }) => id === entry.accountId)?.name
  const tail = [placeOf(entry.dated), account].filter(Boolean).map((part) => ` · ${part}`)
  return `${entry.sign} ${escapeHtml(titleOf(words, entry, now) + tail.join(''))}`
}

/** A cancelling that did not happen is called so; of all others the sign tells. */
function titleOf(words: Words, { action, outcome, portal, dated }: HistoryEntry, now: Temporal.Instant): string {
  if (action?.type === 'cancel' && outcome !== 'cancelled') return titleOfAction(words, action, '', now)
  return `${nameOf(dated)}, ${whenOf(words, portal, dated, now)}`
}

function whyButton(words: Words, { action, portal, dated }: HistoryEntry, now: Temporal.Instant): Button[][] {
  if (!action) return []
  const when = whenOf(words, portal, dated, now)
  const label = `🔍 ${shorten(nameOf(dated), LABEL_NAME_LENGTH)}, ${when}`
  return [[button(label, 'why', { action: action.id })]]
}

function filterButtons(words: Words, choice: HistoryChoice): Button[][] {
  const buttons = FILTERS.map((filter) =>
    chosen(words.text(`history-filter-${filter}`), filter === choice.filter, { ...choice, filter }),
  )
  return inPairs(buttons)
}

function accountButtons(words: Words, choice: HistoryChoice, accounts: readonly Account[]): Button[][] {
  const all = chosen(words.text('history-all-accounts'), choice.account === 0, { ...choice, account: 0 })
  const each = accounts.map(({ id, name }) => chosen(name, id === choice.account, { ...choice, account: id }))
  return [[all], ...inPairs(each)]
}

/** Two a row: of three a phone cuts the labels off. */
function inPairs(buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, n) => buttons.slice(2 * n, 2 * n + 2))
}

function chosen(label: string, isChosen: boolean, choice: HistoryChoice): Button {
  return button(isChosen ? `• ${label}` : label, 'history', { ...choice, page: 0 })
}

function fileButtons(words: Words, choice: HistoryChoice): Button[] {
  return [
    button(words.text('button-history-csv'), 'history-file', { ...choice, format: 'csv' }),
    button(words.text('button-history-json'), 'history-file', { ...choice, format: 'json' }),
  ]
}
