import type { Clock } from '../core/clock.ts'

/** How much less a reading of the other clock is trusted after a second. */
const DRIFT_MS_A_SECOND = 0.5

/**
 * The clock of the database's machine, as near as its answers tell. Between them time goes on by a counter that no
 * change of this machine's clock touches.
 */
export class DatabaseClock implements Clock {
  /** How far the database's clock is ahead of the counter. */
  #ahead = Temporal.Now.instant().epochMilliseconds - performance.now()
  #uncertainMs = Number.POSITIVE_INFINITY
  #readAt = 0

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(Math.round(performance.now() + this.#ahead))
  }

  /** Learns from `told`, the database's time, which was asked for at `askedAt` of `performance.now()` and is here now. */
  learn(told: Temporal.Instant, askedAt: number): void {
    const heardAt = performance.now()
    const uncertainMs = (heardAt - askedAt) / 2
    const grown = this.#uncertainMs + ((heardAt - this.#readAt) / 1000) * DRIFT_MS_A_SECOND
    if (uncertainMs > grown) return
    this.#ahead = told.epochMilliseconds + uncertainMs - heardAt
    this.#uncertainMs = uncertainMs
    this.#readAt = heardAt
  }
}
