/** Hours of the day, `HH:MM`. */
export type Hours = { from: string; to: string }

const CLOCK = /(?<![\d:.])(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?(?![\d:])/gi

/** Reads "22:30-7:15", "dalle 22 alle 7" or "from 10pm to 7am"; undefined when it is not two different times. */
export function readHours(text: string): Hours | undefined {
  const times = [...text.matchAll(CLOCK)].map(([, hour = '', minute = '0', half]) =>
    timeOf(Number(hour), Number(minute), half?.toLowerCase()),
  )
  const [from, to] = times
  return times.length === 2 && from !== undefined && to !== undefined && from !== to ? { from, to } : undefined
}

function timeOf(hour: number, minute: number, half: string | undefined): string | undefined {
  if (hour > (half === undefined ? 24 : 12) || minute > 59) return undefined
  const hours = half === undefined ? hour % 24 : (hour % 12) + (half === 'pm' ? 12 : 0)
  return `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
