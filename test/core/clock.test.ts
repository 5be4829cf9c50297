import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { stampAfter, toStamp } from '../../src/core/clock.ts'

/** From 1970 to the end of 9999. */
const milliseconds = fc.integer({ min: 0, max: 253_402_300_799_999 })
const at = (epoch: number) => Temporal.Instant.fromEpochMilliseconds(epoch)

describe('stamps', () => {
  it('sort as text the way their instants follow each other', () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, (a, b) => {
        const byText = toStamp(at(a)) < toStamp(at(b)) ? -1 : toStamp(at(a)) > toStamp(at(b)) ? 1 : 0

        assert.equal(byText, Temporal.Instant.compare(at(a), at(b)))
      }),
    )
  })

  it('give back the instant to the millisecond', () => {
    fc.assert(
      fc.property(milliseconds, (epoch) =>
        assert.equal(Temporal.Instant.from(toStamp(at(epoch))).epochMilliseconds, epoch),
      ),
    )
  })

  it('always have the same form', () => {
    assert.equal(toStamp(Temporal.Instant.from('2026-03-01T00:00Z')), '2026-03-01T00:00:00.000Z')
    assert.equal(toStamp(Temporal.Instant.from('2026-03-01T01:00:00.123999+01:00')), '2026-03-01T00:00:00.123Z')
  })

  it('can be asked for some time later, or earlier', () => {
    const noon = Temporal.Instant.from('2026-03-01T12:00Z')

    assert.equal(stampAfter(noon, 1_500), '2026-03-01T12:00:01.500Z')
    assert.equal(stampAfter(noon, -1), '2026-03-01T11:59:59.999Z')
  })
})
