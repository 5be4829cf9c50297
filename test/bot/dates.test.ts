import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agePhrase, dayPhrase, dayTitle, localNow, momentPhrase, startInstant } from '../../src/bot/dates.ts'
import { shorten } from '../../src/bot/html.ts'
import { nameOf, placeOf, whenAndWhere } from '../../src/bot/names.ts'
import { readTexts } from '../../src/bot/texts.ts'
import { NOW } from './support.ts'

const { it: italian, en } = readTexts()

describe('dates as people say them', () => {
  it('says today, tomorrow or the date', () => {
    assert.equal(dayPhrase(en, '2026-11-21', '2026-11-21'), 'today, Sat 21 Nov')
    assert.equal(dayPhrase(italian, '2026-11-22', '2026-11-21'), 'domani, dom 22 nov')
    assert.equal(dayTitle(italian, '2026-11-24', '2026-11-21'), 'Mar 24 nov')
    assert.equal(dayPhrase(en, '2026-12-01', '2026-11-30'), 'tomorrow, Tue 1 Dec')
  })

  it('keeps to the clock of the portal, summer time included', () => {
    assert.deepEqual(localNow('polimisport', Temporal.Instant.from('2026-11-20T23:30:00Z')), {
      date: '2026-11-21',
      time: '00:30',
    })
    assert.equal(startInstant('polimisport', { date: '2026-07-01', start: '18:30' }).toString(), '2026-07-01T16:30:00Z')
    assert.equal(startInstant('polimisport', { date: '2026-11-24', start: '18:30' }).toString(), '2026-11-24T17:30:00Z')
  })

  it('gives the day only where it is another one', () => {
    assert.equal(momentPhrase(en, 'polimisport', NOW.add({ minutes: 3 }), NOW), '10:03')
    assert.equal(momentPhrase(en, 'polimisport', NOW.add({ hours: 38 }), NOW), 'Mon 23 Nov, 00:00')
  })

  it('tells an age in one unit', () => {
    const ages = [{ seconds: 30 }, { minutes: 1 }, { minutes: 59 }, { hours: 2 }, { hours: 47 }, { hours: 72 }]
    const told = ages.map((age) => agePhrase(en, NOW.subtract(age).toString(), NOW))
    assert.deepEqual(told, ['just now', '1 minute ago', '59 minutes ago', '2 hours ago', '47 hours ago', '3 days ago'])
    assert.equal(agePhrase(en, NOW.add({ seconds: 5 }).toString(), NOW), 'just now')
  })
})

describe('names', () => {
  it('shows the place without the activity', () => {
    assert.equal(placeOf({ location: 'Giuriati - Corsi Platinum', course: 'Yoga' }), 'Giuriati')
    assert.equal(placeOf({ location: 'Giuriati', course: 'Yoga' }), 'Giuriati')
    assert.equal(placeOf({ location: 'Fit Center', course: null }), '')
    assert.equal(nameOf({ location: 'Giuriati - Fit Center', course: null }), 'Fit Center')
  })

  it('says when and where in one line of HTML', () => {
    const dated = { date: '2026-11-22', start: '18:30', end: '19:30', location: 'A & B - C', course: 'Yoga' }
    assert.equal(whenAndWhere(en, 'polimisport', dated, NOW), 'tomorrow, Sun 22 Nov, 18:30–19:30 · A &amp; B')
  })

  it('cuts long names without breaking a character', () => {
    assert.equal(shorten('Yoga', 10), 'Yoga')
    assert.equal(shorten('  a \n b ', 10), 'a b')
    assert.equal(shorten('👍🏽'.repeat(20), 10), `${'👍🏽'.repeat(5)}…`)
    assert.ok(shorten('e\u0301'.repeat(500), 60).length <= 121)
    assert.equal(shorten('x'.repeat(200), 60).length, 60)
  })
})
