import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { bookability, type SeenSlot } from '../../src/planner/bookability.ts'

const at = (text: string) => Temporal.Instant.from(`2026-11-${text}:00Z`)
const slot: SeenSlot = { start: at('21T18:00'), opensAt: at('19T00:00'), state: 'available', spots: 4 }
const SEEN = at('20T10:00')
const NOW = at('20T12:00')
const seen = (changes: Partial<SeenSlot>, held = false, seenAt = SEEN, now = NOW) =>
  bookability({ ...slot, ...changes }, held, seenAt, now)

describe('what can be done with a slot', () => {
  it('is booking it while it is open and has places', () => {
    assert.deepEqual(seen({}), { can: true })
    assert.deepEqual(seen({ spots: null }), { can: true })
  })

  it('is nothing once it has begun', () => {
    assert.deepEqual(seen({ start: NOW }), { can: false, why: 'past' })
    assert.deepEqual(seen({ start: NOW }, true), { can: false, why: 'past' })
  })

  it('is nothing while the user holds it', () => {
    assert.deepEqual(seen({ state: 'booked', spots: 0 }, true), { can: false, why: 'already-booked' })
  })

  it('is waiting for the opening, whatever it looked like before', () => {
    const opensAt = at('20T12:01')

    for (const state of ['available', 'booked', 'disabled'] as const) {
      assert.deepEqual(seen({ opensAt, state, spots: 0 }), { can: false, why: 'not-open-yet', opensAt })
    }
  })

  it('is booking it after the opening when it was last seen before', () => {
    const before = at('18T23:59')

    assert.deepEqual(seen({ state: 'disabled' }, false, before), { can: true })
    assert.deepEqual(seen({ state: 'booked', spots: null }, false, before), { can: true })
    assert.deepEqual(seen({ spots: 0 }, false, before), { can: true })
  })

  it('is nothing when it was seen full or closed since its opening', () => {
    assert.deepEqual(seen({ spots: 0 }), { can: false, why: 'full' })
    assert.deepEqual(seen({ state: 'booked', spots: null }), { can: false, why: 'full' })
    assert.deepEqual(seen({ state: 'disabled' }), { can: false, why: 'closed' })
  })

  it('is booking it when somebody else of the house holds one of several places', () => {
    assert.deepEqual(seen({ state: 'booked', spots: 2 }), { can: true })
  })

  it('is never booking before the opening, after the start, or twice', () => {
    const instant = fc.integer({ min: 0, max: 10_000 }).map((minutes) => at('16T00:00').add({ minutes }))
    const anySlot = fc.record({
      start: instant,
      opensAt: instant,
      state: fc.constantFrom('available' as const, 'booked' as const, 'disabled' as const),
      spots: fc.option(fc.nat(3)),
    })

    fc.assert(
      fc.property(anySlot, fc.boolean(), instant, instant, (any, held, seenAt, now) => {
        if (!bookability(any, held, seenAt, now).can) return

        assert.ok(Temporal.Instant.compare(any.opensAt, now) <= 0)
        assert.ok(Temporal.Instant.compare(now, any.start) < 0)
        assert.ok(!held)
      }),
    )
  })
})
