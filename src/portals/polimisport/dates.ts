const WEEKDAYS = [
  ['lunedi', 'monday'],
  ['martedi', 'tuesday'],
  ['mercoledi', 'wednesday'],
  ['giovedi', 'thursday'],
  ['venerdi', 'friday'],
  ['sabato', 'saturday'],
  ['domenica', 'sunday'],
]

const MONTHS = [
  ['gennaio', 'january'],
  ['febbraio', 'february'],
  ['marzo', 'march'],
  ['aprile', 'april'],
  ['maggio', 'may'],
  ['giugno', 'june'],
  ['luglio', 'july'],
  ['agosto', 'august'],
  ['settembre', 'september'],
  ['ottobre', 'october'],
  ['novembre', 'november'],
  ['dicembre', 'december'],
]

/** What a label says about a date; the site's format is not known for sure, so any part may be missing. */
export type DateParts = { weekday?: number; day?: number; month?: number; year?: number }

/**
 * Reads a label of the calendar or a date of a booking card: `Mercoledì, 14 Ottobre`, `mer 14 ott 2026`, `14/10`,
 * `14/10/2026`, `2026-10-14` (dossier 3.4, 5). Case, accents, spaces and commas do not count.
 */
export function parseDateParts(label: string): DateParts {
  const text = plain(label)
  const weekday = ordinal(/^[a-z]+/.exec(text)?.[0], WEEKDAYS)
  const rest = weekday === undefined ? text : text.replace(/^[a-z]+/, '')
  return { ...(weekday === undefined ? {} : { weekday }), ...(isoDate(rest) ?? numericDate(rest) ?? wordedDate(rest)) }
}

/**
 * The date that the parts name, seen from `today`: without a year the nearest one. Nothing when day or month are
 * missing, when there is no such date, or when the weekday contradicts.
 */
export function resolveDate(parts: DateParts, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const { day, month, year, weekday } = parts
  if (day === undefined || month === undefined) return undefined
  const years = year === undefined ? [today.year - 1, today.year, today.year + 1] : [year]
  const dates = years.flatMap((candidate) => plainDate(candidate, month, day) ?? [])
  const [nearest] = dates.toSorted((a, b) => distance(today, a) - distance(today, b))
  return weekday === undefined || nearest?.dayOfWeek === weekday ? nearest : undefined
}

/**
 * The date of a block of the calendar, from its offset in days and its label. Nothing when they disagree or do not
 * suffice: that is a changed page, and nothing may be booked by it (dossier 3.4.2).
 */
export function dateOfBlock(
  { offset, label }: { offset: string | null; label: string | null },
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const parts = label === null ? {} : parseDateParts(label)
  if (offset === null) return parts.weekday === undefined ? undefined : resolveDate(parts, today)
  if (!/^[+-]?\d{1,3}$/.test(offset.trim())) return undefined
  const date = today.add({ days: Number(offset) })
  return agrees(date, parts) ? date : undefined
}

function agrees(date: Temporal.PlainDate, { weekday, day, month, year }: DateParts): boolean {
  const same = (said: number | undefined, real: number) => said === undefined || said === real
  return same(weekday, date.dayOfWeek) && same(day, date.day) && same(month, date.month) && same(year, date.year)
}

function plain(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[\s,]+/g, ' ')
    .trim()
    .toLowerCase()
}

function isoDate(text: string): DateParts | undefined {
  const match = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(text)
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : undefined
}

function numericDate(text: string): DateParts | undefined {
  const match = /\b(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}|\d{2}))?\b/.exec(text)
  return match ? { day: Number(match[1]), month: Number(match[2]), ...yearOf(match[3]) } : undefined
}

function wordedDate(text: string): DateParts | undefined {
  const match = /\b(\d{1,2})(?:°|o\b)?[\s.]*([a-z]{3,})\.?(?:\s+(\d{4}))?/.exec(text)
  const month = ordinal(match?.[2], MONTHS)
  return match && month !== undefined ? { day: Number(match[1]), month, ...yearOf(match[3]) } : undefined
}

function yearOf(digits: string | undefined): { year?: number } {
  if (digits === undefined) return {}
  return { year: digits.length === 2 ? 2000 + Number(digits) : Number(digits) }
}

/** The 1-based place of a name, given in full or by its first three letters at least. */
function ordinal(word: string | undefined, names: readonly (readonly string[])[]): number | undefined {
  if (word === undefined || word.length < 3) return undefined
  const index = names.findIndex((variants) => variants.some((name) => name.startsWith(word)))
  return index < 0 ? undefined : index + 1
}

function plainDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

function distance(a: Temporal.PlainDate, b: Temporal.PlainDate): number {
  return Math.abs(a.until(b).days)
}
