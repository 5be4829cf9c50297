import { weekdayName } from '../dates.ts'
import { shorten } from '../html.ts'
import type { Words } from '../texts.ts'
import type { SlotCandidate } from './candidates.ts'
import { matchWishes } from './match-wish.ts'
import { readWishes } from './read-wish.ts'

const EASY_NAME = /^[\p{L} ]{3,18}$/u
const TRIED = 5
const NAME_LENGTH = 60

/** "yoga mon 18:00": a text that surely finds a class of the real timetable; undefined when there is nothing ahead. */
export function exampleOf(
  words: Words,
  candidates: readonly SlotCandidate[],
  today: Temporal.PlainDate,
): string | undefined {
  const ahead = candidates.filter(({ past }) => !past)
  const easy = ahead.filter(({ title }) => EASY_NAME.test(title))
  const names = candidates.map(({ title }) => title)
  const texts = (easy.length > 0 ? easy : ahead).slice(0, TRIED).map(({ title, date, start }) => {
    const weekday = weekdayName(words, Temporal.PlainDate.from(date).dayOfWeek, 'short')
    return `${shorten(title, NAME_LENGTH)} ${weekday} ${start}`.toLocaleLowerCase(words.language)
  })
  const surely = texts.find((text) => matchWishes(readWishes(text, names, today), candidates).kind === 'one')
  return surely ?? texts[0]
}
