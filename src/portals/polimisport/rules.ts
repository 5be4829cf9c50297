import type { SlotKey, TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { describe } from '../shared/slots.ts'
import { dateInRome, polimisportFacts, startOf } from './facts.ts'
import { kindOfRefusal } from './refusals.ts'

/** The two clocks: what the site's shows now, and how to say one of its instants by ours. */
export type Clocks = { siteNow(): Temporal.Instant; ours(instant: Temporal.Instant): Temporal.Instant }

/** For so long after the opening a slot that is not open counts as "not yet" (dossier 6). */
const OPENING_WINDOW_MS = 60_000
const TRY_AGAIN_MS = 1_500

/** Throws what can be told without the timetable: the slot has begun, or lies beyond the days that the site shows. */
export function checkTimely(slot: SlotKey, clocks: Clocks): void {
  const now = clocks.siteNow()
  if (!isBefore(now, startOf(slot))) throw new PortalError('too-late', `${describe(slot)} has begun`)
  const beyond = dateInRome(now).add({ days: polimisportFacts.viewDays })
  if (slot.date >= beyond.toString()) throw notOpenYet(slot, clocks, `${describe(slot)} is days ahead`)
}

/** Throws what keeps a slot, as the timetable shows it, from being booked now (dossier 3.3: a closed slot does not say why). */
export function checkBookable(slot: TimetableSlot, clocks: Clocks): void {
  const now = clocks.siteNow()
  const says = `${describe(slot)} is ${slot.state}, places left: ${slot.spots ?? 'not said'}`
  if (!isBefore(now, startOf(slot))) throw new PortalError('too-late', `${says}; it has begun`)
  if (slot.state === 'available' && slot.spots !== 0) return
  if (isBefore(now, polimisportFacts.opening(slot))) throw notOpenYet(slot, clocks, says)
  if (slot.spots !== 0 && slot.state === 'disabled' && isOpening(slot, now)) throw notOpenYet(slot, clocks, says)
  throw new PortalError('slot-full', says)
}

/**
 * The error behind the site's refusal to book. Its clock goes before its words, which we can only guess at: before the
 * opening nothing is refused for good. `at`: what the refusal itself tells of that clock, if it does.
 */
export function refusalOf(
  message: string,
  slot: Pick<SlotKey, 'date' | 'start' | 'location'>,
  clocks: Clocks,
  at: Temporal.Instant = clocks.siteNow(),
): PortalError {
  const kind = kindOfRefusal(message)
  const isEarly = kind !== 'session-expired' && isBefore(at, polimisportFacts.opening(slot))
  if (isEarly || kind === 'not-open-yet') return notOpenYet(slot, clocks, 'the site refused the booking', message)
  return new PortalError(kind, 'the site refused the booking', { portalSays: message })
}

/** At the opening; when it should be open by now, a moment later: the site may open late. */
function notOpenYet(
  slot: Pick<SlotKey, 'date' | 'start' | 'location'>,
  clocks: Clocks,
  says: string,
  portalSays?: string,
) {
  const now = clocks.siteNow()
  const opening = polimisportFacts.opening(slot)
  const next = isBefore(now, opening) ? opening : now.add({ milliseconds: TRY_AGAIN_MS })
  const details = { opensAt: clocks.ours(next), ...(portalSays === undefined ? {} : { portalSays }) }
  return new PortalError('not-open-yet', `${says}; not open yet`, details)
}

/** Whether the slot should have opened a moment ago at most. */
export function isOpening(slot: Pick<SlotKey, 'date' | 'start' | 'location'>, now: Temporal.Instant): boolean {
  return isBefore(now, polimisportFacts.opening(slot).add({ milliseconds: OPENING_WINDOW_MS }))
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}
