import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { claimAt, latestOpening, nextOpening } from '../../src/planner/ahead.ts'

const at = (text: string) => Temporal.Instant.from(text)
const EARLIER = at('2026-03-27T11:00:00Z')
const LATER = at('2026-03-27T12:00:00Z')
const slot = { date: '2026-03-30', start: '13:00', location: 'X1' }

describe('the opening that a booking is claimed for', () => {
  const one = { opening: () => EARLIER }
  const two = { ...one, laterOpening: () => LATER }
  const next = (facts: Parameters<typeof nextOpening>[0], now: string) => nextOpening(facts, slot, at(now))?.toString()

  it('is the one to come within the time that is needed to be ready', () => {
    assert.equal(claimAt(EARLIER).toString(), '2026-03-27T10:58:30Z')
    assert.equal(next(one, '2026-03-27T10:58:29Z'), undefined)
    assert.equal(next(one, '2026-03-27T10:58:30Z'), EARLIER.toString())
    assert.equal(next(one, '2026-03-27T10:59:59.999Z'), EARLIER.toString())
    assert.equal(next(one, '2026-03-27T11:00:00Z'), undefined)
  })

  it('is the later one after the earlier, where the rule can be read in two ways', () => {
    assert.equal(next(two, '2026-03-27T10:59:00Z'), EARLIER.toString())
    assert.equal(next(two, '2026-03-27T11:00:05Z'), undefined)
    assert.equal(next(two, '2026-03-27T11:58:30Z'), LATER.toString())
    assert.equal(next(two, '2026-03-27T12:00:00Z'), undefined)
  })
})

describe('the latest instant at which a slot should open', () => {
  const latest = (facts: Parameters<typeof latestOpening>[0], told?: Temporal.Instant) =>
    latestOpening(facts, slot, told).toString()

  it('is that of the rule, by its later reading, or what the portal has told beyond it', () => {
    const one = { opening: () => EARLIER }
    const two = { ...one, laterOpening: () => LATER }
    assert.equal(latest(one), EARLIER.toString())
    assert.equal(latest(two), LATER.toString())
    assert.equal(latest({ ...one, laterOpening: () => undefined }), EARLIER.toString())
    assert.equal(latest(two, EARLIER), LATER.toString())
    assert.equal(latest(two, at('2026-03-28T12:00:00Z')), '2026-03-28T12:00:00Z')
  })
})
