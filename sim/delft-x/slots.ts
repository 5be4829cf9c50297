import { fraction } from '../shared/random.ts'
import type { Catalogue, Place } from './catalogue.ts'
import { AMSTERDAM } from './zone.ts'

/** One hour of one place. */
export type Slot = {
  key: string
  place: Place
  /** In Amsterdam: `2026-10-12`, `13:00`. */
  date: string
  start: string
  startMs: number
  endMs: number
  /** The nominal opening: the window before the start, in absolute time. */
  opensMs: number
  /** Sessions are bookings made beforehand; the event of a hall is made by booking it. */
  bookingId: number | undefined
}

const HOUR_MS = 3_600_000
const FIRST_HOUR = 7
const LAST_HOUR = 23
/** Slots end at minute 59. */
const LENGTH_MS = 59 * 60_000

/** Which slots there are, and their ids. Made up when asked for, and then kept. */
export class Slots {
  readonly #catalogue: Catalogue
  readonly #slots = new Map<string, Slot | undefined>()
  readonly #days = new Map<string, number[]>()
  readonly #bookingBase: number

  constructor(catalogue: Catalogue, seed: number) {
    this.#catalogue = catalogue
    this.#bookingBase = 300_000 + Math.floor(fraction(seed, 'bookings') * 100_000)
  }

  /** The slot of a place that starts at an instant, if one does. */
  at(place: Place, startMs: number): Slot | undefined {
    const key = `${place.id}@${startMs}`
    if (!this.#slots.has(key)) this.#slots.set(key, this.#make(key, place, startMs))
    return this.#slots.get(key)
  }

  /** By local date and time. */
  on(place: Place, date: string, start: string): Slot | undefined {
    const instant = Temporal.PlainDateTime.from(`${date}T${start}`).toZonedDateTime(AMSTERDAM)
    return this.at(place, instant.epochMilliseconds)
  }

  /** All slots of a local date at some places, by place and time. */
  ofDay(date: string, places: readonly Place[]): Slot[] {
    const starts = this.#starts(date)
    return places.flatMap((place) => starts.flatMap((startMs) => this.at(place, startMs) ?? []))
  }

  byBookingId(id: number): Slot | undefined {
    const place = this.#catalogue.places.find(({ kind }) => kind === 'session')
    return place && this.at(place, (id - this.#bookingBase) * HOUR_MS)
  }

  #make(key: string, place: Place, startMs: number): Slot | undefined {
    if (!Number.isInteger(startMs / HOUR_MS) || Math.abs(startMs) > 8e15) return undefined
    const local = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(AMSTERDAM)
    if (local.hour < FIRST_HOUR || local.hour > LAST_HOUR) return undefined
    return {
      key,
      place,
      date: local.toPlainDate().toString(),
      start: local.toPlainTime().toString({ smallestUnit: 'minute' }),
      startMs,
      endMs: startMs + LENGTH_MS,
      opensMs: startMs - place.product.minutesAhead * 60_000,
      bookingId: place.kind === 'session' ? this.#bookingBase + startMs / HOUR_MS : undefined,
    }
  }

  #starts(date: string): number[] {
    let starts = this.#days.get(date)
    if (!starts) {
      const day = Temporal.PlainDate.from(date)
      starts = Array.from({ length: LAST_HOUR - FIRST_HOUR + 1 }, (_, index) => {
        const plainTime = new Temporal.PlainTime(FIRST_HOUR + index)
        return day.toZonedDateTime({ timeZone: AMSTERDAM, plainTime }).epochMilliseconds
      })
      this.#days.set(date, starts)
    }
    return starts
  }
}
