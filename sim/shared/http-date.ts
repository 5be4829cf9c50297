const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant as the `Date` header of HTTP writes it (RFC 9110). */
export function httpDate(instant: Temporal.Instant): string {
  const utc = instant.toZonedDateTimeISO('UTC')
  const time = utc.toPlainTime().toString({ smallestUnit: 'second', roundingMode: 'floor' })
  const day = String(utc.day).padStart(2, '0')
  return `${WEEKDAYS[utc.dayOfWeek - 1]}, ${day} ${MONTHS[utc.month - 1]} ${utc.year} ${time} GMT`
}

/** Writes the header for instants in milliseconds since the epoch, each second but once. */
export function dateHeader(): (nowMs: number) => string {
  let second = Number.NaN
  let header = ''
  return (nowMs) => {
    const now = Math.floor(nowMs / 1000)
    if (now !== second) {
      second = now
      header = httpDate(Temporal.Instant.fromEpochMilliseconds(now * 1000))
    }
    return header
  }
}
