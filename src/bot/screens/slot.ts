import type { Account } from '../../db/accounts.ts'
import { findOpenBooking } from '../../db/actions/read.ts'
import type { Database } from '../../db/database.ts'
import type { SlotRow } from '../../db/schema.ts'
import type { Bookability } from '../../planner/bookability.ts'
import { momentPhrase } from '../dates.ts'
import { escapeHtml, shorten } from '../html.ts'
import { datedOf, nameOf, whenAndWhere } from '../names.ts'
import { canLook, type LookState, lookLines } from '../slot-look.ts'
import { bookabilityText, judgeSlot, listJudged } from '../slot-state.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, type View } from '../view.ts'
import { accountButton, suspendedHint } from './accounts.ts'
import { DAY_PAGE_SIZE } from './day.ts'
import { menuButton } from './menu.ts'

const INSTRUCTOR_LENGTH = 60

/** One slot with what can be done, when it was seen, and how it stands with looking at it again. */
export async function slotScreen(
  db: Database,
  words: Words,
  account: Account,
  row: SlotRow,
  look: LookState = { state: 'nothing' },
): Promise<View> {
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
      !suspended && state,
      suspended && suspendedHint(words, account),
      ...lookLines(words, row, look, now),
    ),
    buttons: [
      !queued && can.can && !suspended
        ? [button(words.text('button-book-it'), 'book-slot', { account: account.id, slot: row.id })]
        : [],
      suspended ? [accountButton(words, account)] : [],
      queued
        ? [button(words.text('button-show-action', { id: String(queued.id) }), 'action', { action: queued.id })]
        : [],
      ...(queued || suspended ? [] : laterButtons(words, account, row, can, now)),
      canLook(account, can) ? [button(words.text('button-look'), 'look', { account: account.id, slot: row.id })] : [],
      suspended ? [] : [button(words.text('button-every-week'), 'every-week', { account: account.id, slot: row.id })],
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

/** What can be done about a class that is not open yet, or full. */
function laterButtons(
  words: Words,
  account: Account,
  row: SlotRow,
  can: Bookability,
  now: Temporal.Instant,
): Button[][] {
  if (can.can) return []
  const data = { account: account.id, slot: row.id }
  if (can.why === 'not-open-yet') {
    const opens = momentPhrase(words, row.portal, can.opensAt, now)
    return [[button(words.text('button-book-ahead', { opens }), 'book-ahead', data)]]
  }
  if (can.why !== 'full') return []
  return [
    [button(words.text('button-watch-book'), 'watch', { ...data, how: 'book' })],
    [button(words.text('button-watch-tell'), 'watch', { ...data, how: 'tell' })],
  ]
}

/** The page of its day on which the slot stands. */
async function pageInDay(db: Database, account: Account, row: SlotRow): Promise<number> {
  const day = await listJudged(db, account, row.date)
  const place = day.findIndex((judged) => judged.row.id === row.id)
  return Math.floor(Math.max(0, place) / DAY_PAGE_SIZE)
}
