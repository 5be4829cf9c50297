import { assignNumbers, type BareNumber } from './assign-numbers.ts'
import { readDay, readMistyped } from './read-day.ts'
import { inPart, readClock } from './read-time.ts'
import { foldWords, tokensOf } from './tokens.ts'
import { DAY_MARKERS, HOUR_MARKERS, isFiller, type PartOfDay, partOf } from './vocabulary.ts'
import type { Wish, WishedDay, WishedTime } from './wish.ts'

/**
 * Reads a text like "yoga mon 18" into what may be wished, the likeliest first: a number can be an hour or a day, "mar"
 * a Tuesday or March. `names`: the classes there are; one that is written in full is never taken for a day or a time.
 * `today` is the portal's. At least one wish; one with nothing in it when nothing was understood.
 */
export function readWishes(text: string, names: readonly string[], today: Temporal.PlainDate): Wish[] {
  const tokens = tokensOf(text)
  const { exact, rest } = cutName(tokens, names)
  const first = readRest(rest, today, false)
  const all = rest.includes('mar') ? [...first, ...readRest(rest, today, true)] : first
  return all.map((wish) => ({ ...wish, exact }))
}

/** Takes out the longest name that stands in the text word by word. */
function cutName(
  tokens: readonly string[],
  names: readonly string[],
): { exact: string | undefined; rest: readonly string[] } {
  let found: { name: string; at: number; length: number; letters: number } | undefined
  for (const name of new Set(names)) {
    const words = foldWords(name)
    const letters = words.join('').length
    if (letters <= (found?.letters ?? 0)) continue
    const at = tokens.findIndex((_, index) => words.every((word, offset) => tokens[index + offset] === word))
    if (at >= 0) found = { name: words.join(' '), at, length: words.length, letters }
  }
  if (!found) return { exact: undefined, rest: tokens }
  return { exact: found.name, rest: tokens.toSpliced(found.at, found.length) }
}

type Parts = {
  day: WishedDay | undefined
  time: WishedTime | undefined
  part: PartOfDay | undefined
  numbers: BareNumber[]
  words: string[]
}

function readRest(tokens: readonly string[], today: Temporal.PlainDate, marIsMarch: boolean): Omit<Wish, 'exact'>[] {
  const { day, time, part, numbers, words } = partsOf(tokens, today, marIsMarch)
  const mistyped = day === undefined ? words.find((word) => readMistyped(word, today)) : undefined
  const known = { day: mistyped === undefined ? day : readMistyped(mistyped, today), time }
  const left = words.filter((word) => word !== mistyped)
  return assignNumbers(numbers, known, today).map((meaning) => ({
    words: [...left, ...meaning.words],
    day: meaning.day,
    time: inPart(meaning.time, part),
  }))
}

function partsOf(tokens: readonly string[], today: Temporal.PlainDate, marIsMarch: boolean): Parts {
  const parts: Parts = { day: undefined, time: undefined, part: undefined, numbers: [], words: [] }
  for (let at = 0; at < tokens.length; ) at += readAt(tokens, at, parts, today, marIsMarch)
  return parts
}

/** Adds what stands at `at` to the parts; the first day and the first time count. Answers how many words it was. */
function readAt(
  tokens: readonly string[],
  at: number,
  parts: Parts,
  today: Temporal.PlainDate,
  marIsMarch: boolean,
): number {
  const token = tokens[at] ?? ''
  parts.part ??= partOf(token)
  const clock = readClock(tokens, at)
  if (clock) {
    parts.time ??= clock.value
    return clock.taken
  }
  const day = readDay(tokens, at, today, marIsMarch)
  if (day) {
    parts.day = narrower(parts.day, day.value)
    return day.taken
  }
  if (partOf(token)) return 1
  const number = /^(\d{1,2})(st|nd|rd|th|°|º)?$/.exec(token)
  if (number) addNumber(parts, { text: number[1] ?? '', role: number[2] ? 'day' : roleAfter(tokens[at - 1]) })
  else if (!isFiller(token)) parts.words.push(token)
  return 1
}

/** Of "from 18 to 19" the first one counts. */
function addNumber({ numbers, time }: Parts, number: BareNumber): void {
  const isEnd = number.role === 'hour' && (time !== undefined || numbers.some(({ role }) => role === 'hour'))
  if (!isEnd) numbers.push(number)
}

/** Of "mon 24/11" the date says more. */
function narrower(known: WishedDay | undefined, read: WishedDay): WishedDay {
  return known === undefined || ('weekday' in known && 'date' in read) ? read : known
}

function roleAfter(word: string | undefined): BareNumber['role'] {
  if (word === undefined) return undefined
  if (HOUR_MARKERS.has(word)) return 'hour'
  return DAY_MARKERS.has(word) ? 'day' : undefined
}
