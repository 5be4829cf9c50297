import { z } from 'zod'

/** How a site's clock runs: with the machine, away from it, or standing still. */
export const clockSchema = z.union([
  z.strictObject({ to: z.literal('real') }),
  /** Fractions count, to a microsecond. */
  z.strictObject({ offsetSeconds: z.number() }),
  z.strictObject({ advanceSeconds: z.number() }),
  /** An instant (`…Z`), or a wall time of the site's zone. */
  z.strictObject({ at: z.string(), frozen: z.boolean().optional() }),
])
export type ClockSetting = z.output<typeof clockSchema>

/** A site's clock. Rules, pages and the HTTP `Date` header all read it. */
export class SimClock {
  readonly zone: string
  readonly #source: () => Temporal.Instant
  #offset = new Temporal.Duration()
  #frozenAt: Temporal.Instant | undefined

  constructor(zone: string, source: () => Temporal.Instant) {
    this.zone = zone
    this.#source = source
  }

  now(): Temporal.Instant {
    return this.#frozenAt ?? this.#source().add(this.#offset)
  }

  /** Today on a calendar of the site's zone. */
  today(): Temporal.PlainDate {
    return this.now().toZonedDateTimeISO(this.zone).toPlainDate()
  }

  set(setting: ClockSetting): void {
    if ('at' in setting) this.#jump(parseInstant(setting.at, this.zone), setting.frozen ?? false)
    else if ('offsetSeconds' in setting) this.#run(seconds(setting.offsetSeconds))
    else if ('advanceSeconds' in setting) this.#jump(this.now().add(seconds(setting.advanceSeconds)), this.frozen)
    else this.#run(new Temporal.Duration())
  }

  get frozen(): boolean {
    return this.#frozenAt !== undefined
  }

  #run(offset: Temporal.Duration): void {
    this.#offset = offset
    this.#frozenAt = undefined
  }

  #jump(instant: Temporal.Instant, frozen: boolean): void {
    this.#offset = this.#source().until(instant)
    this.#frozenAt = frozen ? instant : undefined
  }
}

/** So many seconds as an exact length, to a microsecond. */
export function seconds(count: number): Temporal.Duration {
  return Temporal.Duration.from({ microseconds: Math.round(count * 1e6) })
}

/** An instant as it is written, or a wall time of the zone. */
export function parseInstant(text: string, zone: string): Temporal.Instant {
  if (/(Z|[+-]\d\d:?\d\d)$/i.test(text)) return Temporal.Instant.from(text)
  return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant()
}

/** The next day after `today` on which the zone's clocks change. */
export function nextClockChange(
  today: Temporal.PlainDate,
  change: 'spring' | 'autumn',
  zone: string,
): Temporal.PlainDate {
  const hours = change === 'spring' ? 23 : 25
  let day = today.add({ days: 1 })
  while (day.toZonedDateTime(zone).hoursInDay !== hours) day = day.add({ days: 1 })
  return day
}
/** The machine's time to a fraction of a microsecond, by the clock that never jumps. */
export function preciseNow(): Temporal.Instant {
  return new Temporal.Instant(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6)))
}
