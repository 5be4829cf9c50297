/**
 * When the day's `time` (`HH:MM`, clocks of `timeZone`) last came, `now` included: once a day. A time that the clocks
 * skip comes as the one after the gap, a time that they show twice the first time.
 */
export function lastDaily(time: string, timeZone: string, now: Temporal.Instant): Temporal.Instant {
  const local = now.toZonedDateTimeISO(timeZone)
  const today = local.toPlainDate().toZonedDateTime({ timeZone, plainTime: time }).toInstant()
  if (Temporal.Instant.compare(today, now) <= 0) return today
  return local.toPlainDate().subtract({ days: 1 }).toZonedDateTime({ timeZone, plainTime: time }).toInstant()
}
