import type { SlotKey } from '../contract.ts'
import { PortalError } from '../errors.ts'
import type { SiteClock } from '../shared/site-clock.ts'
import { describe } from '../shared/slots.ts'
import { saying } from './answers.ts'
import type { Cell } from './cells.ts'
import { delftXFacts, inDelft, startOf } from './facts.ts'
import type { Openings } from './openings.ts'

/** For so long after the opening a refusal without clear words still counts as "not yet": slots may open late. */
const LATE_MS = 10_000
/** So long before the opening a booking may wait for it already. */
const AROUND_MS = 120_000
/** For so long "not yet" is believed when the portal says it. */
const BELIEVED_MS = 300_000
const TRY_AGAIN_MS = 1_500

/** Throws what can be told without asking: the slot has begun, or lies beyond the days that the portal lists. */
export function checkTimely(slot: SlotKey, openings: Openings, clock: SiteClock): void {
  const now = clock.now()
  if (!isBefore(now, startOf(slot))) throw new PortalError('too-late', `${describe(slot)} has begun`)
  if (slot.date <= lastListed(now)) return
  throw notOpenYet(openings, clock, `${describe(slot)} is days ahead`)
}

/** Throws what keeps a slot, as the portal lists it, from ever being booked: it is full. */
export function checkFree(cell: Cell): void {
  if (cell.state !== 'booked') return
  throw new PortalError('slot-full', `${describe(cell)} is taken, places left: ${cell.spots ?? 'not said'}`)
}

/** Throws `not-open-yet` before the opening. */
export function checkOpen(slot: SlotKey, openings: Openings, clock: SiteClock): void {
  if (isBefore(clock.now(), openings.first)) throw notOpenYet(openings, clock, describe(slot))
}

/** At the next reading of the opening; when all have passed, a moment later: the portal may open late. */
export function notOpenYet(openings: Openings, clock: SiteClock, says: string, words?: string): PortalError {
  const now = clock.now()
  const ahead = [openings.first, openings.last].find((opening) => isBefore(now, opening))
  const opensAt = clock.ours(ahead ?? now.add({ milliseconds: TRY_AGAIN_MS }))
  return new PortalError('not-open-yet', `${says}: not open yet`, { opensAt, ...saying(words) })
}

/** Whether the slot should have opened a moment ago at most, so that it may only be late. */
export function mayBeLate({ last }: Openings, now: Temporal.Instant): boolean {
  return isBefore(now, last.add({ milliseconds: LATE_MS }))
}

/** Whether a slot that the list does not show may come with its opening, or a moment later; not days before it. */
export function mayAppear(openings: Openings, now: Temporal.Instant): boolean {
  return !isBefore(now, openings.first.subtract({ milliseconds: AROUND_MS })) && mayBeLate(openings, now)
}

/** Whether a portal that says "not yet" may be right. */
export function mayBeEarly({ last }: Openings, now: Temporal.Instant): boolean {
  return isBefore(now, last.add({ milliseconds: BELIEVED_MS }))
}

export function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}

function lastListed(now: Temporal.Instant): string {
  const today = Temporal.PlainDate.from(inDelft(now).date)
  return today.add({ days: delftXFacts.viewDays - 1 }).toString()
}
