import type { ClockSample } from '../portals/contract.ts'

/** What is known of a portal's clock; milliseconds, ours being those of the samples. */
export type PortalClock = {
  /** The portal's time since the epoch minus our time. */
  ahead: number
  /** `ahead` is off by so much at most, if the quickest request travels as long there as back. */
  doubt: number
  /** It is off by so much at most, however the round trip is shared. */
  error: number
  /** The quickest round trip. */
  travel: number
}

const SECOND = 1_000

/**
 * Reads a portal's clock from its `Date` headers. They have whole seconds, so one answer tells the clock to a second;
 * many, sent around the instant at which the second turns, tell it to a few milliseconds (dossier delft-x, 6). Answers
 * that contradict each other (the clock was set meanwhile) give undefined, as no answer at all does.
 */
export function readClock(samples: readonly ClockSample[]): PortalClock | undefined {
  if (samples.length === 0) return undefined
  const travel = Math.min(...samples.map(tripOf))
  const sure = { low: -Infinity, high: Infinity }
  const likely = { low: -Infinity, high: Infinity }
  for (const sample of samples) {
    const { sentAt, answeredAt, date } = sample
    narrow(sure, date - answeredAt, date + SECOND - sentAt)
    // What took longer than the quickest one may have been held up on either way.
    const middle = (sentAt + answeredAt) / 2
    const heldUp = (tripOf(sample) - travel) / 2
    narrow(likely, date - middle - heldUp, date + SECOND - middle + heldUp)
  }
  if (sure.low > sure.high || likely.low > likely.high) return undefined
  const ahead = (likely.low + likely.high) / 2
  return {
    ahead,
    doubt: (likely.high - likely.low) / 2,
    error: Math.max(sure.high - ahead, ahead - sure.low),
    travel,
  }
}

/** When to send the next request, `now` at the earliest: so that it is there when the second turns, by what is known so far. */
export function nextAsk(clock: PortalClock | undefined, now: number): number {
  if (!clock) return now
  const { ahead, travel } = clock
  const earliest = now + travel / 2 + ahead
  return Math.ceil(earliest / SECOND) * SECOND - ahead - travel / 2
}

function tripOf({ sentAt, answeredAt }: ClockSample): number {
  return answeredAt - sentAt
}

function narrow(range: { low: number; high: number }, low: number, high: number): void {
  range.low = Math.max(range.low, low)
  range.high = Math.min(range.high, high)
}
