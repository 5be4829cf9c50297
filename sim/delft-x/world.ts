import { setTimeout as delay } from 'node:timers/promises'
import { type ClockSetting, nextClockChange, preciseNow, SimClock, seconds } from '../shared/clock.ts'
import { Holds } from '../shared/holds.ts'
import { RequestLog } from '../shared/request-log.ts'
import { Sessions } from '../shared/sessions.ts'
import { Attempts } from './attempts.ts'
import { Catalogue } from './catalogue.ts'
import { noFaults } from './fault-box.ts'
import type { FaultInput } from './faults.ts'
import { People, type PersonOption } from './people.ts'
import type { Profile } from './rules.ts'
import { Site } from './site.ts'
import { Tokens } from './tokens.ts'
import { AMSTERDAM } from './zone.ts'

export type WorldOptions = {
  /** The machine's time unless given. */
  clock: (() => Temporal.Instant) | undefined
  people: readonly PersonOption[]
  seed: number
  profile: Profile
}

/** Everything behind the pages and the API. */
export class World {
  readonly seed: number
  readonly profile: Profile
  readonly clock: SimClock
  readonly faults
  readonly log = new RequestLog()
  readonly attempts = new Attempts()
  readonly holds = new Holds()
  readonly catalogue: Catalogue
  /** Filled in when all origins listen. */
  readonly addresses = { portal: '', api: '', sso: '' }
  /** When bytes last reached the API from a port of the relay, by `performance.now()`. */
  readonly arrivals = new Map<number | undefined, number>()
  readonly #options: WorldOptions
  readonly #closing = new AbortController()
  people: People
  site: Site
  tokens = new Tokens()
  /** What the university's login service remembers of browsers, for a working day. */
  ssoSessions = new Sessions(Temporal.Duration.from({ hours: 8 }))

  constructor(options: WorldOptions) {
    this.#options = options
    this.seed = options.seed
    this.profile = options.profile
    this.clock = new SimClock(AMSTERDAM, options.clock ?? preciseNow)
    this.faults = noFaults(options.seed)
    this.catalogue = new Catalogue(options.seed)
    this.people = new People(options.people, options.seed)
    this.site = this.#emptySite()
  }

  /** The site's time, with the fault `clockSkew` in it. */
  now(): Temporal.Instant {
    const skew = this.faults.peek('clockSkew')
    return skew ? this.clock.now().add(seconds(skew.seconds)) : this.clock.now()
  }

  /** The same as a number, in milliseconds with fractions: whole ones are exact. */
  nowMs(): number {
    const now = this.now()
    return now.epochMilliseconds + Number(now.epochNanoseconds % 1_000_000n) / 1e6
  }

  /** What the site's clock showed at an instant of `performance.now()`, just passed; a clock that others move shows now. */
  msAt(sinceMs: number): number {
    const moves = this.#options.clock === undefined && !this.clock.frozen
    return this.nowMs() - (moves ? performance.now() - sinceMs : 0)
  }

  today(): Temporal.PlainDate {
    return this.now().toZonedDateTimeISO(AMSTERDAM).toPlainDate()
  }

  setFault(input: FaultInput): void {
    if (input.id === 'dst') this.#moveToClockChange(input)
    // Whoever starts to compete has not taken what opened before.
    else if (input.id === 'competitor') this.faults.set({ from: this.now().toString(), ...input })
    else this.faults.set(input)
  }

  setClock(setting: ClockSetting): void {
    this.clock.set(setting)
  }

  /** As after a start: no bookings, tokens, sessions, faults or log, and the machine's time. */
  reset(): void {
    this.faults.clear()
    this.holds.release()
    this.log.clear()
    this.attempts.clear()
    this.clock.set({ to: 'real' })
    this.people = new People(this.#options.people, this.seed)
    this.site = this.#emptySite()
    this.tokens = new Tokens()
    this.ssoSessions.closeAll()
  }

  /** Waits, but not beyond the end of the simulator. */
  async pause(ms: number): Promise<void> {
    if (ms <= 0) return
    await delay(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined)
  }

  close(): void {
    this.#closing.abort()
    this.holds.release()
    this.log.close()
  }

  #emptySite(): Site {
    const { seed, profile, faults, catalogue } = this
    return new Site({ seed, profile, faults, catalogue })
  }

  #moveToClockChange(input: FaultInput): void {
    const fault = this.faults.set(input)
    this.faults.clear('dst')
    if (fault.id !== 'dst' || fault.mode === 'off') return
    const date = nextClockChange(this.clock.today(), fault.change, AMSTERDAM)
    this.setClock({ at: `${date}T${fault.time}` })
  }
}
