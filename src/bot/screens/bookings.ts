import { type Account, listAccountsOf } from '../../db/accounts.ts'
import type { Action } from '../../db/actions/action.ts'
import { listOpenActionsOf } from '../../db/actions/read.ts'
import { findBookingOf, listBookingsOf } from '../../db/bookings.ts'
import type { Database } from '../../db/database.ts'
import type { BookingRow } from '../../db/schema.ts'
import { titleOfAction } from '../action-words.ts'
import { buttonData } from '../buttons.ts'
import { agePhrase, dayTitle, localNow, timeSpan } from '../dates.ts'
import { escapeHtml, shorten } from '../html.ts'
import { datedOf, nameOf, placeOf, whenOf } from '../names.ts'
import type { Words } from '../texts.ts'
import { type Button, button, lines, pageOf, pager, type View } from '../view.ts'
import { addButton } from './accounts.ts'
import { menuButton } from './menu.ts'

const PAGE_SIZE = 8
const QUEUE_SIZE = 6
const LABEL_NAME_LENGTH = 24

/** The user's bookings and what is in the queue. `news` is what has just happened. */
export async function bookingsScreen(
  db: Database,
  words: Words,
  userId: number,
  at: number,
  news?: string,
): Promise<View> {
  const accounts = await listAccountsOf(db.read, userId)
  const all = await listUpcoming(db, userId, accounts)
  const { items, page, pages } = pageOf(all, at, PAGE_SIZE)
  const open = (await listOpenActionsOf(db.read, userId)).slice(0, QUEUE_SIZE)
  const queue = open.map((action) => queueLine(db, words, action, accounts))
  return {
    text: lines(
      news,
      news && '',
      words.html('bookings-title'),
      '',
      ...(all.length === 0
        ? [words.html('bookings-empty')]
        : items.map((row) => bookingLine(db, words, row, accounts))),
      queue.length > 0 && `\n${words.html('bookings-queue')}`,
      ...queue,
      '',
      ...accounts.map((account) => syncedLine(db, words, account, accounts.length > 1)),
      accounts.length === 0 && words.html('no-account'),
    ),
    buttons: [
      ...items.filter((row) => row.cancellable === 1).map((row) => [cancelButton(db, words, row)]),
      pager(page, pages, (to) => buttonData('bookings', { page: to })),
      ...inRows(
        open.map(({ id }) => button(words.text('button-show-action', { id: String(id) }), 'action', { action: id })),
      ),
      [
        ...(all.length > 0 ? [button(words.text('button-calendar'), 'calendar', {})] : []),
        button(words.text('button-history'), 'history', { filter: 'all', account: 0, page: 0 }),
      ],
      ...accounts.map((account) => [syncButton(words, account, accounts.length > 1)]),
      accounts.length === 0 ? [addButton(words)] : [],
      [menuButton(words)],
    ],
  }
}

/** Bookings of all portals that have not begun; each portal has its own clock. */
export async function listUpcoming(db: Database, userId: number, accounts: readonly Account[]): Promise<BookingRow[]> {
  const now = db.clock.now()
  const portals = [...new Set(accounts.map(({ portal }) => portal))]
  const lists = portals.map(async (portal) => {
    const rows = await listBookingsOf(db.read, userId, localNow(portal, now))
    return rows.filter((row) => row.portal === portal)
  })
  const rows = (await Promise.all(lists)).flat()
  return portals.length > 1 ? rows.toSorted((a, b) => (whenKey(a) < whenKey(b) ? -1 : 1)) : rows
}

function whenKey(row: BookingRow): string {
  return `${row.date} ${row.time_slot}`
}

function bookingLine(db: Database, words: Words, row: BookingRow, accounts: readonly Account[]): string {
  const dated = datedOf(row)
  const day = dayTitle(words, row.date, localNow(row.portal, db.clock.now()).date)
  const account = accounts.length > 1 ? accounts.find(({ id }) => id === row.account_id)?.name : undefined
  const tail = [placeOf(dated), account].filter(Boolean).map((part) => ` · ${escapeHtml(part ?? '')}`)
  return `• ${day}, ${timeSpan(dated.start, dated.end)} <b>${escapeHtml(nameOf(dated))}</b>${tail.join('')}`
}

function queueLine(db: Database, words: Words, action: Action, accounts: readonly Account[]): string {
  const account = accounts.find(({ id }) => id === action.accountId)?.name ?? ''
  return `⏳ #${action.id} ${escapeHtml(titleOfAction(words, action, account, db.clock.now()))}`
}

/** Short buttons, three a row. */
function inRows(buttons: readonly Button[]): Button[][] {
  return [buttons.slice(0, 3), buttons.slice(3, QUEUE_SIZE)]
}

function syncedLine(db: Database, words: Words, { name, synced_at }: Account, several: boolean): string {
  if (synced_at === null)
    return several ? words.html('bookings-never-synced-of', { account: name }) : words.html('bookings-never-synced')
  const age = agePhrase(words, synced_at, db.clock.now())
  return several ? words.html('bookings-synced-of', { account: name, age }) : words.html('bookings-synced', { age })
}

function cancelButton(db: Database, words: Words, row: BookingRow): Button {
  const dated = datedOf(row)
  const when = whenOf(words, row.portal, dated, db.clock.now())
  const label = words.text('button-cancel-booking', { name: shorten(nameOf(dated), LABEL_NAME_LENGTH), when })
  return button(label, 'ask-cancel', { booking: row.id })
}

function syncButton(words: Words, { id, name }: Account, several: boolean): Button {
  return button(several ? words.text('button-sync-of', { account: name }) : words.text('button-sync'), 'sync', {
    account: id,
  })
}

/** Asks once before a booking is cancelled; undefined when it is not in the user's list. */
export async function askCancelScreen(
  db: Database,
  words: Words,
  userId: number,
  bookingId: number,
): Promise<View | undefined> {
  const row = await findBookingOf(db.read, userId, bookingId)
  if (!row) return undefined
  const dated = datedOf(row)
  const when = whenOf(words, row.portal, dated, db.clock.now())
  return {
    text: words.html('ask-cancel', { name: nameOf(dated), when }),
    buttons: [
      [button(words.text('button-yes-cancel'), 'cancel', { booking: row.id })],
      [button(words.text('button-no-keep'), 'bookings', { page: 0 })],
    ],
  }
}
