/** Every rule and label of the site is in this zone, summer time included. */
export const ROME = 'Europe/Rome'

/** How the site's clock runs: with the machine, away from it, or standing still. */
export type ClockSetting =
  | { to: 'real' }
  | { offsetSeconds: number }
  | { advanceSeconds: number }
  /** An instant (`…Z`), or a Rome wall time without a zone. */
  | { at: string; frozen?: boolean | undefined }

/** The site's clock. Rules, pages and the HTTP `Date` header all read it. */
export class SimClock {
  readonly #source: () => Temporal.Instant
  #offset = new Temporal.Duration()
  #frozenAt: Temporal.Instant | undefined

  constructor(source: () => Temporal.Instant = () => Temporal.Now.instant()) {
    this.#source = source
  }

  now(): Temporal.Instant {
    return this.#frozenAt ?? this.#source().add(this.#offset)
  }

  /** Today on a calendar in Rome. */
  today(): Temporal.PlainDate {
    return this.now().toZonedDateTimeISO(ROME).toPlainDate()
  }

  set(setting: ClockSetting): void {
    if ('at' in setting) this.#jump(parseInstant(setting.at), setting.frozen ?? false)
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

function seconds(count: number): Temporal.Duration {
  return Temporal.Duration.from({ milliseconds: Math.round(count * 1000) })
}

function parseInstant(text: string): Temporal.Instant {
  if (/(Z|[+-]\d\d:?\d\d)$/i.test(text)) return Temporal.Instant.from(text)
  return Temporal.PlainDateTime.from(text).toZonedDateTime(ROME).toInstant()
}
