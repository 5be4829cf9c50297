/** The time of the simulated Telegram. It runs along with its source, and a test may move it. */
export class Clock {
  readonly #source: () => Temporal.Instant
  #shift = Temporal.Duration.from({ seconds: 0 })

  constructor(source: () => Temporal.Instant) {
    this.#source = source
  }

  now(): Temporal.Instant {
    return this.#source().add(this.#shift)
  }

  /** Unix time in whole seconds, as the Bot API writes dates. */
  seconds(): number {
    return Math.floor(this.now().epochMilliseconds / 1000)
  }

  /** Moves the clock; from there it runs on. */
  set(instant: Temporal.Instant): void {
    this.#shift = this.#source().until(instant)
  }

  advance(duration: Temporal.Duration): void {
    this.set(this.now().add(duration))
  }
}
