import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { instantOf, nextDates } from '../../src/planner/occurrences.ts'
import { anyDateInZone, anyTime, anyTimeByNight, before, offset, shown } from './support.ts'

const ROME = 'Europe/Rome'
const at = (text: string) => Temporal.Instant.from(text)
const instant = (date: string, time: string, zone = ROME) => instantOf(date, time, zone).toString()

/** The instants at which a zone's clocks show a date and time, first to last, found without Temporal's zones. */
function instantsShowing(date: string, time: string, timeZone: string): Temporal.Instant[] {
  const asUtc = at(`${date}T${time}Z`)
  const offsets = new Set([-30, 30].map((hours) => offset(asUtc.add({ hours }), timeZone)))
  return [...offsets]
    .map((minutes) => asUtc.subtract({ minutes }))
    .filter((candidate) => shown(candidate, timeZone) === `${date} ${time}`)
    .sort(Temporal.Instant.compare)
}

describe('the instant of a local date and time', () => {
  it('is on the clocks of the zone, in winter and in summer', () => {
    assert.equal(instant('2026-11-23', '18:00'), '2026-11-23T17:00:00Z')
    assert.equal(instant('2026-07-06', '18:00'), '2026-07-06T16:00:00Z')
    assert.equal(instant('2026-07-06', '00:30'), '2026-07-05T22:30:00Z')
    assert.equal(instant('2026-07-06', '00:30', 'Asia/Kathmandu'), '2026-07-05T18:45:00Z')
  })

  it('is as long after a gap as it was after its beginning', () => {
    assert.equal(instant('2026-03-29', '01:59'), '2026-03-29T00:59:00Z')
    assert.equal(instant('2026-03-29', '02:00'), '2026-03-29T01:00:00Z')
    assert.equal(instant('2026-03-29', '02:30'), '2026-03-29T01:30:00Z')
    assert.equal(instant('2026-03-29', '03:00'), '2026-03-29T01:00:00Z')
    assert.equal(instant('2026-10-04', '02:15', 'Australia/Lord_Howe'), '2026-10-03T15:45:00Z')
  })

  it('is the first of two', () => {
    assert.equal(instant('2026-10-25', '02:30'), '2026-10-25T00:30:00Z')
    assert.equal(instant('2026-10-25', '03:00'), '2026-10-25T02:00:00Z')
  })

  it('is after midnight where there is no midnight, and on the next day where there is no such day', () => {
    assert.equal(shown(instantOf('2026-09-06', '00:00', 'America/Santiago'), 'America/Santiago'), '2026-09-06 01:00')
    assert.equal(shown(instantOf('2011-12-30', '10:00', 'Pacific/Apia'), 'Pacific/Apia'), '2011-12-31 10:00')
  })

  it('is the first that shows them, or after the gap that does not, in every zone and year', () => {
    fc.assert(
      fc.property(anyDateInZone, anyTimeByNight, ({ timeZone, date }, time) => {
        const found = instantOf(date, time, timeZone)
        const showing = instantsShowing(date, time, timeZone)

        const asUtc = at(`${date}T${time}Z`)
        const beforeGap = asUtc.subtract({ minutes: offset(asUtc.subtract({ hours: 30 }), timeZone) })
        assert.equal(found.toString(), (showing[0] ?? beforeGap).toString())
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the next dates of a weekly class', () => {
  const next = (weekday: number, time: string, from: string, count: number) =>
    nextDates({ weekday, time, timeZone: ROME }, at(from), count)

  it('begin after the given instant: not with a class that is just beginning', () => {
    assert.deepEqual(next(1, '18:00', '2026-11-23T16:59:59.999Z', 2), ['2026-11-23', '2026-11-30'])
    assert.deepEqual(next(1, '18:00', '2026-11-23T17:00:00Z', 2), ['2026-11-30', '2026-12-07'])
    assert.deepEqual(next(7, '18:00', '2026-11-23T17:00:00Z', 0), [])
  })

  it('are on the calendar of the zone: a class at 00:30 is on its day, not on the one that UTC still has', () => {
    assert.deepEqual(next(1, '00:30', '2026-11-22T23:00:00Z', 1), ['2026-11-23'])
    assert.deepEqual(next(1, '00:30', '2026-11-22T23:30:00Z', 1), ['2026-11-30'])
    assert.deepEqual(next(1, '00:30', '2026-07-05T22:29:00Z', 1), ['2026-07-06'])
  })

  it('come through both nights in which the clocks change', () => {
    assert.deepEqual(next(7, '02:30', '2026-03-29T01:29:00Z', 2), ['2026-03-29', '2026-04-05'])
    assert.deepEqual(next(7, '02:30', '2026-03-29T01:30:00Z', 1), ['2026-04-05'])
    assert.deepEqual(next(7, '02:30', '2026-10-25T00:29:00Z', 2), ['2026-10-25', '2026-11-01'])
    assert.deepEqual(next(7, '02:30', '2026-10-25T00:31:00Z', 1), ['2026-11-01'])
  })

  it('are on 29 February where that is their weekday, and go on after it', () => {
    assert.deepEqual(next(4, '18:00', '2024-02-23T00:00Z', 2), ['2024-02-29', '2024-03-07'])
    assert.deepEqual(next(2, '18:00', '2028-02-23T00:00Z', 2), ['2028-02-29', '2028-03-07'])
    assert.deepEqual(next(3, '18:00', '2028-02-24T00:00Z', 1), ['2028-03-01'])
    assert.deepEqual(next(5, '18:00', '2036-02-23T00:00Z', 2), ['2036-02-29', '2036-03-07'])
  })

  it('have the class of a day that a zone left out', () => {
    const weekly = { weekday: 5, time: '10:00', timeZone: 'Pacific/Apia' }

    assert.deepEqual(nextDates(weekly, instantOf('2011-12-31', '09:59', 'Pacific/Apia'), 2), [
      '2011-12-30',
      '2012-01-06',
    ])
  })

  const anyWeekday = fc.integer({ min: 1, max: 7 })

  it('are on their weekday, at their time, seven days apart, from the very next one on, in every zone and year', () => {
    fc.assert(
      fc.property(anyDateInZone, anyTime, anyWeekday, anyTimeByNight, ({ timeZone, date }, clock, weekday, time) => {
        const from = instantOf(date, clock, timeZone)
        const dates = nextDates({ weekday, time, timeZone }, from, 60)

        assert.equal(dates.length, 60)
        for (const [index, text] of dates.entries()) {
          const begins = instantOf(text, time, timeZone)
          assert.equal(new Date(`${text}T00:00Z`).getUTCDay(), weekday % 7)
          assert.ok(before(from, begins), 'it is ahead')
          if (instantsShowing(text, time, timeZone).length > 0) assert.equal(shown(begins, timeZone), `${text} ${time}`)
          const sooner = Temporal.PlainDate.from(text).subtract({ days: 7 }).toString()
          if (index > 0) assert.equal(sooner, dates[index - 1])
          else assert.ok(!before(from, instantOf(sooner, time, timeZone)), 'none is left out')
        }
      }),
      { numRuns: 200 },
    )
  })

  it('are the same when each is looked for from the one before: none lost, none twice, over years', () => {
    fc.assert(
      fc.property(anyDateInZone, anyWeekday, anyTimeByNight, ({ timeZone, date }, weekday, time) => {
        const weekly = { weekday, time, timeZone }
        const from = instantOf(date, '12:00', timeZone)
        let last = from
        const walked = Array.from({ length: 160 }, () => {
          const [found = ''] = nextDates(weekly, last, 1)
          last = instantOf(found, time, timeZone)
          return found
        })

        assert.deepEqual(walked, nextDates(weekly, from, 160))
        assert.equal(new Set(walked).size, walked.length)
      }),
      { numRuns: 50 },
    )
  })
})
