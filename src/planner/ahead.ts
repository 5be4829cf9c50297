import type { PortalFacts, SlotKey } from '../portals/contract.ts'

/** So long before its opening a booking is claimed: time enough to log in, with a code of the next step if need be. */
const AHEAD = { seconds: 90 }

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
  return [opening(slot), laterOpening?.(slot)].find(
    (instant) =>
      instant && Temporal.Instant.compare(claimAt(instant), now) <= 0 && Temporal.Instant.compare(now, instant) < 0,
  )
}
