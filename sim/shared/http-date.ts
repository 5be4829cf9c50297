const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant as the `Date` header of HTTP writes it (RFC 9110). */
export function httpDate(instant: Temporal.Instant): string {
  const utc = instant.toZonedDateTimeISO('UTC')
  const time = utc.toPlainTime().toString({ smallestUnit: 'second', roundingMode: 'floor' })
  const day = String(utc.day).padStart(2, '0')
  return `${WEEKDAYS[utc.dayOfWeek - 1]}, ${day} ${MONTHS[utc.month - 1]} ${utc.year} ${time} GMT`
}
