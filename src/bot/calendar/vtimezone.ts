/** A change of a zone's offset. `local` is the wall clock at that moment, still in the old offset. */
type Change = { local: Temporal.PlainDateTime; from: string; to: string; forward: boolean }

/** How far beyond the bookings a rule has to hold, so that no coincidence of a few years makes one. */
const YEARS_AHEAD = 10
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/**
 * The VTIMEZONE of an IANA zone, right from the year before `firstYear` on: at most one yearly rule for summer time and
 * one for standard time, as that is all Outlook reads. Undefined for a zone whose changes follow no such rule.
 */
export function vtimezoneOf(zone: string, firstYear: number): string | undefined {
  const changes = changesOf(zone, firstYear - 1, firstYear + YEARS_AHEAD)
  const observances =
    changes.length === 0
      ? [withoutSummerTime(zone, firstYear)]
      : [yearly('STANDARD', changes), yearly('DAYLIGHT', changes)]
  if (observances.includes(undefined)) return undefined
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances, 'END:VTIMEZONE'].join('\r\n')
}

function changesOf(zone: string, firstYear: number, lastYear: number): Change[] {
  const changes: Change[] = []
  const begin = Temporal.PlainDate.from({ year: firstYear, month: 1, day: 1 }).toZonedDateTime(zone)
  let next = begin.getTimeZoneTransition('next')
  while (next && next.year <= lastYear) {
    const before = next.subtract({ nanoseconds: 1 })
    changes.push({
      local: before.toPlainDateTime().add({ nanoseconds: 1 }),
      from: offsetOf(before),
      to: offsetOf(next),
      forward: next.offsetNanoseconds > before.offsetNanoseconds,
    })
    next = next.getTimeZoneTransition('next')
  }
  return changes
}

/** The observance that begins at the same day and hour of every year; undefined when there is no such day. */
function yearly(kind: 'STANDARD' | 'DAYLIGHT', changes: readonly Change[]): string | undefined {
  const own = changes.filter(({ forward }) => forward === (kind === 'DAYLIGHT'))
  const [first] = own
  if (!first) return undefined
  const years = new Set(own.map(({ local }) => local.year))
  const rule = onlyOne(own.map(lastWeekdayRule)) ?? onlyOne(own.map(nthWeekdayRule))
  const offsets = onlyOne(own.map(({ from, to, local }) => `${from} ${to} ${local.toPlainTime()}`))
  if (rule === undefined || offsets === undefined) return undefined
  if (own.length !== years.size || years.size !== YEARS_AHEAD + 2) return undefined
  return observance(kind, first.local, first.from, first.to, `RRULE:FREQ=YEARLY;${rule}`)
}

function withoutSummerTime(zone: string, year: number): string {
  const offset = offsetOf(Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(zone))
  return observance('STANDARD', Temporal.PlainDateTime.from('1970-01-01T00:00'), offset, offset)
}

function observance(kind: string, begin: Temporal.PlainDateTime, from: string, to: string, rule?: string): string {
  const dtstart = begin.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
  const about = [`DTSTART:${dtstart}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, ...(rule ? [rule] : [])]
  return [`BEGIN:${kind}`, ...about, `END:${kind}`].join('\r\n')
}

/** "BYMONTH=3;BYDAY=-1SU"; a text that no other year has, where it is not the month's last such weekday. */
function lastWeekdayRule({ local }: Change): string {
  const isLast = local.day + 7 > local.daysInMonth
  return isLast ? `BYMONTH=${local.month};BYDAY=-1${weekdayOf(local)}` : local.toString()
}

/** "BYMONTH=3;BYDAY=2SU" */
function nthWeekdayRule({ local }: Change): string {
  return `BYMONTH=${local.month};BYDAY=${Math.ceil(local.day / 7)}${weekdayOf(local)}`
}

function weekdayOf({ dayOfWeek }: Temporal.PlainDateTime): string {
  return WEEKDAYS[dayOfWeek - 1] ?? ''
}

function onlyOne(texts: readonly string[]): string | undefined {
  return new Set(texts).size === 1 ? texts[0] : undefined
}

/** "+0100" */
function offsetOf({ offset }: Temporal.ZonedDateTime): string {
  return offset.replaceAll(':', '')
}
