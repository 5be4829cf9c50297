/** The words of days and times in Italian and English, folded: lower case, without accents. */

const WEEKDAYS = [
  ['lunedi', 'monday'],
  ['martedi', 'tuesday', 'tues'],
  ['mercoledi', 'wednesday', 'weds'],
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
  ['settembre', 'september', 'sept'],
  ['ottobre', 'october'],
  ['novembre', 'november'],
  ['dicembre', 'december'],
]

/** Days from today on. */
const RELATIVE: Readonly<Record<string, number>> = {
  ieri: -1,
  yesterday: -1,
  oggi: 0,
  today: 0,
  stamattina: 0,
  stamani: 0,
  stasera: 0,
  tonight: 0,
  domani: 1,
  tomorrow: 1,
  tmrw: 1,
  dopodomani: 2,
}

const MORNING = [0, 12 * 60 - 1] as const
const AFTERNOON = [12 * 60, 18 * 60 - 1] as const
const EVENING = [17 * 60, 24 * 60 - 1] as const

/** A part of the day: its first and its last minute. */
export type PartOfDay = readonly [from: number, to: number]

const PARTS: Readonly<Record<string, PartOfDay>> = {
  mattina: MORNING,
  mattino: MORNING,
  stamattina: MORNING,
  stamani: MORNING,
  morning: MORNING,
  pomeriggio: AFTERNOON,
  afternoon: AFTERNOON,
  sera: EVENING,
  stasera: EVENING,
  serata: EVENING,
  evening: EVENING,
  tonight: EVENING,
  night: EVENING,
}

/** After these a number is an hour. */
export const HOUR_MARKERS = new Set([
  'ore',
  'ora',
  'h',
  'alle',
  'all',
  'dalle',
  'le',
  'at',
  'from',
  'to',
  'around',
  'verso',
])
/** After these it is a day of the month. */
export const DAY_MARKERS = new Set(['il', 'giorno', 'on', 'the', 'del'])
/** Between a day of the month and its month. */
export const OF = new Set(['of', 'di'])
export const NOON = new Set(['mezzogiorno', 'noon', 'midday'])

const FILLERS = new Set(
  [
    'book reserve prenota prenotami prenotare prenoto prenotazione booking iscrivimi segnami',
    'please pls plz per favore perfavore piacere grazie thanks thank ok hello hi hey ciao salve buongiorno buonasera',
    'i me my we you can could would like want wanna go get id ill vorrei voglio posso puoi potresti mi fare andare',
    'a an for un una uno gli lo la l i e o di del della dello da in su al alla ai and or with con',
    'corso lezione class lesson classe course next this prossimo prossima questo questa clock o circa about until fino',
  ].flatMap((line) => line.split(' ')),
)

/** The number of a weekday (1 = Monday) by its name, or at least three letters of its beginning. */
export function weekdayOf(word: string): number | undefined {
  return placeIn(WEEKDAYS, word)
}

/** The number of a month by its name, or at least three letters of its beginning. */
export function monthOf(word: string): number | undefined {
  return placeIn(MONTHS, word)
}

function placeIn(names: readonly string[][], word: string): number | undefined {
  if (word.length < 3) return undefined
  const index = names.findIndex((forms) => forms.some((form) => form.startsWith(word)))
  return index < 0 ? undefined : index + 1
}

export function daysAheadOf(word: string): number | undefined {
  return Object.hasOwn(RELATIVE, word) ? RELATIVE[word] : undefined
}

export function partOf(word: string): PartOfDay | undefined {
  return Object.hasOwn(PARTS, word) ? PARTS[word] : undefined
}

/** A word that says nothing of its own. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word) || HOUR_MARKERS.has(word) || DAY_MARKERS.has(word) || OF.has(word)
}

/** The names of days that are long enough to be recognised with a typo. */
export const DAY_NAMES: readonly string[] = [...WEEKDAYS.flat(), ...Object.keys(RELATIVE)].filter(
  (name) => name.length >= 5,
)
