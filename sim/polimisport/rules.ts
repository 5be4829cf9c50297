import type { Slot } from './timetable.ts'
import { ROME } from './zone.ts'

/** Why the site will not book. */
export type Refusal = 'unknown' | 'past' | 'not-open' | 'full' | 'already-booked' | 'limit-reached'

/** How a slot looks to one person. */
export type SlotStatus = 'Available' | 'Booked' | 'Disabled'

/** Days between the opening (00:00 in Rome) and the day of the slot. */
const OPENING_DAYS = 2

export type Circumstances = {
  now: Temporal.Instant
  spots: number
  /** The person asking holds this slot already. */
  own: boolean
  /** Full slots stay open to the waiting list. */
  waitlist: boolean
  /** `not-open-yet`: the site opens this late after midnight. */
  lateSeconds: number
  /** … and shows the slot as open nevertheless. */
  shownOpen: boolean
}

/** The instant at which the site begins to book a slot; 23 or 25 hours may lie in one of the days before it. */
export function opensAt(date: string, lateSeconds = 0): Temporal.Instant {
  const day = Temporal.PlainDate.from(date).subtract({ days: OPENING_DAYS })
  return day
    .toZonedDateTime(ROME)
    .toInstant()
    .add({ milliseconds: Math.round(lateSeconds * 1000) })
}

/** The instant at which a slot begins. */
export function startsAt({ date, time }: Pick<Slot, 'date' | 'time'>): Temporal.Instant {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(ROME).toInstant()
}

/** Why a slot cannot be booked now, or nothing if it can. */
export function refusal(slot: Slot, { now, spots, own, lateSeconds }: Circumstances): Refusal | undefined {
  if (own) return 'already-booked'
  if (!isBefore(now, startsAt(slot))) return 'past'
  if (isBefore(now, opensAt(slot.date, lateSeconds))) return 'not-open'
  if (spots <= 0) return 'full'
  return undefined
}

/** What the timetable shows for a slot. */
export function statusOf(slot: Slot, circumstances: Circumstances): SlotStatus {
  const shown = circumstances.shownOpen ? { ...circumstances, lateSeconds: 0 } : circumstances
  const reason = refusal(slot, shown)
  if (reason === undefined) return 'Available'
  if (reason === 'already-booked') return 'Booked'
  return reason === 'full' && circumstances.waitlist ? 'Available' : 'Disabled'
}

export function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}
