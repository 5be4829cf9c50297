import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readWishes } from '../../../src/bot/quick/read-wish.ts'

/** A Saturday. */
const TODAY = Temporal.PlainDate.from('2026-11-21')
const NAMES = ['Yoga', 'Hatha Yoga', 'Pilates', 'AGILITÀ E MOBILITÀ', 'Yoga 2', 'Sun Salutation', 'Fit Center']

function read(text: string) {
  const [wish] = readWishes(text, NAMES, TODAY)
  assert.ok(wish)
  const { exact, words, day, time } = wish
  const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`
  const when = day && ('date' in day ? day.date.slice(5) : day.weekday)
  const times = time && (time.exact.length > 0 ? time.exact : time.within.flat()).map(clock).join(' ')
  return [exact, words.join(' '), when, times].filter((part) => part !== undefined && part !== '')
}

describe('a wish read from a text', () => {
  const sentences: [text: string, ...expected: unknown[]][] = [
    ['yoga mon 18', 'yoga', 1, '18:00'],
    ['mer pilates 19:30', 'pilates', 3, '19:30'],
    ['Prenota per favore lo yoga di lunedì alle 18.30', 'yoga', 1, '18:30'],
    ['please book Pilates on Wednesday at 6pm', 'pilates', 3, '18:00'],
    ['18h pilates gio', 'pilates', 4, '18:00'],
    ['pilates at 6 pm tomorrow', 'pilates', '11-22', '18:00'],
    ['pilates alle 6 domani sera', 'pilates', '11-22', '18:00'],
    ['pilates mon at 6', 'pilates', 1, '6:00 18:00'],
    ['pilates mon 06', 'pilates', 1, '6:00'],
    ['yoga stasera', 'yoga', '11-21', '17:00 23:59'],
    ['yoga tonight', 'yoga', '11-21', '17:00 23:59'],
    ['yoga oggi', 'yoga', '11-21'],
    ['yoga dopodomani', 'yoga', '11-23'],
    ['yoga the day after tomorrow', 'yoga', '11-23'],
    ['yoga ieri', 'yoga', '11-20'],
    ['yoga 24/11', 'yoga', '11-24'],
    ['yoga 24.11 18.30', 'yoga', '11-24', '18:30'],
    ['yoga 2026-11-24', 'yoga', '11-24'],
    ['24 nov yoga 18', 'yoga', '11-24', '18:00'],
    ['nov 24 yoga', 'yoga', '11-24'],
    ['yoga il 24 novembre alle 18', 'yoga', '11-24', '18:00'],
    ['yoga on the 24th of November', 'yoga', '11-24'],
    ['yoga 11/24', 'yoga', '11-24'],
    ['yoga 3 gennaio', 'yoga', '01-03'],
    ['yoga 24', 'yoga', '11-24'],
    ['yoga il 23', 'yoga', '11-23'],
    ['yoga 23', 'yoga', '23:00'],
    ['yoga 24 18', 'yoga', '11-24', '18:00'],
    ['yoga lun 23 18', 'yoga', '11-23', '18:00'],
    ['yoga lun 23 18:30', 'yoga', '11-23', '18:30'],
    ['yoga mar 18', 'yoga', 2, '18:00'],
    ['yoga 24 mar', 'yoga', '03-24'],
    ['yoga 5 marzo', 'yoga', '03-05'],
    ['yoga mon 18-19', 'yoga', 1, '18:00'],
    ['yoga lun dalle 18 alle 19', 'yoga', 1, '18:00'],
    ['yoga noon', 'yoga', '12:00'],
    ['yoga giovdi 18', 'yoga', 4, '18:00'],
    ['yoga tommorow', 'yoga', '11-22'],
    ["Vorrei prenotare l'agilità e mobilità domenica alle 11:30!", 'agilita e mobilita', 7, '11:30'],
    ['yoga 2 mon 18', 'yoga 2', 1, '18:00'],
    ['sun salutation sun 10', 'sun salutation', 7, '10:00 22:00'],
    ['ioga lun', 'ioga', 1],
    ['yoga 31/2', 'yoga', '31/2'],
    ['yoga 99', 'yoga', '99'],
    ['ciao', ...[]],
    ['🧘🏽‍♀️🔥', ...[]],
  ]
  for (const [text, ...expected] of sentences) it(text, () => assert.deepEqual(read(text), expected))

  it('is nothing in a text that is no wish', () => {
    assert.deepEqual(read(`yoga ${'x'.repeat(4000)}`), [])
  })

  it('has an other meaning where a number or "mar" has', () => {
    const others = (text: string) => readWishes(text, NAMES, TODAY).map(({ day, time }) => ({ day, time: time?.exact }))

    assert.deepEqual(others('yoga 18').slice(0, 2), [
      { day: undefined, time: [1080] },
      { day: { date: '2026-12-18' }, time: undefined },
    ])
    assert.ok(others('yoga 5 mar').some(({ day }) => day && 'date' in day && day.date === '2027-03-05'))
  })

  it('never throws, whatever is written', () => {
    const words = [
      'mon',
      'mar',
      '24',
      '18',
      '6',
      'pm',
      'at',
      'nov',
      '31',
      '0',
      '99',
      '24/11',
      '18:30',
      'le',
      'yoga',
      '.',
    ]
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(text, (written) => {
        assert.ok(readWishes(written, NAMES, TODAY).length > 0)
      }),
      { numRuns: 500 },
    )
  })
})
