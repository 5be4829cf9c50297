import type { PortalFacts, SlotKey } from '../portals/contract.ts'

/** So long before its opening a booking is claimed: time enough to log in, with a code of the next step if need be. */
const AHEAD = { seconds: 90 }

/** What lies nearer than this is "in a moment", and no opening that the portal tells. */
const MOMENT = { seconds: 5 }

/** When to claim the booking of a slot that opens at `opening`. */
export function claimAt(opening: Temporal.Instant): Temporal.Instant {
  return opening.subtract(AHEAD)
}

/** The opening, by either reading of the rule, that is to come so soon that the booking is claimed ahead of it. */
export function nextOpening(
  { opening, laterOpening }: Pick<PortalFacts, 'opening' | 'laterOpening'>,
  slot: Pick<SlotKey, 'date' | 'start' | 'location'>,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  return [opening(slot), laterOpening?.(slot)].find((instant) => instant && isNext(instant, now))
}

/** Whether `opening` is to come so soon that a booking is claimed ahead of it. */
export function isNext(opening: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(claimAt(opening), now) <= 0 && Temporal.Instant.compare(now, opening) < 0
}

/** Whether the instant at which a portal wants to be asked again is the opening as it knows it. */
export function tellsOpening(opensAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(opensAt, now.add(MOMENT)) > 0
}

/** The latest instant at which a slot should open: by either reading of the rule, or as the portal has told. */
export function latestOpening(
  { opening, laterOpening }: Pick<PortalFacts, 'opening' | 'laterOpening'>,
  slot: Pick<SlotKey, 'date' | 'start' | 'location'>,
  told: Temporal.Instant | undefined,
): Temporal.Instant {
  const byRule = laterOpening?.(slot) ?? opening(slot)
  return told && Temporal.Instant.compare(told, byRule) > 0 ? told : byRule
}
