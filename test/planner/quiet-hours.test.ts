import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { instantOf } from '../../src/planner/occurrences.ts'
import { isQuiet, type QuietHours, quietEnd, quietStart } from '../../src/planner/quiet-hours.ts'
import { anyDateInZone, anyTime, anyTimeByNight, before, offset, shown } from './support.ts'

const ROME = 'Europe/Rome'
const at = (text: string) => Temporal.Instant.from(text)
const quiet = (from: string, to: string): QuietHours => ({ from, to, timeZone: ROME })
/** The quiet hours around a local time in Rome, as `start – end`, or that there are none. */
const around = (hours: QuietHours, instant: Temporal.Instant) =>
  isQuiet(hours, instant) ? `${quietStart(hours, instant)} – ${quietEnd(hours, instant)}` : 'not quiet'
const inRome = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(ROME).toInstant()

describe('quiet hours', () => {
  const NIGHT = '2026-11-20T21:00:00Z – 2026-11-21T07:00:00Z'
  const NOON = '2026-11-21T12:00:00Z – 2026-11-21T13:30:00Z'
  const EXAMPLES: [hours: QuietHours, local: string, expected: string][] = [
    [quiet('22:00', '08:00'), '2026-11-20T21:59:59.999', 'not quiet'],
    [quiet('22:00', '08:00'), '2026-11-20T22:00', NIGHT],
    [quiet('22:00', '08:00'), '2026-11-20T23:59', NIGHT],
    [quiet('22:00', '08:00'), '2026-11-21T00:00', NIGHT],
    [quiet('22:00', '08:00'), '2026-11-21T07:59:59.999', NIGHT],
    [quiet('22:00', '08:00'), '2026-11-21T08:00', 'not quiet'],
    [quiet('13:00', '14:30'), '2026-11-21T12:59', 'not quiet'],
    [quiet('13:00', '14:30'), '2026-11-21T13:00', NOON],
    [quiet('13:00', '14:30'), '2026-11-21T14:30', 'not quiet'],
    [quiet('13:00', '13:00'), '2026-11-21T13:00', 'not quiet'],
    [quiet('00:00', '07:00'), '2026-11-21T00:00', '2026-11-20T23:00:00Z – 2026-11-21T06:00:00Z'],
    [quiet('20:00', '00:00'), '2026-11-21T00:00', 'not quiet'],
  ]
  for (const [hours, local, expected] of EXAMPLES)
    it(`from ${hours.from} to ${hours.to} are, at ${local}: ${expected}`, () => {
      assert.equal(around(hours, inRome(local)), expected)
    })

  it('are an hour shorter or longer in the nights in which the clocks change', () => {
    const night = quiet('22:00', '08:00')

    assert.equal(around(night, at('2026-03-29T01:00Z')), '2026-03-28T21:00:00Z – 2026-03-29T06:00:00Z')
    assert.equal(around(night, at('2026-10-25T01:00Z')), '2026-10-24T20:00:00Z – 2026-10-25T07:00:00Z')
  })

  it('begin and end after the gap when the clocks skip their beginning or end', () => {
    assert.equal(around(quiet('02:30', '07:00'), at('2026-03-29T01:10Z')), 'not quiet')
    assert.equal(
      around(quiet('02:30', '07:00'), at('2026-03-29T01:30Z')),
      '2026-03-29T01:30:00Z – 2026-03-29T05:00:00Z',
    )
    assert.equal(
      around(quiet('22:00', '02:30'), at('2026-03-29T01:10Z')),
      '2026-03-28T21:00:00Z – 2026-03-29T01:30:00Z',
    )
  })

  it('begin and end once, the first time, when the clocks show that time twice', () => {
    assert.equal(
      around(quiet('22:00', '02:30'), at('2026-10-25T00:29Z')),
      '2026-10-24T20:00:00Z – 2026-10-25T00:30:00Z',
    )
    assert.equal(around(quiet('22:00', '02:30'), at('2026-10-25T01:10Z')), 'not quiet')
    assert.equal(
      around(quiet('02:30', '07:00'), at('2026-10-25T01:10Z')),
      '2026-10-25T00:30:00Z – 2026-10-25T06:00:00Z',
    )
  })

  it('are one where the time between two of them is skipped', () => {
    const nearlyAlways = quiet('03:00', '02:45')

    assert.equal(around(nearlyAlways, at('2026-03-29T00:30Z')), '2026-03-28T02:00:00Z – 2026-03-30T00:45:00Z')
    assert.equal(around(nearlyAlways, at('2026-03-29T12:00Z')), '2026-03-28T02:00:00Z – 2026-03-30T00:45:00Z')
  })

  it('are the same where a zone leaves out a day, or shows the end of one again after midnight', () => {
    const apia = { from: '22:00', to: '08:00', timeZone: 'Pacific/Apia' }
    const stJohns = { from: '00:00', to: '07:00', timeZone: 'America/St_Johns' }

    assert.equal(around(apia, at('2011-12-30T13:00Z')), '2011-12-30T08:00:00Z – 2011-12-30T18:00:00Z')
    assert.equal(around(stJohns, at('2010-11-07T03:00Z')), '2010-11-07T02:30:00Z – 2010-11-07T10:30:00Z')
  })

  it('are what the clock says, on all days on which it does not change', () => {
    fc.assert(
      fc.property(anyDateInZone, anyTime, anyTime, anyTime, ({ timeZone, date }, time, from, to) => {
        const instant = instantOf(date, time, timeZone)
        const offsets = [-48, 0, 48].map((hours) => offset(instant.add({ hours }), timeZone))
        fc.pre(new Set(offsets).size === 1)
        const clock = shown(instant, timeZone).slice('YYYY-MM-DD '.length)

        const expected = from <= to ? from <= clock && clock < to : clock >= from || clock < to
        assert.equal(isQuiet({ from, to, timeZone }, instant), expected)
      }),
      { numRuns: 500 },
    )
  })

  it('are one span around each of its instants, with none before and after it, in every zone and year', () => {
    const anyMinutes = fc.integer({ min: -1_500, max: 1_500 })
    fc.assert(
      fc.property(
        anyDateInZone,
        anyTimeByNight,
        anyTimeByNight,
        anyMinutes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ timeZone, date }, from, to, minutes, share) => {
          const hours = { from, to, timeZone }
          const instant = instantOf(date, '03:00', timeZone).add({ minutes })
          const start = quietStart(hours, instant)
          const end = quietEnd(hours, instant)

          if (!isQuiet(hours, instant)) {
            assert.deepEqual([`${start}`, `${end}`], [`${instant}`, `${instant}`])
            return
          }
          assert.ok(!before(instant, start) && before(instant, end))
          assert.ok(!isQuiet(hours, start.subtract({ nanoseconds: 1 })) && !isQuiet(hours, end))
          assert.ok(!isQuiet(hours, start.subtract({ minutes: 1 })), 'there is a minute before it')
          const length = end.epochMilliseconds - start.epochMilliseconds
          const within = start.add({ milliseconds: Math.floor(share * (length - 1)) })
          assert.deepEqual([quietStart(hours, within), quietEnd(hours, within)].map(String), [`${start}`, `${end}`])
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
