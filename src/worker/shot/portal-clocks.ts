import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../core/clock.ts'
import { nextAsk, type PortalClock, readClock } from '../../planner/portal-clock.ts'
import type { ArmedBooking, ClockSample } from '../../portals/contract.ts'

/** Clocks of machines part by less than a millisecond in this time. */
const FRESH_MS = 60_000
/** Our clock was set when it has moved by more than this against the machine's uptime: the portal's is measured anew. */
const SET_MS = 20
/** Requests for one measurement, at most: enough to halve a second down to a millisecond. */
const MOST_ASKS = 14

export type ClockQuestion = {
  portal: string
  ping: ArmedBooking['ping']
  /** Until when it may take, in milliseconds of `performance.now()`; the last request is sent before. */
  by: number
  /** Known to half of this, it is known well enough. */
  goodMs: number
  signal: AbortSignal
}

type Measured = { clock: PortalClock; at: number; ours: number }

/** The clocks of the portals, each measured once for all who are about to fire at it. */
export class PortalClocks {
  readonly #clock: Clock
  readonly #measured = new Map<string, Measured>()
  readonly #measuring = new Map<string, Promise<unknown>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * The portal's clock against `performance.now()`, measured now, or lately. Undefined when the portal does not tell
   * it. Throws what `ping` throws.
   */
  async of(question: ClockQuestion): Promise<PortalClock | undefined> {
    // Whoever measures may fail for a reason of their own: then it is the next one's turn.
    for (let others = this.#measuring.get(question.portal); others; others = this.#measuring.get(question.portal))
      await others.catch(() => undefined)
    const known = this.#known(question.portal)
    if (known) return known
    const measuring = this.#measure(question)
    this.#measuring.set(question.portal, measuring)
    try {
      return await measuring
    } finally {
      this.#measuring.delete(question.portal)
    }
  }

  #known(portal: string): PortalClock | undefined {
    const measured = this.#measured.get(portal)
    if (!measured || performance.now() - measured.at > FRESH_MS) return undefined
    return Math.abs(measured.ours - this.#ours()) > SET_MS ? undefined : measured.clock
  }

  /** How far our clock is ahead of the machine's uptime, in milliseconds. */
  #ours(): number {
    return this.#clock.now().epochMilliseconds - performance.now()
  }

  async #measure({ portal, ping, by, goodMs, signal }: ClockQuestion): Promise<PortalClock | undefined> {
    let samples: ClockSample[] = []
    let clock: PortalClock | undefined
    for (let asks = 0; asks < MOST_ASKS; asks++) {
      const at = nextAsk(clock, performance.now())
      if (at > by) break
      await pause(Math.max(0, at - performance.now()), undefined, { signal })
      const sample = await ping()
      if (Number.isNaN(sample.date)) return undefined
      samples.push(sample)
      clock = readClock(samples)
      // Set while it was measured: what it said before does not count.
      if (!clock) samples = [sample]
      else if (clock.doubt <= goodMs / 2) break
    }
    if (clock) this.#measured.set(portal, { clock, at: performance.now(), ours: this.#ours() })
    return clock
  }
}
