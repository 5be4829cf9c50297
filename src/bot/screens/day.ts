import type { Account } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import type { SlotRow } from '../../db/schema.ts'
import type { Bookability } from '../../planner/bookability.ts'
import { buttonData } from '../buttons.ts'
import { dayTitle, localNow } from '../dates.ts'
import { shorten } from '../html.ts'
import { datedOf, nameOf, placeOf } from '../names.ts'
import { emojiOf, listJudged, seenLine } from '../slot-state.ts'
import type { Words } from '../texts.ts'
import { button, lines, pageOf, pager, type View } from '../view.ts'
import { menuButton } from './menu.ts'

export const DAY_PAGE_SIZE = 8
const NAME_LENGTH = 32

/** The classes of a day as buttons. */
export async function dayScreen(db: Database, words: Words, account: Account, date: string, at: number): Promise<View> {
  const now = db.clock.now()
  const day = dayTitle(words, date, localNow(account.portal, now).date)
  const all = await listJudged(db, account, date)
  const back = [button(words.text('button-back'), 'days', { account: account.id }), menuButton(words)]
  if (all.length === 0) return { text: words.html('day-empty', { day }), buttons: [back] }
  const { items, page, pages } = pageOf(all, at, DAY_PAGE_SIZE)
  const rows = items.map(({ row, can }) => [
    button(slotLabel(words, row, can), 'slot', { account: account.id, slot: row.id }),
  ])
  const turn = pager(page, pages, (to) => buttonData('day', { account: account.id, date, page: to }))
  return {
    text: lines(
      words.html('day-title', { day }),
      '',
      words.html('legend'),
      seenLine(
        words,
        items.map(({ row }) => row),
        now,
      ),
    ),
    buttons: [...rows, turn, back],
  }
}

/** "🟢 18:30 Yoga · 5 spots · Giuriati" */
function slotLabel(words: Words, row: SlotRow, can: Bookability): string {
  const dated = datedOf(row)
  const spots = row.spots === null ? undefined : words.text('spots', { n: row.spots })
  const name = shorten(nameOf(dated), NAME_LENGTH)
  return [`${emojiOf(can)} ${row.time_slot} ${name}`, spots, placeOf(dated)].filter(Boolean).join(' · ')
}
