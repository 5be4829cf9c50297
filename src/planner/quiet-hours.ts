/** Hours of the day in which a person wants no questions, from `from` up to but not `to` (`HH:MM`), over midnight too. */
export type QuietHours = { from: string; to: string; timeZone: string }

/** Whether `at` lies in the quiet hours. */
export function isQuiet(quiet: QuietHours, at: Temporal.Instant): boolean {
  const time = at.toZonedDateTimeISO(quiet.timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
  const { from, to } = quiet
  return from <= to ? from <= time && time < to : from <= time || time < to
}

/** The beginning of the quiet hours that `at` lies in; `at` itself when it does not. */
export function quietStart(quiet: QuietHours, at: Temporal.Instant): Temporal.Instant {
  if (!isQuiet(quiet, at)) return at
  const local = at.toZonedDateTimeISO(quiet.timeZone)
  const today = local.toPlainDate().toZonedDateTime({ timeZone: quiet.timeZone, plainTime: quiet.from }).toInstant()
  return isAfter(today, at) ? dayBefore(local, quiet.from) : today
}

/** The end of the quiet hours that `at` lies in; `at` itself when it does not. */
export function quietEnd(quiet: QuietHours, at: Temporal.Instant): Temporal.Instant {
  if (!isQuiet(quiet, at)) return at
  const local = at.toZonedDateTimeISO(quiet.timeZone)
  const { timeZone } = quiet
  const today = local.toPlainDate().toZonedDateTime({ timeZone, plainTime: quiet.to }).toInstant()
  if (isAfter(today, at)) return today
  return local.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: quiet.to }).toInstant()
}

function dayBefore(local: Temporal.ZonedDateTime, time: string): Temporal.Instant {
  const yesterday = local.toPlainDate().subtract({ days: 1 })
  return yesterday.toZonedDateTime({ timeZone: local.timeZoneId, plainTime: time }).toInstant()
}

function isAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) > 0
}
