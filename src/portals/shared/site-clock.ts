import type { Clock } from '../../core/clock.ts'

/** `Date` headers have whole seconds: a difference below this says nothing. */
const NOISE_MS = 2_000

/** The site's clock, as near as the `Date` header of its last answer tells it; the shot measures it far better. */
export class SiteClock {
  readonly #clock: Clock
  /** How far the site's clock is ahead of ours. */
  #aheadMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Learns the site's clock from the `Date` header of an answer. */
  learn(header: string | undefined): void {
    const epochMs = header === undefined ? Number.NaN : Date.parse(header)
    if (Number.isNaN(epochMs)) return
    const ahead = epochMs - this.#clock.now().epochMilliseconds
    this.#aheadMs = Math.abs(ahead) < NOISE_MS ? 0 : ahead
  }

  /** Now, by the site's clock. */
  now(): Temporal.Instant {
    return this.#clock.now().add({ milliseconds: this.#aheadMs })
  }

  /** An instant of the site's clock as our clock will show it. */
  ours(instant: Temporal.Instant): Temporal.Instant {
    return instant.subtract({ milliseconds: this.#aheadMs })
  }
}
