import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { lastDaily } from '../../src/planner/daily.ts'

const ROME = 'Europe/Rome'
const at = (text: string) => Temporal.Instant.from(text)
const last = (time: string, now: string, zone = ROME) => lastDaily(time, zone, at(now)).toString()

describe('the last time a daily time came', () => {
  it('is today once it has come, else yesterday', () => {
    assert.equal(last('06:00', '2026-11-21T05:00:00Z'), '2026-11-21T05:00:00Z')
    assert.equal(last('06:00', '2026-11-21T04:59:59.999Z'), '2026-11-20T05:00:00Z')
    assert.equal(last('00:00', '2026-11-20T23:00:00Z'), '2026-11-20T23:00:00Z')
  })

  it('comes after the gap in the night that skips it', () => {
    assert.equal(last('02:30', '2026-03-29T12:00:00Z'), '2026-03-29T01:30:00Z')
    assert.equal(last('02:30', '2026-03-29T01:00:00Z'), '2026-03-28T01:30:00Z')
  })

  it('comes once, the first time, in the night that shows it twice', () => {
    assert.equal(last('02:30', '2026-10-25T00:30:00Z'), '2026-10-25T00:30:00Z')
    assert.equal(last('02:30', '2026-10-25T05:00:00Z'), '2026-10-25T00:30:00Z')
  })

  it('came once for each date of the zone, over years and zones', () => {
    const hour = fc.integer({ min: 0, max: 23 }).map((hours) => String(hours).padStart(2, '0'))
    const minute = fc.integer({ min: 0, max: 59 }).map((minutes) => String(minutes).padStart(2, '0'))
    const time = fc.tuple(hour, minute).map((parts) => parts.join(':'))
    const zone = fc.constantFrom(ROME, 'UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu')
    const now = fc
      .integer({ min: 0, max: 60 * 24 * 365 * 20 })
      .map((minutes) => at('2020-01-01T00:00Z').add({ minutes }))

    fc.assert(
      fc.property(time, zone, now, (daily, timeZone, instant) => {
        const came = lastDaily(daily, timeZone, instant)
        const local = came.toZonedDateTimeISO(timeZone)
        const next = local.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: daily }).toInstant()

        assert.ok(Temporal.Instant.compare(came, instant) <= 0, 'it has come')
        assert.ok(Temporal.Instant.compare(instant, next) < 0, 'the next one has not')
        assert.equal(lastDaily(daily, timeZone, came).toString(), came.toString())
        const shown = local.toPlainTime().toString({ smallestUnit: 'minute' })
        const skipped = local.subtract({ hours: 2 }).offset !== local.offset
        if (!skipped) assert.equal(shown, daily)
      }),
      { numRuns: 300 },
    )
  })
})
