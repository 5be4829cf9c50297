import type { Account } from '../../db/accounts.ts'
import { findOpenBooking } from '../../db/actions/read.ts'
import type { Database } from '../../db/database.ts'
import type { SlotRow } from '../../db/schema.ts'
import { escapeHtml, shorten } from '../html.ts'
import { datedOf, nameOf, whenAndWhere } from '../names.ts'
import { bookabilityText, judgeSlot, listJudged, seenLine } from '../slot-state.ts'
import type { Words } from '../texts.ts'
import { button, lines, type View } from '../view.ts'
import { accountButton, suspendedHint } from './accounts.ts'
import { DAY_PAGE_SIZE } from './day.ts'
import { menuButton } from './menu.ts'

const INSTRUCTOR_LENGTH = 60

/** One slot with what can be done. */
export async function slotScreen(db: Database, words: Words, account: Account, row: SlotRow): Promise<View> {
  const now = db.clock.now()
  const dated = datedOf(row)
  const can = await judgeSlot(db, account, row)
  const queued = await findOpenBooking(db.read, account.id, dated)
  const suspended = account.state === 'suspended'
  const instructor = row.instructor === null ? '' : shorten(row.instructor, INSTRUCTOR_LENGTH)
  const state = queued
    ? words.html('cannot-queued', { id: String(queued.id) })
    : escapeHtml(bookabilityText(words, row.portal, can, now))
  return {
    text: lines(
      `<b>${escapeHtml(nameOf(dated))}</b>`,
      whenAndWhere(words, row.portal, dated, now),
      instructor !== '' && words.html('slot-instructor', { name: instructor }),
      row.spots !== null && row.spots > 0 && words.html('spots', { n: row.spots }),
      '',
      state,
      suspended && suspendedHint(words, account),
      seenLine(words, [row], now),
    ),
    buttons: [
      !queued && can.can && !suspended
        ? [button(words.text('button-book-it'), 'book-slot', { account: account.id, slot: row.id })]
        : [],
      suspended ? [accountButton(words, account)] : [],
      queued
        ? [button(words.text('button-show-action', { id: String(queued.id) }), 'action', { action: queued.id })]
        : [],
      !can.can && (can.why === 'full' || can.why === 'closed')
        ? [button(words.text('button-refresh'), 'refresh', { account: account.id })]
        : [],
      [
        button(words.text('button-back'), 'day', {
          account: account.id,
          date: row.date,
          page: await pageInDay(db, account, row),
        }),
        menuButton(words),
      ],
    ],
  }
}

/** The page of its day on which the slot stands. */
async function pageInDay(db: Database, account: Account, row: SlotRow): Promise<number> {
  const day = await listJudged(db, account, row.date)
  const place = day.findIndex((judged) => judged.row.id === row.id)
  return Math.floor(Math.max(0, place) / DAY_PAGE_SIZE)
}
