/** The first time of day in a text, as `HH:MM`. */
export function timeIn(text: string | null | undefined): string | null {
  const match = /(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)/.exec(text ?? '')
  return match ? `${match[1]?.padStart(2, '0')}:${match[2]}` : null
}

/** The minutes in `55 min`. */
export function minutesIn(text: string | null | undefined): number | null {
  const match = /(\d{1,4})\s*min/i.exec(text ?? '')
  return match ? Number(match[1]) : null
}

/** `minutes` after a time of day, on the same clock face. */
export function timeAfter(start: string, minutes: number): string {
  return Temporal.PlainTime.from(start).add({ minutes }).toString({ smallestUnit: 'minute' })
}
