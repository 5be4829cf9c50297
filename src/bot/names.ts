import type { Action } from '../db/actions/action.ts'
import type { BookingRow, SlotRow } from '../db/schema.ts'
import type { SlotKey } from '../portals/contract.ts'
import { titleOf } from '../portals/match.ts'
import { findPortal } from '../portals/registry.ts'
import { dayPhrase, localNow, timeSpan } from './dates.ts'
import { escapeHtml, shorten } from './html.ts'
import type { Words } from './texts.ts'

/** Something with a place in the week, whichever table it comes from. */
export type Dated = Pick<SlotKey, 'date' | 'start' | 'location' | 'course'> & { end: string | null }

const NAME_LENGTH = 60
const PLACE_LENGTH = 40

export function datedOf(row: SlotRow | BookingRow): Dated {
  return { date: row.date, start: row.time_slot, end: row.end_time, location: row.location, course: row.course_name }
}

/** What the action is about, if it is about one slot. */
export function subjectOf(action: Action): Dated | undefined {
  if (action.type === 'book') return action.slot
  return action.type === 'cancel' ? action.booking : undefined
}

/** "Yoga" */
export function nameOf(named: Pick<Dated, 'location' | 'course'>): string {
  return shorten(titleOf(named), NAME_LENGTH) || '?'
}

/** "Giuriati" of "Giuriati - Corsi Platinum": the last part is the activity. Empty when it would repeat the name. */
export function placeOf({ location, course }: Pick<Dated, 'location' | 'course'>): string {
  const parts = location.split(/\s[-–—]\s/)
  if (parts.length === 1) return course === null ? '' : shorten(location, PLACE_LENGTH)
  return shorten(parts.slice(0, -1).join(' - '), PLACE_LENGTH)
}

/** "tomorrow, Mon 24 Nov, 18:30" */
export function whenOf(
  words: Words,
  portal: string,
  dated: Pick<Dated, 'date' | 'start'>,
  now: Temporal.Instant,
): string {
  return `${dayPhrase(words, dated.date, localNow(portal, now).date)}, ${dated.start}`
}

/** "tomorrow, Mon 24 Nov, 18:30–19:30 · Giuriati", as HTML. */
export function whenAndWhere(words: Words, portal: string, dated: Dated, now: Temporal.Instant): string {
  const when = `${dayPhrase(words, dated.date, localNow(portal, now).date)}, ${timeSpan(dated.start, dated.end)}`
  return escapeHtml([when, placeOf(dated)].filter(Boolean).join(' · '))
}

/** What people call the portal; its id if this program no longer knows it. */
export function portalName(id: string): string {
  return findPortal(id)?.name ?? id
}

/** "Anna (Polimisport)", or only the name where it is the portal's. */
export function accountLabel({ name, portal }: { name: string; portal: string }): string {
  return name === portalName(portal) ? name : `${name} (${portalName(portal)})`
}
