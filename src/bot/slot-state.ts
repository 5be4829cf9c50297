import type { Account } from '../db/accounts.ts'
import { findBookingOfSlot, listBookingsOf } from '../db/bookings.ts'
import type { Database } from '../db/database.ts'
import type { SlotRow } from '../db/schema.ts'
import { listSlotsOn } from '../db/slots.ts'
import { type Bookability, bookability } from '../planner/bookability.ts'
import { nameKey } from '../portals/match.ts'
import { getPortal } from '../portals/registry.ts'
import { agePhrase, localNow, momentPhrase, startInstant } from './dates.ts'
import { type Dated, datedOf } from './names.ts'
import type { Words } from './texts.ts'

export type Judged = { row: SlotRow; can: Bookability }

/** What can be done with the slot for this account now. */
export async function judgeSlot(db: Database, account: Account, row: SlotRow): Promise<Bookability> {
  const held = await findBookingOfSlot(db.read, account.id, datedOf(row))
  return judge(row, held !== undefined, db.clock.now())
}

/** The slots of a day that have not begun, each with what this account can do. */
export async function listJudged(db: Database, account: Account, date: string): Promise<Judged[]> {
  const now = db.clock.now()
  const bookings = await listBookingsOf(db.read, account.user_id, localNow(account.portal, now))
  const held = new Set(bookings.filter((row) => row.account_id === account.id).map((row) => keyOf(datedOf(row))))
  const rows = await listSlotsOn(db.read, account.portal, date)
  return rows
    .map((row) => ({ row, can: judge(row, held.has(keyOf(datedOf(row))), now) }))
    .filter(({ can }) => can.can || can.why !== 'past')
}

function keyOf(dated: Omit<Dated, 'end'>): string {
  return `${dated.date} ${dated.start} ${nameKey(dated)}`
}

function judge(row: SlotRow, held: boolean, now: Temporal.Instant): Bookability {
  const key = { date: row.date, start: row.time_slot, location: row.location }
  const seen = {
    start: startInstant(row.portal, key),
    opensAt: getPortal(row.portal).opening(key),
    state: row.state,
    spots: row.spots,
  }
  return bookability(seen, held, Temporal.Instant.from(row.seen_at), now)
}

/** Why it cannot be booked, and from when; or that it can. Plain text. */
export function bookabilityText(words: Words, portal: string, can: Bookability, now: Temporal.Instant): string {
  if (can.can) return words.text('can-book')
  if (can.why === 'not-open-yet')
    return words.text('cannot-not-open-yet', { opens: momentPhrase(words, portal, can.opensAt, now) })
  return words.text(`cannot-${can.why}`)
}

const EMOJI = { past: '⚪', 'already-booked': '✅', full: '🔴', closed: '⚪', 'not-open-yet': '🔒' } as const

export function emojiOf(can: Bookability): string {
  return can.can ? '🟢' : EMOJI[can.why]
}

/** When the oldest of these was seen, as a line; undefined without any. */
export function seenLine(words: Words, rows: readonly SlotRow[], now: Temporal.Instant): string | undefined {
  const oldest = rows.map((row) => row.seen_at).toSorted()[0]
  return oldest && words.html('slot-seen', { age: agePhrase(words, oldest, now) })
}
