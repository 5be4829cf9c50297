import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { delftXFacts, inDelft, startOf } from '../../../src/portals/delft-x/facts.ts'
import { delftXOperator } from '../../../src/portals/delft-x/operator.ts'
import { anyKey } from './arbitraries.ts'

type Key = { date: string; start: string; location: string }
const opening = (slot: Key) => delftXFacts.opening(slot).toString()
const later = (slot: Key) => delftXFacts.laterOpening?.(slot)?.toString()
const hall = (date: string, start = '13:00') => ({ date, start, location: 'X1' })
const fitness = (date: string, start = '13:00') => ({ date, start, location: 'Fitness' })

describe('the opening', () => {
  it('is 72 hours before a hall and 168 before Fitness, to the second', () => {
    assert.equal(opening(hall('2025-11-17')), '2025-11-14T12:00:00Z')
    assert.equal(opening({ ...hall('2025-11-17'), location: 'X3' }), '2025-11-14T12:00:00Z')
    assert.equal(opening(fitness('2025-11-17')), '2025-11-10T12:00:00Z')
    assert.equal(later(hall('2025-11-17')), undefined)
  })

  it('is first the absolute reading when the clocks go forward, later the one of the wall clock', () => {
    assert.equal(opening(hall('2026-03-30')), '2026-03-27T11:00:00Z')
    assert.equal(later(hall('2026-03-30')), '2026-03-27T12:00:00Z')
    assert.equal(opening(fitness('2026-04-03')), '2026-03-27T11:00:00Z')
    assert.equal(later(fitness('2026-04-03')), '2026-03-27T12:00:00Z')
  })

  it('is first the one of the wall clock when the clocks go back', () => {
    assert.equal(opening(hall('2026-10-26')), '2026-10-23T11:00:00Z')
    assert.equal(later(hall('2026-10-26')), '2026-10-23T12:00:00Z')
  })

  it('has one reading again once the change is more than a window ago', () => {
    assert.equal(later(hall('2026-04-02')), undefined)
    assert.notEqual(later(hall('2026-03-31')), undefined)
    assert.notEqual(later(fitness('2026-04-04')), undefined)
    assert.equal(later(fitness('2026-04-06')), undefined)
  })

  it('is one of the two readings, the earlier one, and the other is an hour later or the same', () => {
    fc.assert(
      fc.property(anyKey, (slot) => {
        const hours = slot.location === 'Fitness' ? 168 : 72
        const start = startOf(slot)
        const first = delftXFacts.opening(slot)
        const last = delftXFacts.laterOpening?.(slot)
        const absolute = start.subtract({ hours })
        assert.ok([first, last].some((instant) => instant?.equals(absolute)))
        if (last) assert.equal(last.since(first).total('minutes'), 60)
        const wall = (last === undefined || first.equals(absolute) ? (last ?? first) : first).toZonedDateTimeISO(
          'Europe/Amsterdam',
        )
        assert.equal(wall.toPlainTime().toString({ smallestUnit: 'minute' }), slot.start)
      }),
    )
  })

  it('of a later slot is never earlier', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        const [first, second] = [a, { ...b, location: a.location }].sort((x, y) =>
          Temporal.Instant.compare(startOf(x), startOf(y)),
        )
        assert.ok(first && second)
        assert.ok(Temporal.Instant.compare(delftXFacts.opening(first), delftXFacts.opening(second)) <= 0)
      }),
    )
  })
})

describe('the clocks of Delft', () => {
  it('tell date and time of an instant, and the instant of a slot', () => {
    assert.deepEqual(inDelft(Temporal.Instant.from('2026-07-14T22:30:00Z')), { date: '2026-07-15', time: '00:30' })
    fc.assert(
      fc.property(anyKey, (slot) => {
        assert.deepEqual(inDelft(startOf(slot)), { date: slot.date, time: slot.start })
      }),
    )
  })
})

describe('the facts', () => {
  it('name the halves of each hall as the portal does, the best first', () => {
    assert.deepEqual(
      delftXFacts.planPlaces?.map(({ place, options, shared }) => [place, options, shared]),
      [
        ['X1', ['X1 A', 'X1 B'], false],
        ['X3', ['X3 A', 'X3 B'], false],
        ['Fitness', [null], true],
      ],
    )
  })

  it('are those by which it is operated', () => {
    assert.equal(delftXOperator.contextOptions.timezoneId, delftXFacts.timeZone)
    assert.ok(delftXOperator.secretSelectors.includes('#password'))
  })
})
