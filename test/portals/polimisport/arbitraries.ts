import fc from 'fast-check'

const DAYS = Temporal.PlainDate.from('2024-01-01').until('2036-12-31').days

/** Any day of thirteen years: three leap days, all changes of the clocks. */
export const anyDate = fc.nat(DAYS).map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }))

export const WEEKDAYS = ['Lunedì', 'Martedì', 'Mercoledì', 'Giovedì', 'Venerdì', 'Sabato', 'Domenica']
const MONTHS = [
  ...['Gennaio', 'Febbraio', 'Marzo', 'Aprile', 'Maggio', 'Giugno'],
  ...['Luglio', 'Agosto', 'Settembre', 'Ottobre', 'Novembre', 'Dicembre'],
]
const ENGLISH_MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

const two = (value: number) => String(value).padStart(2, '0')

/** The ways in which the site may write day and month, without and with the year (dossier 3.4.2, 5). */
export const DAY_FORMATS: readonly ((date: Temporal.PlainDate) => string)[] = [
  ({ day, month }) => `${day} ${MONTHS[month - 1]}`,
  ({ day, month }) => `${day} ${MONTHS[month - 1]?.slice(0, 3)}`,
  ({ day, month }) => `${two(day)} ${MONTHS[month - 1]?.slice(0, 3)}.`,
  ({ day, month }) => `${day} ${ENGLISH_MONTHS[month - 1]?.slice(0, 3)}`,
  ({ day, month }) => `${day}° ${MONTHS[month - 1]}`,
  ({ day, month }) => `${day}/${month}`,
  ({ day, month }) => `${two(day)}/${two(month)}`,
  ({ day, month }) => `${two(day)}-${two(month)}`,
]
export const FULL_FORMATS: readonly ((date: Temporal.PlainDate) => string)[] = [
  ({ day, month, year }) => `${day} ${MONTHS[month - 1]} ${year}`,
  ({ day, month, year }) => `${two(day)}/${two(month)}/${year}`,
  ({ day, month, year }) => `${two(day)}/${two(month)}/${two(year % 100)}`,
  ({ day, month, year }) => `${day}.${month}.${year}`,
  ({ day, month, year }) => `${two(day)}-${two(month)}-${year}`,
  (date) => date.toString(),
]

/** What must not matter: case, accents as characters of their own, spaces of all kinds. */
export const disguise = fc
  .record({
    shout: fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.toLowerCase(),
    ),
    form: fc.constantFrom('NFC', 'NFD', 'NFKD'),
    space: fc.constantFrom(' ', '  ', '\u00a0', ' \u00a0 ', '\n  '),
    around: fc.constantFrom('', ' ', '\n', '\u00a0'),
  })
  .map(({ shout, form, space, around }) => {
    return (text: string) => around + shout(text).normalize(form).replaceAll(' ', space) + around
  })
