import type { Language, Words } from '../texts.ts'
import type { WeekLabels } from './picture.ts'

const LOCALES: Record<Language, string> = { it: 'it-IT', en: 'en-GB' }
/** Made once: making them costs more than a whole layout. */
const DAY_FORMATS: Record<Language, Intl.DateTimeFormat> = { it: dayFormat('it'), en: dayFormat('en') }
const WEEKDAYS: Record<Language, readonly string[]> = { it: weekdaysIn('it'), en: weekdaysIn('en') }

function dayFormat(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long' })
}

/** "MON" … "SUN" */
function weekdaysIn(language: Language): string[] {
  const format = new Intl.DateTimeFormat(LOCALES[language], { weekday: 'short' })
  const monday = Temporal.PlainDate.from('2026-11-23')
  return [0, 1, 2, 3, 4, 5, 6].map((days) => format.format(monday.add({ days })).toLocaleUpperCase(LOCALES[language]))
}

/** What the picture of the days from `first` to `last` says. */
export function weekLabels(words: Words, first: string, last: string): WeekLabels {
  return {
    title: words.text('week-title'),
    range: rangePhrase(words, first, last),
    today: words.text('week-today'),
    weekday: (date) => WEEKDAYS[words.language][Temporal.PlainDate.from(date).dayOfWeek - 1] ?? '',
    dayOfMonth: (date) => String(Temporal.PlainDate.from(date).day),
    kinds: {
      booked: words.text('week-booked'),
      waiting: words.text('week-waiting'),
      recurring: words.text('week-recurring'),
      free: words.text('week-free'),
    },
    spots: (n) => words.text('spots', { n }),
    onlyFree: (n) => words.text('week-free-only', { n }),
    moreFree: (n) => words.text('week-free-more', { n }),
    moreOwn: (n) => words.text('week-more-own', { n }),
    emptyTitle: words.text('week-empty-title'),
    emptyHint: words.text('week-empty-hint'),
    unnamed: words.text('week-unnamed'),
  }
}

/** "21–27 November", "28 November – 4 December" */
function rangePhrase({ language }: Words, first: string, last: string): string {
  const format = DAY_FORMATS[language]
  const [from, to] = [Temporal.PlainDate.from(first), Temporal.PlainDate.from(last)]
  return from.month === to.month ? `${from.day}–${format.format(to)}` : `${format.format(from)} – ${format.format(to)}`
}
