/** So long before its opening a booking is claimed: time enough to log in, with a code of the next step if need be. */
const AHEAD = { seconds: 90 }

/** When to claim the booking of a slot that opens at `opening`. */
export function claimAt(opening: Temporal.Instant): Temporal.Instant {
  return opening.subtract(AHEAD)
}
