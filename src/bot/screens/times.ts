import type { Account } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import type { SlotRow } from '../../db/schema.ts'
import type { Bookability } from '../../planner/bookability.ts'
import { buttonData } from '../buttons.ts'
import { dayTitle, localNow, timeSpan } from '../dates.ts'
import { escapeHtml } from '../html.ts'
import { datedOf, nameOf, placeOf } from '../names.ts'
import { emojiOf, listJudged, seenLine } from '../slot-state.ts'
import type { Words } from '../texts.ts'
import { button, lines, pageOf, pager, type View } from '../view.ts'
import { menuButton } from './menu.ts'

const PAGE_SIZE = 15

/** The timetable of a day as text. */
export async function timesScreen(
  db: Database,
  words: Words,
  account: Account,
  date: string,
  at: number,
): Promise<View> {
  const now = db.clock.now()
  const day = dayTitle(words, date, localNow(account.portal, now).date)
  const all = await listJudged(db, account, date)
  const { items, page, pages } = pageOf(all, at, PAGE_SIZE)
  const rows = items.map(({ row, can }) => timesLine(words, row, can))
  const turn = pager(page, pages, (to) => buttonData('times', { account: account.id, date, page: to }))
  return {
    text:
      all.length === 0
        ? words.html('day-empty', { day })
        : lines(
            words.html('day-title', { day }),
            '',
            ...rows,
            '',
            words.html('legend'),
            seenLine(
              words,
              items.map(({ row }) => row),
              now,
            ),
          ),
    buttons: [
      turn,
      [button(words.text('button-new-booking'), 'day', { account: account.id, date, page: 0 })],
      [button(words.text('button-refresh'), 'refresh', { account: account.id })],
      [button(words.text('button-back'), 'timetable-of', { account: account.id }), menuButton(words)],
    ],
  }
}

function timesLine(words: Words, row: SlotRow, can: Bookability): string {
  const dated = datedOf(row)
  const spots = row.spots === null ? undefined : words.text('spots', { n: row.spots })
  const tail = [placeOf(dated), spots].filter(Boolean).map((part) => ` · ${escapeHtml(part ?? '')}`)
  return `${emojiOf(can)} ${timeSpan(row.time_slot, row.end_time)} <b>${escapeHtml(nameOf(dated))}</b>${tail.join('')}`
}
