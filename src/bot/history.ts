import { toStamp } from '../core/clock.ts'
import type { Action } from '../db/actions/action.ts'
import { listEndedOf } from '../db/actions/history.ts'
import { listBookingsUntil } from '../db/bookings.ts'
import type { Database } from '../db/database.ts'
import type { BookingRow } from '../db/schema.ts'
import { nameKey } from '../portals/match.ts'
import { isUncertain, signOf } from './action-words.ts'
import { startInstant } from './dates.ts'
import { type Dated, datedOf, subjectOf } from './names.ts'

export type Outcome = 'booked' | 'cancelled' | 'not-done' | 'unsure'
export type HistoryFilter = 'all' | 'booked' | 'cancelled' | 'not-done'

/** Something that was done, or not, or a class that was booked on the site itself. */
export type HistoryEntry = {
  outcome: Outcome
  sign: string
  /** Undefined for what was not asked for here. */
  action: Action | undefined
  accountId: number
  portal: string
  dated: Dated
  /** When it ended; for what was not asked for here, when the class began. */
  at: string
}

/** So many of the newest are read; housekeeping keeps the rest of most people below it. */
export const HISTORY_LIMIT = 2000

/**
 * The user's ended actions about bookings, and the past bookings that were made on the site itself, newest first.
 * `accountId` 0: of all accounts. `isCut`: there is more than is read.
 */
export async function readHistory(
  db: Database,
  userId: number,
  filter: HistoryFilter,
  accountId: number,
): Promise<{ entries: HistoryEntry[]; isCut: boolean }> {
  const now = db.clock.now()
  const actions = await listEndedOf(db.read, userId, HISTORY_LIMIT)
  // It is nowhere later than that; what has not begun is sorted out below.
  const latest = now.add({ hours: 24 }).toZonedDateTimeISO('UTC').toPlainDate().toString()
  const bookings = await listBookingsUntil(db.read, userId, latest, HISTORY_LIMIT)
  const done = actions.map(entryOfAction).filter((entry) => entry !== undefined)
  const booked = new Set(done.filter(({ outcome }) => outcome === 'booked').map(keyOf))
  const made = bookings.map(entryOfBooking).filter((entry) => entry.at <= toStamp(now) && !booked.has(keyOf(entry)))
  const entries = [...done, ...made]
    .filter((entry) => (accountId === 0 || entry.accountId === accountId) && isIn(filter, entry.outcome))
    .toSorted((a, b) => (a.at === b.at ? 0 : a.at > b.at ? -1 : 1))
  return { entries, isCut: actions.length === HISTORY_LIMIT || bookings.length === HISTORY_LIMIT }
}

/** Nobody knows what became of the unsure ones: they stand with what was not done. */
function isIn(filter: HistoryFilter, outcome: Outcome): boolean {
  if (filter === 'all') return true
  return filter === (outcome === 'unsure' ? 'not-done' : outcome)
}

function entryOfAction(action: Action): HistoryEntry | undefined {
  const dated = subjectOf(action)
  if (!dated) return undefined
  const { accountId, portal } = action
  const outcome = outcomeOf(action)
  const sign = outcome === 'cancelled' ? '↩️' : signOf(action)
  return { outcome, sign, action, accountId, portal, dated, at: action.completedAt ?? action.createdAt }
}

function outcomeOf(action: Action): Outcome {
  if (isUncertain(action)) return 'unsure'
  if (action.type === 'cancel') return action.status === 'completed' ? 'cancelled' : 'not-done'
  if (action.status === 'cancelled') return 'cancelled'
  return action.status === 'completed' && action.result?.kind !== 'place-free' ? 'booked' : 'not-done'
}

function entryOfBooking(row: BookingRow): HistoryEntry {
  const dated = datedOf(row)
  const at = toStamp(startInstant(row.portal, dated))
  return { outcome: 'booked', sign: '✅', action: undefined, accountId: row.account_id, portal: row.portal, dated, at }
}

function keyOf({ accountId, dated }: HistoryEntry): string {
  return `${accountId} ${dated.date} ${dated.start} ${nameKey(dated)}`
}
