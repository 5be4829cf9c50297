import { Composer } from 'grammy'
import { listAccountsOf } from '../../db/accounts.ts'
import { type BotContext, type Deps, onButton, onCommand } from '../feature.ts'
import { HISTORY_LIMIT, readHistory } from '../history.ts'
import { historyAsCsv, historyAsJson } from '../history-file.ts'
import type { FileView } from '../outbox.ts'
import type { Person } from '../people.ts'
import { type HistoryChoice, historyScreen } from '../screens/history.ts'
import { lines } from '../view.ts'

type Format = 'csv' | 'json'

/** /history: what has been booked, cancelled and not done, in pages; the same as a file. */
export function historyFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'history', async ({ person: { id, words } }) => {
    const show = await historyScreen(db, words, id, { filter: 'all', account: 0 }, 0)
    return show ? [{ show }] : []
  })
  onButton(feature, deps, 'history', async ({ person: { id, words } }, { filter, account, page }) => {
    const show = await historyScreen(db, words, id, { filter, account }, page)
    return show && { show }
  })
  onButton(feature, deps, 'history-file', async ({ person }, { filter, account, format }) => {
    const file = await historyFile(deps, person, { filter, account }, format)
    if (!file) return undefined
    void deps.outbox.sendFile(person.id, async () => file)
    return {}
  })
  return feature
}

/** Undefined when the account is not theirs. */
async function historyFile(
  { db }: Deps,
  { id, words }: Person,
  { filter, account: accountId }: HistoryChoice,
  format: Format,
): Promise<FileView | undefined> {
  const accounts = await listAccountsOf(db.read, id)
  const account = accounts.find((one) => one.id === accountId)
  if (accountId !== 0 && !account) return undefined
  const { entries, isCut } = await readHistory(db, id, filter, accountId)
  const now = db.clock.now()
  const content = { entries, accounts, filter, account, isCut, now }
  const text = format === 'csv' ? historyAsCsv(words, content) : historyAsJson(words, content)
  const day = now.toZonedDateTimeISO('UTC').toPlainDate()
  return {
    kind: 'document',
    name: `bookwright-history-${day}.${format}`,
    bytes: new TextEncoder().encode(text),
    caption: lines(
      words.html('history-file', { n: entries.length }),
      isCut && words.html('history-cut', { n: HISTORY_LIMIT }),
    ),
    buttons: [],
  }
}
