import { readDay } from '../quick/read-day.ts'
import { foldWords } from '../quick/tokens.ts'

/** A day as people write it, "24/11", "mon", "tomorrow" or "2026-11-24", as `YYYY-MM-DD`; undefined when it is none. */
export function readDate(text: string, today: string): string | undefined {
  const words = foldWords(text.slice(0, 60).replace(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/g, '$3/$2/$1'))
  const start = Temporal.PlainDate.from(today)
  for (const at of words.keys()) {
    const day = readDay(words, at, start, words.includes('marzo') || words.includes('march'))?.value
    if (day) return 'date' in day ? day.date : nextWeekday(start, day.weekday)
  }
  return undefined
}

/** The next such weekday, today included. */
function nextWeekday(from: Temporal.PlainDate, weekday: number): string {
  return from.add({ days: (weekday - from.dayOfWeek + 7) % 7 }).toString()
}
