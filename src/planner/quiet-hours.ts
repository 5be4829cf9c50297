import { instantOf } from './occurrences.ts'

/**
 * Hours of the day in which a person wants no questions, from `from` up to but not `to` (`HH:MM`), over midnight too;
 * none where both are the same. A `from` or `to` that the clocks skip comes after the gap, one shown twice the first time.
 */
export type QuietHours = { from: string; to: string; timeZone: string }

/** A date's quiet hours may begin or end on another one, where the clocks change at midnight or leave out a day. */
const DATES_AROUND = [-2, -1, 0, 1]

/** Whether `at` lies in the quiet hours. */
export function isQuiet(quiet: QuietHours, at: Temporal.Instant): boolean {
  return hoursAround(quiet, at) !== undefined
}

/** The beginning of the quiet hours that `at` lies in; `at` itself when it does not. */
export function quietStart(quiet: QuietHours, at: Temporal.Instant): Temporal.Instant {
  const hours = hoursAround(quiet, at)
  if (!hours) return at
  // The clocks may skip the time between two quiet hours, which are then one.
  const before = hours.start.subtract({ nanoseconds: 1 })
  return isQuiet(quiet, before) ? quietStart(quiet, before) : hours.start
}

/** The end of the quiet hours that `at` lies in; `at` itself when it does not. */
export function quietEnd(quiet: QuietHours, at: Temporal.Instant): Temporal.Instant {
  const hours = hoursAround(quiet, at)
  return hours ? quietEnd(quiet, hours.end) : at
}

function hoursAround(quiet: QuietHours, at: Temporal.Instant) {
  const date = at.toZonedDateTimeISO(quiet.timeZone).toPlainDate()
  return DATES_AROUND.map((days) => hoursOf(quiet, date.add({ days }))).find(
    ({ start, end }) => Temporal.Instant.compare(start, at) <= 0 && Temporal.Instant.compare(at, end) < 0,
  )
}

/** The quiet hours that begin on a date. */
function hoursOf({ from, to, timeZone }: QuietHours, date: Temporal.PlainDate) {
  const last = from <= to ? date : date.add({ days: 1 })
  return { start: instantOf(date.toString(), from, timeZone), end: instantOf(last.toString(), to, timeZone) }
}
