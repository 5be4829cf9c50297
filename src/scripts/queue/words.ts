import type { Action } from '../../db/actions/action.ts'

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** An instant in the machine's zone, with its age: `2026-11-21 18:04:05 (3 min ago)`. */
export function moment(stamp: string, now: Temporal.Instant): string {
  const local = Temporal.Instant.from(stamp).toZonedDateTimeISO(Temporal.Now.timeZoneId())
  return `${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'second' })} (${age(stamp, now)})`
}

/** How long ago, or in how long: `3 min ago`, `in 2 hours`. */
export function age(stamp: string, now: Temporal.Instant): string {
  const seconds = Math.round((now.epochMilliseconds - Temporal.Instant.from(stamp).epochMilliseconds) / 1000)
  const size = Math.abs(seconds)
  const [unit, length] = UNITS.find(([, long]) => size >= long) ?? ['s', 1]
  const count = Math.floor(size / length)
  if (count === 0) return 'now'
  const text = `${count} ${unit}${count > 1 && unit !== 'min' && unit !== 's' ? 's' : ''}`
  return seconds >= 0 ? `${text} ago` : `in ${text}`
}

/** What the action is to do, in a line. */
export function whatOf(action: Action): string {
  switch (action.type) {
    case 'book':
      return `book ${slotOf(action.slot)}`
    case 'cancel':
      return `cancel ${slotOf(action.booking)}`
    case 'check':
      return 'check the login'
    case 'refresh':
      return action.slot ? `look at ${slotOf(action.slot)}` : 'read the timetable'
    case 'sync':
      return 'read the bookings'
  }
}

function slotOf({
  course,
  location,
  date,
  start,
}: {
  course: string | null
  location: string
  date: string
  start: string
}) {
  return `${course ?? location}, ${date} ${start}${course === null ? '' : `, ${location}`}`
}

/** Why an action failed, or last failed. */
export function errorOf({ error }: Action): string | undefined {
  if (error === null) return undefined
  const says = error.portalSays === undefined ? '' : `; the site says: ${error.portalSays}`
  const unknown = error.outcomeUnknown ? '; whether the site did it all the same is not known' : ''
  return `${error.kind}: ${error.message}${says}${unknown}`
}

/** Columns side by side; what is too long for its column is cut. */
export function table(rows: readonly (readonly string[])[], widths: readonly number[]): string[] {
  return rows.map((row) =>
    row
      .map((cell, column) => fit(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function fit(text: string, width: number): string {
  const signs = [...text.replaceAll(/\s+/g, ' ')]
  return signs.length > width ? `${signs.slice(0, width - 1).join('')}…` : signs.join('').padEnd(width)
}
