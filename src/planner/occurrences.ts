/** When a rule comes: `weekday` 1 = Monday … 7 = Sunday, `time` as `HH:MM`, both in `timeZone`. */
export type Weekly = { weekday: number; time: string; timeZone: string }

/**
 * The instant of a date and a time of day in a zone. A local time that the clocks skip is the one as long after the
 * gap as it was after its beginning; one that they show twice is the first.
 */
export function instantOf(date: string, time: string, timeZone: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).toInstant()
}

/** The dates (`YYYY-MM-DD`) of the next `count` occurrences that begin after `from`, soonest first. */
export function nextDates({ weekday, time, timeZone }: Weekly, from: Temporal.Instant, count: number): string[] {
  const today = from.toZonedDateTimeISO(timeZone).toPlainDate()
  // A day early: where a zone leaves out a day, or a time is skipped, the class of that date may begin on the next one.
  const first = today.subtract({ days: 1 })
  let date = first.add({ days: (weekday - first.dayOfWeek + 7) % 7 })
  const dates: string[] = []
  for (; dates.length < count; date = date.add({ days: 7 })) {
    const text = date.toString()
    if (Temporal.Instant.compare(instantOf(text, time, timeZone), from) > 0) dates.push(text)
  }
  return dates
}
