import type { Words } from '../texts.ts'
import type { WeekLabels } from './picture.ts'

const LOCALES = { it: 'it-IT', en: 'en-GB' } as const
/** Made once: making them costs more than a whole layout. */
const FORMATS = {
  it: { weekday: formatOf('it', { weekday: 'short' }), day: formatOf('it', { day: 'numeric', month: 'long' }) },
  en: { weekday: formatOf('en', { weekday: 'short' }), day: formatOf('en', { day: 'numeric', month: 'long' }) },
}

function formatOf(language: Words['language'], options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], options)
}

/** What the picture of the days from `first` to `last` says. */
export function weekLabels(words: Words, first: string, last: string): WeekLabels {
  const { language } = words
  return {
    title: words.text('week-title'),
    range: rangePhrase(words, first, last),
    today: words.text('week-today'),
    weekday: (date) =>
      FORMATS[language].weekday.format(Temporal.PlainDate.from(date)).toLocaleUpperCase(LOCALES[language]),
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
  const { day } = FORMATS[language]
  const [from, to] = [Temporal.PlainDate.from(first), Temporal.PlainDate.from(last)]
  return from.month === to.month ? `${from.day}–${day.format(to)}` : `${day.format(from)} – ${day.format(to)}`
}
