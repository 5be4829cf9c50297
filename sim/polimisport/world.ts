import { setTimeout as delay } from 'node:timers/promises'
import { type ClockSetting, nextClockChange, SimClock } from '../shared/clock.ts'
import { Holds } from '../shared/holds.ts'
import { RequestLog } from '../shared/request-log.ts'
import { Sessions } from '../shared/sessions.ts'
import { noFaults } from './fault-box.ts'
import type { FaultInput } from './faults.ts'
import { Handover } from './handover.ts'
import { type Layout, PLAIN } from './layout.ts'
import { People, type Person } from './people.ts'
import type { Circumstances } from './rules.ts'
import { Site } from './site.ts'
import type { Texts } from './texts.ts'
import type { Slot, Timetable } from './timetable.ts'
import { ROME } from './zone.ts'

export type WorldOptions = {
  clock: () => Temporal.Instant
  people: readonly Person[]
  timetable: Timetable
  texts: Texts
  /** Full slots can be waited for. */
  waitlist: boolean
}

/** Everything behind the pages of both origins. */
export class World {
  readonly clock: SimClock
  readonly faults = noFaults()
  readonly log = new RequestLog()
  readonly holds = new Holds()
  readonly handover = new Handover()
  readonly texts: Texts
  readonly waitlist: boolean
  /** Filled in when both origins listen. */
  readonly addresses = { portal: '', sso: '' }
  readonly #options: WorldOptions
  readonly #closing = new AbortController()
  people: People
  site: Site
  /** Sessions of the portal last some days, those of the login service one. */
  portalSessions = new Sessions(Temporal.Duration.from({ hours: 72 }))
  ssoSessions = new Sessions(Temporal.Duration.from({ hours: 24 }))

  constructor(options: WorldOptions) {
    this.#options = options
    this.clock = new SimClock(ROME, options.clock)
    this.texts = options.texts
    this.waitlist = options.waitlist
    this.people = new People(options.people)
    this.site = new Site(options.timetable)
  }

  /** The site's time, with the fault `clock-skew` in it. */
  now(): Temporal.Instant {
    const skew = this.faults.peek('clock-skew')?.seconds ?? 0
    return this.clock.now().add({ milliseconds: Math.round(skew * 1000) })
  }

  today(): Temporal.PlainDate {
    return this.now().toZonedDateTimeISO(ROME).toPlainDate()
  }

  /** What the rules need to know about a slot for one person. */
  circumstances(username: string, slot: Slot): Circumstances {
    const late = this.faults.peek('not-open-yet', { person: username })
    return {
      now: this.now(),
      spots: this.site.spots(slot),
      own: this.site.holds(username, slot),
      waitlist: this.waitlist,
      lateSeconds: late?.seconds ?? 0,
      shownOpen: late?.shown === 'open',
    }
  }

  /** The layout of one page or answer. */
  layout(person?: string): Layout {
    const variants = this.faults.take('layout-text', { person })?.variants ?? PLAIN.variants
    return { ...this.structure(person), variants }
  }

  /** The layout of a page whose texts stay as they are. */
  structure(person?: string): Layout {
    const structure = this.faults.take('layout-structure', { person })
    return {
      variants: PLAIN.variants,
      missing: structure?.missing ?? PLAIN.missing,
      columns: structure?.columns ?? PLAIN.columns,
    }
  }

  setFault(input: FaultInput): void {
    const fault = this.faults.set(input)
    if (fault.id !== 'dst-day' || fault.mode === 'off') return
    this.faults.clear('dst-day')
    this.setClock({ at: `${nextClockChange(this.clock.today(), fault.change, ROME)}T${fault.time}` })
  }

  setClock(setting: ClockSetting): void {
    this.clock.set(setting)
  }

  /** As after a start: no bookings, sessions, faults or log, and the machine's time. */
  reset(): void {
    this.faults.clear()
    this.holds.release()
    this.log.clear()
    this.clock.set({ to: 'real' })
    this.people = new People(this.#options.people)
    this.site = new Site(this.#options.timetable)
    this.portalSessions.closeAll()
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
}
