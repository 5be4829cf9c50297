import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../core/clock.ts'
import type { Logger } from '../../core/log.ts'
import { nextAsk, type PortalClock, readClock } from '../../planner/portal-clock.ts'
import type { ArmedBooking, ClockSample } from '../../portals/contract.ts'
import { askTime, before } from './ask-time.ts'

/** Clocks of machines part by less than a millisecond in this time. */
const FRESH_MS = 60_000
/** Our clock was set when it has moved by more than this against the machine's uptime: the portal's is measured anew. */
const SET_MS = 20
/** Requests for one measurement, at most: enough to halve a second down to a millisecond. */
const MOST_ASKS = 14
/** From here on a clock is wrong enough to tell whoever keeps the machine (dossier delft-x, 6). */
const ALARM_MS = 500
/** An answer that takes longer tells nothing about the clock. */
const PATIENCE_MS = 3_000
/** After a request that failed the portal is left alone for so long, after the next one for twice as long. */
const FAILED_PAUSE_MS = 1_000

export type ClockQuestion = {
  portal: string
  ping: ArmedBooking['ping']
  /** Until when it may take, in milliseconds of `performance.now()`: then nothing is waited for any more. */
  by: number
  /** When it is time by the portal's clock, in milliseconds since the epoch: where that is sooner, it ends this too. */
  portalBy: number
  /** Known to half of this, it is known well enough. */
  goodMs: number
  signal: AbortSignal
  log: Logger
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
   * it in time. Throws `session-expired`, and when the signal aborts.
   */
  async of(question: ClockQuestion): Promise<PortalClock | undefined> {
    // Whoever measures may fail for a reason of their own: then it is the next one's turn.
    const { portal, by, signal, log } = question
    for (let others = this.#measuring.get(portal); others; others = this.#measuring.get(portal)) {
      await before(by, signal, others).catch(() => signal.throwIfAborted())
      if (performance.now() >= by) break
    }
    const known = this.#known(portal)
    if (known || this.#measuring.has(portal)) return known
    const measuring = this.#measure(question)
    this.#measuring.set(portal, measuring)
    try {
      const clock = await measuring
      if (clock) this.#tellIfOff(clock, portal, log)
      return clock
    } catch (error) {
      this.#measured.delete(portal)
      throw error
    } finally {
      this.#measuring.delete(portal)
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

  async #measure(question: ClockQuestion): Promise<PortalClock | undefined> {
    const { portal, ping, goodMs, signal } = question
    let { by } = question
    let samples: ClockSample[] = []
    let clock: PortalClock | undefined
    let quietMs = 0
    let failures = 0
    for (let asks = 0; asks < MOST_ASKS; asks++) {
      const at = nextAsk(clock, performance.now() + quietMs)
      if (at > by) break
      await pause(Math.max(0, at - performance.now()), undefined, { signal })
      const sample = await askTime({ ping }, Math.min(by, performance.now() + PATIENCE_MS), signal)
      quietMs = sample ? 0 : FAILED_PAUSE_MS * 2 ** failures++
      if (!sample) continue
      if (Number.isNaN(sample.date)) return undefined
      samples.push(sample)
      clock = readClock(samples)
      // Set while it was measured: what it said before does not count.
      if (!clock) samples = [sample]
      this.#keep(portal, clock)
      if (clock) by = Math.min(question.by, question.portalBy - clock.ahead)
      if (clock && clock.doubt <= goodMs / 2) break
    }
    return clock
  }

  /** Everything else here goes by our clock: when an action is claimed, and when what cannot be armed is sent. */
  #tellIfOff({ ahead, doubt }: PortalClock, portal: string, log: Logger): void {
    const behindMs = Math.round(ahead - this.#ours())
    if (Math.abs(behindMs) - doubt <= ALARM_MS) return
    const how = behindMs > 0 ? 'behind' : 'ahead of'
    const what = `our clock is ${Math.abs(behindMs)} ms ${how} that of ${portal}`
    log.warn({ portal, behindMs }, `${what}: switch on time synchronisation (NTP) on this machine`)
  }

  /** What is known so far serves those who cannot wait until all is. */
  #keep(portal: string, clock: PortalClock | undefined): void {
    if (clock) this.#measured.set(portal, { clock, at: performance.now(), ours: this.#ours() })
    else this.#measured.delete(portal)
  }
}
