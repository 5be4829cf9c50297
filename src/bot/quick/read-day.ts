import Fuse from 'fuse.js'
import { DAY_NAMES, daysAheadOf, monthOf, OF, weekdayOf } from './vocabulary.ts'
import type { WishedDay } from './wish.ts'

/** What was read at a place among the words, and how many of them it took. */
export type Read<T> = { value: T; taken: number }

/** A date that lies back no further than this is meant; one further back is next year's. */
const DAYS_BACK = 60
const LONGEST_MONTH = 31
const SHORTEST_TYPO = 5
/** One letter in five. */
const TYPO_THRESHOLD = 0.25

const dayNames = new Fuse(DAY_NAMES, { threshold: TYPO_THRESHOLD })

/** A day at `at`: "lun", "tomorrow", "24/11", "24 nov", "nov 24th". `marIsMarch`: and not martedì. */
export function readDay(
  words: readonly string[],
  at: number,
  today: Temporal.PlainDate,
  marIsMarch: boolean,
): Read<WishedDay> | undefined {
  return readDate(words, at, today, marIsMarch) ?? readNamed(words, at, today)
}

function readNamed(words: readonly string[], at: number, today: Temporal.PlainDate): Read<WishedDay> | undefined {
  const word = words[at] ?? ''
  const inTwo = (days: number, taken: number) => ({ value: { date: today.add({ days }).toString() }, taken })
  if (word === 'day' && words[at + 1] === 'after' && words[at + 2] === 'tomorrow') return inTwo(2, 3)
  if (word === 'dopo' && words[at + 1] === 'domani') return inTwo(2, 2)
  const ahead = daysAheadOf(word)
  if (ahead !== undefined) return inTwo(ahead, 1)
  const weekday = weekdayOf(word)
  return weekday === undefined ? undefined : { value: { weekday }, taken: 1 }
}

/** The day that a word with a typo means: "giovdi". */
export function readMistyped(word: string, today: Temporal.PlainDate): WishedDay | undefined {
  if (word.length < SHORTEST_TYPO) return undefined
  const [found] = dayNames.search(word)
  if (!found || Math.abs(found.item.length - word.length) > 1) return undefined
  return readNamed([found.item], 0, today)?.value
}

function readDate(
  words: readonly string[],
  at: number,
  today: Temporal.PlainDate,
  marIsMarch: boolean,
): Read<WishedDay> | undefined {
  const [word = '', next = '', third = ''] = words.slice(at, at + 3)
  const numbers = /^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?$/.exec(word)
  if (numbers) {
    const [, first = '', second = '', year] = numbers
    const dayFirst = dateOf(Number(first), Number(second), year, today)
    return asRead(dayFirst ?? dateOf(Number(second), Number(first), year, today), 1)
  }
  const monthAt = (name: string, day: number) => (name === 'mar' && !marIsMarch && day < 24 ? undefined : monthOf(name))
  const day = dayNumber(word)
  if (day !== undefined) {
    const of = OF.has(next)
    const month = monthAt(of ? third : next, day)
    return month === undefined ? undefined : asRead(dateOf(day, month, undefined, today), of ? 3 : 2)
  }
  const after = dayNumber(next)
  // "mar 24" is a Tuesday rather than a day in March.
  const month = after === undefined || (word === 'mar' && !marIsMarch) ? undefined : monthOf(word)
  return after === undefined || month === undefined ? undefined : asRead(dateOf(after, month, undefined, today), 2)
}

function asRead(date: string | undefined, taken: number): Read<WishedDay> | undefined {
  return date === undefined ? undefined : { value: { date }, taken }
}

function dayNumber(word: string): number | undefined {
  const number = Number(/^(\d{1,2})(?:st|nd|rd|th|[°ºo])?$/.exec(word)?.[1])
  return number >= 1 && number <= LONGEST_MONTH ? number : undefined
}

function dateOf(day: number, month: number, year: string | undefined, today: Temporal.PlainDate): string | undefined {
  if (year !== undefined)
    return existing(year.length === 2 ? 2000 + Number(year) : Number(year), month, day)?.toString()
  const least = today.subtract({ days: DAYS_BACK })
  const years = [least.year, least.year + 1, least.year + 2]
  const dates = years.map((each) => existing(each, month, day))
  return dates.find((date) => date !== undefined && Temporal.PlainDate.compare(date, least) >= 0)?.toString()
}

/** The next day of the month `day`, today included. */
export function nextDayOfMonth(day: number, today: Temporal.PlainDate): Temporal.PlainDate {
  for (let month = today.toPlainYearMonth(); ; month = month.add({ months: 1 })) {
    const date = existing(month.year, month.month, day)
    if (date !== undefined && Temporal.PlainDate.compare(date, today) >= 0) return date
  }
}

function existing(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
    ? Temporal.PlainDate.from({ year, month, day })
    : undefined
}
