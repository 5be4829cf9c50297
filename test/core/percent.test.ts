import assert from 'node:assert/strict'
import { it } from 'node:test'
import { wholePercent } from '../../src/core/percent.ts'

it('says 100 percent only of all, and 0 only of none', () => {
  assert.deepEqual([0, 0.001, 0.5, 2 / 3, 0.999, 1].map(wholePercent), [0, 1, 50, 67, 99, 100])
})
