import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { retryDelay } from '../../src/planner/retry-delay.ts'

const random = fc.double({ min: 0, max: 1, noNaN: true })

describe('the pause before another attempt', () => {
  it('doubles from two seconds to five minutes', () => {
    const exact = [1, 2, 3, 8, 9, 10, 5_000].map((attempt) => retryDelay(attempt, 0.5))

    assert.deepEqual(exact, [2_000, 4_000, 8_000, 256_000, 300_000, 300_000, 300_000])
  })

  it('stays between 1.6 seconds and six minutes, whole milliseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), random, (attempt, chance) => {
        const delay = retryDelay(attempt, chance)

        assert.ok(Number.isSafeInteger(delay) && delay >= 1_600 && delay <= 360_000, String(delay))
      }),
    )
  })

  it('is spread by a fifth, so that many do not come back at once', () => {
    assert.equal(retryDelay(1, 0), 1_600)
    assert.equal(retryDelay(1, 1), 2_400)
  })
})
