import type { Account } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { findPortalState } from '../../db/portal-states.ts'
import { listDays, listSlotsOn } from '../../db/slots.ts'
import { agePhrase, dayTitle, localNow } from '../dates.ts'
import type { Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { menuButton } from './menu.ts'

/** What the days are chosen for: to book, or to read the timetable. */
export type Purpose = 'book' | 'times'

/** The days that have classes. `news` is what has just happened. */
export async function daysScreen(
  db: Database,
  words: Words,
  account: Account,
  purpose: Purpose,
  news?: string,
): Promise<View> {
  const now = db.clock.now()
  const { date: today, time } = localNow(account.portal, now)
  const left = (await listSlotsOn(db.read, account.portal, today)).filter((row) => row.time_slot > time).length
  const all = await listDays(db.read, account.portal, today)
  const days = all
    .map((day) => (day.date === today ? { date: today, slots: left } : day))
    .filter(({ slots }) => slots > 0)
  const refresh = [button(words.text('button-refresh'), 'refresh', { account: account.id })]
  if (days.length === 0)
    return { text: lines(news, words.html('timetable-empty')), buttons: [refresh, [menuButton(words)]] }
  const { refreshedAt } = await findPortalState(db.read, account.portal)
  const rows = days.map(({ date, slots }) => {
    const label = words.text('button-day', { day: dayTitle(words, date, today), n: slots })
    const name = purpose === 'book' ? 'day' : 'times'
    return [button(label, name, { account: account.id, date, page: 0 })]
  })
  return {
    text: lines(
      news,
      news && '',
      words.html(purpose === 'book' ? 'days-title' : 'times-title'),
      '',
      refreshedAt !== null && words.html('timetable-seen', { age: agePhrase(words, refreshedAt, now) }),
    ),
    buttons: [...rows, ...(purpose === 'times' ? [refresh] : []), [menuButton(words)]],
  }
}

/** Which of the user's accounts to book for. */
export function chooseAccountScreen(words: Words, accounts: readonly Account[], purpose: Purpose): View {
  const name = purpose === 'book' ? 'days' : 'timetable-of'
  return {
    text: words.html('choose-account'),
    buttons: [...accounts.map((account) => [button(account.name, name, { account: account.id })]), [menuButton(words)]],
  }
}
