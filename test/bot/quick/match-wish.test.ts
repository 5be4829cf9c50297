import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { GYM_GRID, WEEKLY_CLASSES } from '../../../sim/polimisport/weekly-classes.ts'
import { type Candidate, type Finding, MOST_FOUND, matchWishes } from '../../../src/bot/quick/match-wish.ts'
import { readWishes } from '../../../src/bot/quick/read-wish.ts'

/** Saturday, at 10:30. */
const TODAY = Temporal.PlainDate.from('2026-11-21')
const TIME = '10:30'

const week = Array.from({ length: 7 }, (_, days) => TODAY.add({ days }))

/** The week of the simulated portal, and classes whose names are as odd as they come. */
const ODD = [
  { title: 'Yoga 2', weekday: 1, time: '18:00' },
  { title: 'Sun Salutation', weekday: 7, time: '06:45' },
  { title: 'Power Pilates', weekday: 3, time: '13:00' },
  { title: 'Domani <&> Oggi', weekday: 4, time: '21:15' },
  { title: '💃 Salsa', weekday: 5, time: '21:15' },
]
const TIMETABLE: Candidate[] = week.flatMap((day) => {
  const date = day.toString()
  const at = (title: string, place: string, start: string): Candidate => ({
    title,
    place,
    date,
    start,
    past: date === TODAY.toString() && start <= TIME,
  })
  return [
    ...WEEKLY_CLASSES.filter(({ weekday }) => weekday === day.dayOfWeek).map(({ skill, time }) =>
      at(skill, 'Giuriati', time),
    ),
    ...ODD.filter(({ weekday }) => weekday === day.dayOfWeek).map(({ title, time }) => at(title, 'Bovisa', time)),
    ...GYM_GRID[day.dayOfWeek > 5 ? 'weekend' : 'weekdays'].map((time) => at('Fit Center', 'Giuriati', time)),
  ]
})
const AHEAD = TIMETABLE.filter(({ past }) => !past)

const WEEKDAYS = {
  it: ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato', 'domenica'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}

function find(text: string): Finding<Candidate> {
  const names = TIMETABLE.map(({ title }) => title)
  return matchWishes(readWishes(text, names, TODAY), TIMETABLE)
}

function shown(found: Finding<Candidate>): string[] {
  const slots = found.kind === 'one' ? [found.slot] : found.kind === 'some' ? found.slots : found.near
  return [
    found.kind === 'none' ? found.missing : found.kind,
    ...slots.map((s) => `${s.title} ${s.date.slice(8)} ${s.start}`),
  ]
}

const classes = fc.constantFrom(...AHEAD)

describe('a class found by what somebody wrote', () => {
  const sentences: [text: string, ...expected: string[]][] = [
    ['yoga mon 18', 'one', 'YOGA 23 18:00'],
    ['mer pilates 13:00', 'one', 'PILATES 25 13:00'],
    ['pilates mer 13', 'one', 'PILATES 25 13:00'],
    ['ioga lun 18', 'one', 'YOGA 23 18:00'],
    [
      'golf mon 18',
      'name',
      'YOGA 23 18:00',
      'Yoga 2 23 18:00',
      'Fit Center 23 17:30',
      'FUNCTIONAL TRAINING 23 18:30',
      'ZUMBA 23 18:30',
      'Fit Center 23 19:00',
    ],
    ['ioga mer 18', 'one', 'YOGA 25 18:00'],
    ['piltaes wed 13', 'one', 'PILATES 25 13:00'],
    ['agilita mobilita mer', 'one', 'AGILITÀ E MOBILITÀ 25 18:30'],
    ['fit mon 19', 'one', 'Fit Center 23 19:00'],
    ['fit center mon 20', 'one', 'Fit Center 23 20:30'],
    ['yoga bovisa 18', 'some', 'Yoga 2 23 18:00'],
    ['salsa', 'one', '💃 Salsa 27 21:15'],
    ['pilates lunedi', 'some', 'PILATES 23 13:00', 'PILATES 23 20:00'],
    ['18:30 mon', 'some', 'FUNCTIONAL TRAINING 23 18:30', 'ZUMBA 23 18:30'],
    ['traning mar 18', 'one', 'CROSS TRAINING 24 18:00'],
    ['yoga 24', 'some', 'YOGA 24 08:00', 'YOGA 24 18:30'],
    ['zumba tue', 'day', 'ZUMBA 23 18:30', 'ZUMBA 25 19:30', 'ZUMBA 27 18:30'],
    ['yoga mon 21:00', 'time', 'YOGA 23 18:00'],
    [
      'yoga oggi',
      'past',
      'YOGA 22 10:00',
      'YOGA 23 18:00',
      'YOGA 24 08:00',
      'YOGA 24 18:30',
      'YOGA 25 18:00',
      'YOGA 26 08:00',
    ],
    [
      'volleyball mon 18',
      'name',
      'YOGA 23 18:00',
      'Yoga 2 23 18:00',
      'Fit Center 23 17:30',
      'FUNCTIONAL TRAINING 23 18:30',
      'ZUMBA 23 18:30',
      'Fit Center 23 19:00',
    ],
    ['ciao', 'everything'],
    ['🔥', 'everything'],
  ]
  for (const [text, ...expected] of sentences) it(text, () => assert.deepEqual(shown(find(text)), expected))

  it('is the class itself, first or alone, when its name, weekday and time are written', () => {
    const written = fc.record({
      slot: classes,
      language: fc.constantFrom('it' as const, 'en' as const),
      short: fc.boolean(),
      upper: fc.boolean(),
      order: fc.constantFrom([0, 1, 2], [2, 0, 1], [1, 2, 0], [1, 0, 2]),
      dot: fc.boolean(),
    })
    fc.assert(
      fc.property(written, ({ slot, language, short, upper, order, dot }) => {
        const day = WEEKDAYS[language][Temporal.PlainDate.from(slot.date).dayOfWeek - 1] ?? ''
        const parts = [slot.title, short ? day.slice(0, 3) : day, dot ? slot.start.replace(':', '.') : slot.start]
        const text = order.map((index) => parts[index]).join(' ')
        const found = find(upper ? text.toUpperCase() : text)
        const [first] = found.kind === 'one' ? [found.slot] : found.kind === 'some' ? found.slots : []
        assert.deepEqual(first, slot, text)
      }),
      { numRuns: 400 },
    )
  })

  it('is listed when its name is cut or has a typo', () => {
    const letters = 'abcdefghilmnopqrstuvz'
    const spoiled = fc
      .record({
        slot: classes,
        kind: fc.constantFrom('cut', 'drop', 'swap', 'double', 'change'),
        at: fc.nat(),
        letter: fc.nat(),
      })
      .map(({ slot, kind, at, letter }) => {
        const words = slot.title.split(' ')
        const long = words.filter((part) => part.length >= 4 && /^\p{L}+$/u.test(part))
        const word = long[at % long.length] ?? ''
        // The first letter is seldom the wrong one.
        const place = 1 + (at % Math.max(1, word.length - 1))
        const [head, tail] = [word.slice(0, place), word.slice(place)]
        const spoilt = {
          cut: word,
          drop: word.length > 4 ? head + tail.slice(1) : word,
          swap: word.length > 4 ? head + (tail[1] ?? '') + (tail[0] ?? '') + tail.slice(2) : word,
          double: head + (tail[0] ?? '') + tail,
          change: head + (letters[letter % letters.length] ?? '') + tail.slice(1),
        }[kind]
        const whole = words.map((part) => (part === word ? spoilt : part)).join(' ')
        const typo = kind === 'cut' ? whole.slice(0, Math.max(3, 1 + (at % whole.length))) : whole
        return { slot, typo, text: `${typo} ${slot.date.slice(8)}/${slot.date.slice(5, 7)} ${slot.start}` }
      })
    fc.assert(
      fc.property(spoiled, ({ slot, typo, text }) => {
        // Some names cut are the whole name of another class, or of a day.
        fc.pre(!slot.title.startsWith('Domani'))
        fc.pre(
          !TIMETABLE.some(({ title }) => title !== slot.title && title.toLowerCase() === typo.trim().toLowerCase()),
        )
        const found = find(text)
        const slots = found.kind === 'one' ? [found.slot] : found.kind === 'some' ? found.slots : found.near
        assert.ok(slots.includes(slot), `${text}: ${shown(found)}`)
      }),
      { numRuns: 400 },
    )
  })

  it('never throws, and never lists more than a few, nor what has begun', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(fc.constantFrom('yoga', 'fit', 'mon', '18', '24', 'pilates', 'oggi', 'mar', 'xyz', '6', 'pm'), {
          maxLength: 6,
        })
        .map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, (written) => {
        const found = find(written)
        const slots = found.kind === 'one' ? [found.slot] : found.kind === 'some' ? found.slots : found.near
        assert.ok(slots.length <= MOST_FOUND)
        assert.ok(slots.every(({ past }) => !past))
      }),
      { numRuns: 400 },
    )
  })

  it('finds nothing where there is no timetable', () => {
    assert.deepEqual(shown(matchWishes(readWishes('yoga mon 18', [], TODAY), [])), ['name'])
  })
})
