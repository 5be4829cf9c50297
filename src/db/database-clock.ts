import type { Clock } from '../core/clock.ts'

/** A reading of the other clock is good for this long; the two counters drift by less than this much in it. */
const GOOD_FOR_MS = 1_000
const DRIFT_MS = 0.5
/** When this machine's clock and its counter part by more, it slept or its clock was set: nothing is sure any more. */
const JUMP_MS = 50

/**
 * The clock of the database's machine, as its answers tell it. From one reading to the next time goes on by a counter
 * that no change of this machine's clock touches.
 */
export class DatabaseClock implements Clock {
  /** How far the database's clock is ahead of the counter, and by how much that may be wrong. */
  #aheadMs = Temporal.Now.instant().epochMilliseconds - performance.now()
  #errorMs = Number.POSITIVE_INFINITY
  #readAt = Number.NEGATIVE_INFINITY
  #wallAheadMs = 0

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(Math.round(performance.now() + this.#aheadMs))
  }

  /** Whether the database is to be asked for its time before anything is written by this clock. */
  get isStale(): boolean {
    const counter = performance.now()
    return counter - this.#readAt > GOOD_FOR_MS || Math.abs(wallMs() - counter - this.#wallAheadMs) > JUMP_MS
  }

  /** Learns from `told`, the database's time, which was asked for at `askedAt` of `performance.now()` and is here now. */
  learn(told: Temporal.Instant, askedAt: number): void {
    const heardAt = performance.now()
    const errorMs = (heardAt - askedAt) / 2
    const aheadMs = told.epochMilliseconds + errorMs - heardAt
    const knownTo = this.#errorMs + DRIFT_MS
    this.#readAt = heardAt
    this.#wallAheadMs = wallMs() - heardAt
    // A slow answer says less than is known, unless it contradicts that.
    if (errorMs > knownTo && Math.abs(aheadMs - this.#aheadMs) <= errorMs + knownTo) {
      this.#errorMs = knownTo
      return
    }
    this.#aheadMs = aheadMs
    this.#errorMs = errorMs
  }
}

function wallMs(): number {
  return Temporal.Now.instant().epochMilliseconds
}
