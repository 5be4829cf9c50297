import { Composer } from 'grammy'
import { fold } from '../../core/fold.ts'
import { listAccountsOf } from '../../db/accounts.ts'
import { findBookingOf } from '../../db/bookings.ts'
import type { BookingRow } from '../../db/schema.ts'
import { titleOf } from '../../portals/match.ts'
import { calendarFile } from '../calendar/file.ts'
import { type BotContext, type Deps, onButton, onCommand, type Reply } from '../feature.ts'
import { datedOf, nameOf, whenOf } from '../names.ts'
import type { FileView } from '../outbox.ts'
import type { Person } from '../people.ts'
import { listUpcoming } from '../screens/bookings.ts'
import { plainScreen } from '../screens/menu.ts'

const FILE_NAME_LENGTH = 40

/** Bookings as files for the calendar of a phone: one by its button, or all by /calendar. */
export function calendarFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onCommand(feature, deps, 'calendar', async ({ person }) => [await sendUpcoming(deps, person)])
  onButton(feature, deps, 'calendar', async ({ person }) => sendUpcoming(deps, person))
  onButton(feature, deps, 'to-calendar', async ({ person }, { booking }) => {
    const row = await findBookingOf(db.read, person.id, booking)
    if (!row) return { popup: person.words.text('booking-gone') }
    void deps.outbox.sendFile(person.id, () => fileOfOne(deps, person, row))
    return {}
  })
  return feature
}

async function sendUpcoming(deps: Deps, person: Person): Promise<Reply> {
  const { db, outbox } = deps
  const accounts = await listAccountsOf(db.read, person.id)
  const rows = await listUpcoming(db, person.id, accounts)
  if (rows.length === 0) return { show: plainScreen(person.words, person.words.html('calendar-empty')) }
  void outbox.sendFile(person.id, () => fileOfAll(deps, person, rows))
  return {}
}

async function fileOfAll(deps: Deps, person: Person, rows: readonly BookingRow[]): Promise<FileView> {
  const caption = person.words.html('calendar-all', { n: rows.length })
  return { kind: 'document', name: 'bookwright.ics', bytes: await bytesOf(deps, person, rows), caption, buttons: [] }
}

async function fileOfOne(deps: Deps, person: Person, row: BookingRow): Promise<FileView> {
  const dated = datedOf(row)
  const when = whenOf(person.words, row.portal, dated, deps.db.clock.now())
  return {
    kind: 'document',
    name: fileNameOf(row),
    bytes: await bytesOf(deps, person, [row]),
    caption: person.words.html('calendar-one', { name: nameOf(dated), when }),
    buttons: [],
  }
}

async function bytesOf({ db }: Deps, { id, words }: Person, rows: readonly BookingRow[]): Promise<Uint8Array> {
  const accounts = await listAccountsOf(db.read, id)
  const names = new Map(accounts.length > 1 ? accounts.map((account) => [account.id, account.name]) : [])
  const entries = rows.map((booking) => ({ booking, account: names.get(booking.account_id) }))
  return new TextEncoder().encode(calendarFile(words, entries, db.clock.now()))
}

/** "yoga-2026-11-23.ics": letters that every phone can write. */
function fileNameOf(row: BookingRow): string {
  const name = fold(titleOf(datedOf(row))).replaceAll(/[^a-z0-9]+/g, '-')
  const words = name.slice(0, FILE_NAME_LENGTH).replaceAll(/^-|-$/g, '')
  return `${words || 'bookwright'}-${row.date}.ics`
}
