import { getPortal, portals } from '../portals/registry.ts'
import type { Language, Words } from './texts.ts'

const LOCALES: Record<Language, string> = { it: 'it-IT', en: 'en-GB' }
/** Made once: making one costs more than all the rest of a card. */
const DATE_FORMATS: Record<Language, Intl.DateTimeFormat> = { it: dateFormat('it'), en: dateFormat('en') }

function dateFormat(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], { weekday: 'short', day: 'numeric', month: 'short' })
}

/** The portal by whose clock we tell what belongs to none. */
export const HOME_PORTAL = portals.map(({ id }) => id)[0] ?? ''

const WEEKDAY_FORMATS = {
  short: { it: weekdayFormat('it', 'short'), en: weekdayFormat('en', 'short') },
  long: { it: weekdayFormat('it', 'long'), en: weekdayFormat('en', 'long') },
} as const

function weekdayFormat(language: Language, weekday: 'short' | 'long'): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], { weekday })
}

/** Now on the portal's calendar and clock. */
export function localNow(portal: string, now: Temporal.Instant): { date: string; time: string } {
  const local = now.toZonedDateTimeISO(getPortal(portal).timeZone)
  return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

/** The instant at which something of the portal begins. */
export function startInstant(portal: string, { date, start }: { date: string; start: string }): Temporal.Instant {
  return Temporal.PlainDateTime.from(`${date}T${start}`).toZonedDateTime(getPortal(portal).timeZone).toInstant()
}

/** "Mon 24 Nov" */
function shortDate(words: Words, date: string): string {
  const parts = new Map(
    DATE_FORMATS[words.language].formatToParts(Temporal.PlainDate.from(date)).map(({ type, value }) => [type, value]),
  )
  return [parts.get('weekday'), parts.get('day'), parts.get('month')].join(' ')
}

/** "24 Nov 2026": the day of something that may be long ago. */
export function datePhrase(words: Words, stamp: string): string {
  const { date } = localNow(HOME_PORTAL, Temporal.Instant.from(stamp))
  const [, day, month] = shortDate(words, date).split(' ')
  return `${day} ${month} ${date.slice(0, 4)}`
}

/** "tomorrow, Mon 24 Nov", or "Mon 24 Nov" when it is neither today nor tomorrow. */
export function dayPhrase(words: Words, date: string, today: string): string {
  const days = Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days
  const plain = shortDate(words, date)
  if (days === 0) return words.text('date-today', { date: plain })
  if (days === 1) return words.text('date-tomorrow', { date: plain })
  return plain
}

/** "Tomorrow, Mon 24 Nov": at the beginning of a line. */
export function dayTitle(words: Words, date: string, today: string): string {
  return capital(words, dayPhrase(words, date, today))
}

/** "18:30–19:30", or "18:30" when the end is not known. */
export function timeSpan(start: string, end: string | null): string {
  return end === null ? start : `${start}–${end}`
}

/** An instant as a person says it: "18:03" today, "Mon 24 Nov, 00:00" otherwise. */
export function momentPhrase(
  words: Words,
  portal: string,
  instant: Temporal.Instant | string,
  now: Temporal.Instant,
): string {
  const at = typeof instant === 'string' ? Temporal.Instant.from(instant) : instant
  const { date, time } = localNow(portal, at)
  return date === localNow(portal, now).date ? time : `${shortDate(words, date)}, ${time}`
}

/** How long ago: "just now", "5 minutes ago", "3 hours ago", "2 days ago". */
export function agePhrase(words: Words, stamp: string, now: Temporal.Instant): string {
  const minutes = Math.floor((now.epochMilliseconds - Temporal.Instant.from(stamp).epochMilliseconds) / 60_000)
  if (minutes < 1) return words.text('age-now')
  if (minutes < 60) return words.text('age-minutes', { n: minutes })
  if (minutes < 48 * 60) return words.text('age-hours', { n: Math.floor(minutes / 60) })
  return words.text('age-days', { n: Math.floor(minutes / (24 * 60)) })
}

/** As `agePhrase`, but within the first minute by the second: "20 seconds ago". */
export function exactAge(words: Words, stamp: string, now: Temporal.Instant): string {
  const seconds = Math.floor((now.epochMilliseconds - Temporal.Instant.from(stamp).epochMilliseconds) / 1000)
  return seconds < 5 || seconds >= 60 ? agePhrase(words, stamp, now) : words.text('age-seconds', { n: seconds })
}

/** An instant to the second: "18:03:07" today, "Mon 24 Nov, 00:00:02" otherwise. */
export function secondPhrase(words: Words, portal: string, stamp: string, now: Temporal.Instant): string {
  const local = Temporal.Instant.from(stamp).toZonedDateTimeISO(getPortal(portal).timeZone)
  const time = local.toPlainTime().toString({ smallestUnit: 'second' })
  const date = local.toPlainDate().toString()
  return date === localNow(portal, now).date ? time : `${shortDate(words, date)}, ${time}`
}

/** "Mon" or "Monday", of 1 for Monday to 7 for Sunday, as it is written at the beginning of a line. */
export function weekdayName(words: Words, weekday: number, length: 'short' | 'long'): string {
  return capital(words, weekdayFormatted(words, weekday, length))
}

/** "Monday", as it is written within a sentence: "lunedì". */
export function weekdayWithin(words: Words, weekday: number): string {
  return weekdayFormatted(words, weekday, 'long')
}

function weekdayFormatted({ language }: Words, weekday: number, length: 'short' | 'long'): string {
  // Any Monday.
  const date = Temporal.PlainDate.from('2024-01-01').add({ days: weekday - 1 })
  return WEEKDAY_FORMATS[length][language].format(date)
}

function capital(words: Words, text: string): string {
  return text.charAt(0).toLocaleUpperCase(LOCALES[words.language]) + text.slice(1)
}

/** A length of time before something: "15 min", "2 h". */
export function leadPhrase(words: Words, minutes: number): string {
  return minutes % 60 === 0 ? words.text('lead-hours', { n: minutes / 60 }) : words.text('lead-minutes', { n: minutes })
}
