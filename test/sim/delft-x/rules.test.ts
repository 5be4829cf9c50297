import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Circumstances, decide, statusOf } from '../../../sim/delft-x/rules.ts'

/** A slot that has been open for a minute, to somebody whom nothing hinders. */
const OPEN: Circumstances = {
  nowMs: 160_000,
  opensMs: 100_000,
  startMs: 900_000,
  subscribed: true,
  duplicate: false,
  overlap: false,
  limit: false,
  spots: 1,
  waitlist: false,
}

describe('the order of the checks', () => {
  const worse = [
    [{ spots: 0 }, 'taken'],
    [{ limit: true }, 'limit'],
    [{ overlap: true }, 'overlap'],
    [{ duplicate: true }, 'duplicate'],
    [{ subscribed: false }, 'no-subscription'],
    [{ nowMs: 99_999.999 }, 'not-open'],
  ] as const

  it('is window, subscription, own booking, own limits, capacity', () => {
    let circumstances = OPEN
    for (const [change, outcome] of worse) {
      circumstances = { ...circumstances, ...change }
      assert.equal(decide(circumstances), outcome)
    }
  })

  it('knows the window to a fraction of a millisecond', () => {
    assert.equal(decide({ ...OPEN, nowMs: 100_000 - 0.001 }), 'not-open')
    assert.equal(decide({ ...OPEN, nowMs: 100_000 }), 'booked')
    assert.equal(decide({ ...OPEN, nowMs: 900_000 - 0.001 }), 'booked')
    assert.equal(decide({ ...OPEN, nowMs: 900_000 }), 'too-late')
  })

  it('puts on the waiting list only whom nothing but the capacity hinders', () => {
    assert.equal(decide({ ...OPEN, spots: 0, waitlist: true }), 'waiting-list')
    assert.equal(decide({ ...OPEN, spots: 0, waitlist: true, limit: true }), 'limit')
    assert.equal(decide({ ...OPEN, waitlist: true }), 'booked')
  })

  it('books never but inside the window, with a subscription, within the limits and with room', () => {
    const anything = fc.record({
      nowMs: fc.double({ min: 0, max: 1_000_000, noNaN: true }),
      opensMs: fc.constant(100_000),
      startMs: fc.constant(900_000),
      subscribed: fc.boolean(),
      duplicate: fc.boolean(),
      overlap: fc.boolean(),
      limit: fc.boolean(),
      spots: fc.integer({ min: -1, max: 2 }),
      waitlist: fc.boolean(),
    })
    fc.assert(
      fc.property(anything, (at) => {
        const good =
          at.nowMs >= at.opensMs && at.nowMs < at.startMs && at.subscribed && !at.duplicate && !at.overlap && !at.limit
        assert.equal(decide(at) === 'booked', good && at.spots > 0)
      }),
    )
  })
})

describe('the status of an answer', () => {
  it('is 403 for every refusal, but in one profile 409 for doubles and full slots', () => {
    for (const outcome of ['not-open', 'no-subscription', 'overlap', 'limit', 'too-late'] as const) {
      assert.deepEqual([statusOf(outcome, 'default'), statusOf(outcome, 'conflict409')], [403, 403])
    }
    for (const outcome of ['duplicate', 'taken'] as const) {
      assert.deepEqual([statusOf(outcome, 'default'), statusOf(outcome, 'conflict409')], [403, 409])
    }
    assert.deepEqual([statusOf('booked', 'default'), statusOf('waiting-list', 'waitlist')], [201, 201])
  })
})
