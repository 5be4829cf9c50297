import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dateInRome, polimisportFacts, startOf } from '../../../src/portals/polimisport/facts.ts'
import { anyDate } from './arbitraries.ts'

const opening = (date: string) => polimisportFacts.opening({ date, start: '18:30', location: 'any' }).toString()

describe('the opening', () => {
  it('is midnight in Rome two calendar days before, in summer and in winter', () => {
    assert.equal(opening('2026-07-15'), '2026-07-12T22:00:00Z')
    assert.equal(opening('2026-12-15'), '2026-12-12T23:00:00Z')
  })

  it('counts days, not hours, over the change of the clocks', () => {
    assert.equal(opening('2026-03-30'), '2026-03-27T23:00:00Z')
    assert.equal(opening('2026-03-31'), '2026-03-28T23:00:00Z')
    assert.equal(opening('2026-04-01'), '2026-03-30T22:00:00Z'.replace('30T', '29T'))
    assert.equal(opening('2026-10-27'), '2026-10-24T22:00:00Z')
    assert.equal(opening('2026-10-28'), '2026-10-25T23:00:00Z')
  })

  it('crosses months, years and leap days', () => {
    assert.equal(opening('2027-01-01'), '2026-12-29T23:00:00Z')
    assert.equal(opening('2028-03-01'), '2028-02-27T23:00:00Z')
    assert.equal(opening('2026-03-01'), '2026-02-26T23:00:00Z')
  })

  it('is the first instant of its day, and before any slot of the day it opens', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const instant = polimisportFacts.opening({ date: date.toString(), start: '00:00', location: 'any' })
        const rome = instant.toZonedDateTimeISO('Europe/Rome')
        assert.ok(rome.toPlainDate().equals(date.subtract({ days: 2 })))
        assert.ok(rome.equals(rome.startOfDay()))
        assert.ok(Temporal.Instant.compare(instant, startOf({ date: date.toString(), start: '00:00' })) < 0)
      }),
    )
  })
})

describe('the date in Rome', () => {
  it('turns at midnight there, not in UTC', () => {
    assert.equal(dateInRome(Temporal.Instant.from('2026-07-14T21:59:59Z')).toString(), '2026-07-14')
    assert.equal(dateInRome(Temporal.Instant.from('2026-07-14T22:00:00Z')).toString(), '2026-07-15')
    assert.equal(dateInRome(Temporal.Instant.from('2026-12-31T23:00:00Z')).toString(), '2027-01-01')
  })
})
