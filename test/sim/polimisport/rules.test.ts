import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Circumstances, opensAt, refusal, startsAt, statusOf } from '../../../sim/polimisport/rules.ts'
import type { Slot } from '../../../sim/polimisport/timetable.ts'
import { ROME } from '../../../sim/polimisport/zone.ts'

const slot: Slot = {
  id: '900013720261014001',
  activity: 'classes',
  date: '2026-10-14',
  time: '18:30',
  minutes: 55,
  skill: 'YOGA',
  instructor: 'ESEMPIO ADA',
  capacity: 10,
  taken: 0,
}

const at = (wallTime: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(wallTime).toZonedDateTime(ROME).toInstant()

const under = (changes: Partial<Circumstances>): Circumstances => ({
  now: at('2026-10-13T12:00'),
  spots: 3,
  own: false,
  waitlist: false,
  lateSeconds: 0,
  shownOpen: false,
  ...changes,
})

describe('the rules of the site', () => {
  it('open a slot at midnight two days before', () => {
    assert.equal(opensAt('2026-10-14').toString(), '2026-10-11T22:00:00Z')
    assert.equal(refusal(slot, under({ now: at('2026-10-11T23:59:59.999') })), 'not-open')
    assert.equal(refusal(slot, under({ now: at('2026-10-12T00:00') })), undefined)
  })

  it('count the two days on the calendar when the clocks change', () => {
    assert.equal(opensAt('2026-10-26').toString(), '2026-10-23T22:00:00Z', 'Monday after the long Sunday')
    assert.equal(opensAt('2026-10-27').toString(), '2026-10-24T22:00:00Z', 'opens as the long Sunday begins')
    assert.equal(opensAt('2026-10-28').toString(), '2026-10-25T23:00:00Z')
    assert.equal(opensAt('2027-03-29').toString(), '2027-03-26T23:00:00Z', 'Monday after the short Sunday')
    assert.equal(opensAt('2027-03-30').toString(), '2027-03-27T23:00:00Z', 'opens as the short Sunday begins')
    assert.equal(opensAt('2027-03-31').toString(), '2027-03-28T22:00:00Z')
  })

  it('close a slot as it begins', () => {
    assert.equal(refusal(slot, under({ now: at('2026-10-14T18:29:59') })), undefined)
    assert.equal(refusal(slot, under({ now: startsAt(slot) })), 'past')
  })

  it('refuse full slots and doubles', () => {
    assert.equal(refusal(slot, under({ spots: 0 })), 'full')
    assert.equal(refusal(slot, under({ own: true, spots: 0 })), 'already-booked')
  })

  it('show full slots as available only where one can wait', () => {
    assert.equal(statusOf(slot, under({ spots: 0 })), 'Disabled')
    assert.equal(statusOf(slot, under({ spots: 0, waitlist: true })), 'Available')
    assert.equal(statusOf(slot, under({ own: true })), 'Booked')
  })

  it('open late by a fault, and may show otherwise', () => {
    const early = { now: at('2026-10-12T00:00:02'), lateSeconds: 5 }

    assert.equal(refusal(slot, under(early)), 'not-open')
    assert.equal(statusOf(slot, under(early)), 'Disabled')
    assert.equal(statusOf(slot, under({ ...early, shownOpen: true })), 'Available')
    assert.equal(refusal(slot, under({ ...early, now: at('2026-10-12T00:00:05') })), undefined)
  })

  it('always open at a midnight of Rome and before the start', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (days) => {
        const date = Temporal.PlainDate.from('2025-01-01').add({ days }).toString()
        const opening = opensAt(date).toZonedDateTimeISO(ROME)

        assert.equal(opening.toPlainTime().toString(), '00:00:00')
        assert.equal(opening.toPlainDate().until(date).days, 2)
        assert.ok(Temporal.Instant.compare(opening.toInstant(), startsAt({ date, time: '00:00' })) < 0)
      }),
    )
  })
})
