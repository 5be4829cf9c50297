/** The last instant, `now` included, at which the clocks of `timeZone` showed `time` (`HH:MM`); a skipped time counts as the one after the gap. */
export function lastDaily(time: string, timeZone: string, now: Temporal.Instant): Temporal.Instant {
  const local = now.toZonedDateTimeISO(timeZone)
  const today = local.toPlainDate().toZonedDateTime({ timeZone, plainTime: time }).toInstant()
  if (Temporal.Instant.compare(today, now) <= 0) return today
  return local.toPlainDate().subtract({ days: 1 }).toZonedDateTime({ timeZone, plainTime: time }).toInstant()
}
