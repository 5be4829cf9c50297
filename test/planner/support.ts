import fc from 'fast-check'

/** Zones that change their clocks by an hour, by half of one, by two, at midnight, at odd dates, and not at all. */
const ZONES = [
  'Europe/Rome',
  'Europe/Amsterdam',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Atlantic/Azores',
  'America/Nuuk',
  'UTC',
]
const FIRST = Temporal.PlainDate.from('2024-01-01')
const DAYS = FIRST.until('2041-01-01').days
const DAY_MINUTES = 24 * 60

/** The dates around which the clocks of each zone change, from 2024 to 2040. */
const changes = new Map(ZONES.map((zone) => [zone, changesOf(zone)]))

export const anyTime = fc.integer({ min: 0, max: DAY_MINUTES - 1 }).map(timeOf)

/** A zone with a date of 2024 to 2040, which is often one around which its clocks change. */
export const anyDateInZone = fc.constantFrom(...ZONES).chain((timeZone) => {
  const anyDate = fc.nat(DAYS - 1).map((days) => FIRST.add({ days }).toString())
  const around = changes.get(timeZone) ?? []
  const date = around.length === 0 ? anyDate : fc.oneof(anyDate, fc.constantFrom(...around))
  return fc.record({ timeZone: fc.constant(timeZone), date })
})

/** A time of day, often one in the hours at which clocks change. */
export const anyTimeByNight = fc.oneof(anyTime, fc.integer({ min: 0, max: 4 * 60 }).map(timeOf))

function timeOf(minutes: number): string {
  return Temporal.PlainTime.from('00:00').add({ minutes }).toString({ smallestUnit: 'minute' })
}

function changesOf(timeZone: string): string[] {
  const dates: string[] = []
  let at = FIRST.toZonedDateTime(timeZone).getTimeZoneTransition('next')
  for (; at && at.year <= 2040; at = at.getTimeZoneTransition('next')) {
    const date = at.toPlainDate()
    dates.push(...[-1, 0, 1].map((days) => date.add({ days }).toString()))
  }
  return dates
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What calendar and clock of a zone show at an instant (`YYYY-MM-DD HH:MM`), by Intl: a second opinion on Temporal's. */
export function shown(at: Temporal.Instant, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    // The Swedish way to write a date is ISO's.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    formats.set(timeZone, format)
  }
  return format.format(at.epochMilliseconds)
}

/** How many minutes the clocks of a zone are ahead of UTC. */
export function offset(at: Temporal.Instant, timeZone: string): number {
  const here = Temporal.Instant.from(`${shown(at, timeZone).replace(' ', 'T')}Z`)
  // `shown` leaves the seconds out.
  return Math.ceil((here.epochMilliseconds - at.epochMilliseconds) / 60_000)
}

export function before(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}

export function latest(first: Temporal.Instant, ...others: Temporal.Instant[]): Temporal.Instant {
  return others.reduce((a, b) => (before(a, b) ? b : a), first)
}
