import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isStale, LOOK_COUNTS, lookTurn, placesSeen } from '../../src/planner/looking.ts'
import { nextLook } from '../../src/planner/watching.ts'

const NOW = Temporal.Instant.from('2026-11-23T12:00:00Z')
const ago = (seconds: number) => NOW.subtract({ milliseconds: Math.round(seconds * 1000) })
const OPENED = ago(24 * 3600)
const turn = (seen: number, asked?: number, opensAt = OPENED) =>
  lookTurn({ seenAt: ago(seen), askedAt: asked === undefined ? undefined : ago(asked), opensAt }, NOW)

describe('who wants to know of a slot', () => {
  it('takes what was seen within the last 45 seconds', () => {
    assert.deepEqual(turn(0), { turn: 'take' })
    assert.deepEqual(turn(44.999), { turn: 'take' })
    assert.deepEqual(turn(45), { turn: 'look' })
  })

  it('waits for whoever was sent to look, but not for ever', () => {
    assert.deepEqual(turn(300, 10), { turn: 'wait', until: NOW.add({ seconds: 35 }) })
    assert.deepEqual(turn(300, 45), { turn: 'look' })
    assert.deepEqual(turn(50, 60), { turn: 'look' })
  })

  it('does not go by what was seen before the opening', () => {
    assert.deepEqual(turn(10, undefined, ago(5)), { turn: 'look' })
    assert.deepEqual(turn(10, 2, ago(5)), { turn: 'wait', until: NOW.add({ seconds: 43 }) })
  })

  it('does not believe a clock that was wrong by an hour', () => {
    assert.deepEqual(turn(-3600), { turn: 'look' })
    assert.deepEqual(turn(-3600, -3600), { turn: 'look' })
    assert.deepEqual(turn(-0.02), { turn: 'take' }, 'two clocks never agree to the millisecond')
  })

  it('never waits for longer than a look counts, and never goes by anything older', () => {
    const age = fc.option(fc.double({ min: -100, max: 7200, noNaN: true }), { nil: undefined })

    fc.assert(
      fc.property(age, age, (seen = 9999, asked) => {
        const answer = turn(seen, asked)
        if (answer.turn === 'wait') {
          const left = NOW.until(answer.until).total('seconds')
          assert.ok(left > 0 && left <= 2 * LOOK_COUNTS.seconds)
        }
        if (answer.turn === 'take') assert.ok(Math.abs(seen) < LOOK_COUNTS.seconds)
        else assert.ok(Math.abs(seen) >= LOOK_COUNTS.seconds - 0.001)
      }),
    )
  })

  it('finds its own last look too old when its next one comes', () => {
    const start = NOW.add({ minutes: 30 })

    for (const random of [0, 0.5, 1]) {
      const next = nextLook(start, NOW, random)
      assert.deepEqual(lookTurn({ seenAt: NOW, askedAt: NOW, opensAt: OPENED }, next), { turn: 'look' })
    }
  })
})

describe('what a look tells everybody', () => {
  const TOLD: [state: 'available' | 'booked' | 'disabled', spots: number | null, told: string][] = [
    ['available', 3, 'free'],
    ['available', null, 'free'],
    ['available', 0, 'full'],
    ['booked', 2, 'free'],
    ['booked', 0, 'full'],
    ['booked', null, 'unclear'],
    ['disabled', 3, 'full'],
    ['disabled', null, 'full'],
  ]
  for (const [state, spots, told] of TOLD)
    it(`of "${state}" with ${spots ?? 'unknown'} places left: ${told}`, () => {
      assert.equal(placesSeen({ state, spots }), told)
    })
})

describe('a page', () => {
  it('is stale after a minute', () => {
    assert.equal(isStale(ago(59.999), NOW), false)
    assert.equal(isStale(ago(60), NOW), true)
  })
})
