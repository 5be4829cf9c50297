import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { firstShot, lateness, nextShot, type ShotRules } from '../../src/planner/shot-schedule.ts'
import { PORTAL_ERROR_KINDS, type PortalErrorKind } from '../../src/portals/errors.ts'

const OPENING = 1_800_000_000_000
const RULES: ShotRules = { marginMs: 3, retryMs: [0, 20, 60, 150, 5_000], maxRequests: 5 }
/** Our clock shows 0 when the portal's shows the opening; a request takes 10 ms each way. */
const CLOCK = { ahead: OPENING, doubt: 1, error: 11, travel: 20 }
const again = (
  kind: PortalErrorKind,
  now: number,
  more: { requests?: number; times?: number; retryAfterMs?: number } = {},
) => nextShot({ kind, requests: 1, times: 1, retryAfterMs: undefined, ...more }, OPENING, CLOCK, now, RULES)

describe('when to fire', () => {
  it('is so that the request arrives the margin, and what the clock is in doubt by, after the opening', () => {
    assert.equal(firstShot(OPENING, CLOCK, RULES), -10 + 3 + 1)
    assert.equal(lateness(firstShot(OPENING, CLOCK, RULES), OPENING, CLOCK), 4)
  })

  it('is before the opening by choice alone', () => {
    const clock = fc.record({
      ahead: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      doubt: fc.double({ min: 0, max: 50, noNaN: true }),
      error: fc.constant(0),
      travel: fc.double({ min: 0, max: 2_000, noNaN: true }),
    })
    fc.assert(
      fc.property(clock, fc.double({ min: -1, max: 1, noNaN: true }), (clock, wrong) => {
        const truth = { ...clock, ahead: clock.ahead + wrong * clock.doubt }
        assert.ok(lateness(firstShot(OPENING, clock, RULES), OPENING, truth) >= 2.99)
        const early = { ...RULES, marginMs: -100 }
        assert.ok(lateness(firstShot(OPENING, { ...clock, doubt: 0 }, early), OPENING, clock) < 0)
      }),
    )
  })

  it('does not come a second late because the clock is hardly known', () => {
    assert.equal(lateness(firstShot(OPENING, { ...CLOCK, doubt: 200 }, RULES), OPENING, CLOCK), 53)
    assert.equal(lateness(firstShot(OPENING, { ...CLOCK, doubt: 500 }, RULES), OPENING, CLOCK), 353)
  })

  it('never comes 150 ms before the opening, however little is known of the clock', () => {
    const doubt = fc.double({ min: 0, max: 500, noNaN: true })
    fc.assert(
      fc.property(doubt, fc.double({ min: -1, max: 1, noNaN: true }), (doubt, wrong) => {
        const truth = { ...CLOCK, ahead: CLOCK.ahead + wrong * doubt }
        const late = lateness(firstShot(OPENING, { ...CLOCK, doubt }, RULES), OPENING, truth)
        assert.ok(late > -150 && late < 3 + 500 + 500 - 150 + 1e-3, `${late}`)
      }),
    )
  })
})

describe('after a refusal', () => {
  it('asks again at the times of the schedule while it is not open, and believes it then', () => {
    assert.equal(again('not-open-yet', -200), -10)
    assert.equal(again('not-open-yet', 5), 10)
    assert.equal(again('not-open-yet', 11), 50)
    assert.equal(again('not-open-yet', 141), 4_990)
    assert.equal(again('not-open-yet', 4_991), undefined)
  })

  it('leaves the portal as long as it asks for, longer each time, and not for ever', () => {
    assert.equal(again('rate-limited', 100, { retryAfterMs: 2_000 }), 2_100)
    assert.equal(again('rate-limited', 100), 1_100)
    assert.equal(again('rate-limited', 100, { times: 3 }), 4_100)
    assert.equal(again('rate-limited', 100, { times: 9 }), 8_100)
    assert.equal(again('rate-limited', 100, { retryAfterMs: 60_000 }), undefined)
    assert.equal(again('rate-limited', 9_000, { times: 9 }), undefined)
  })

  it('never asks sooner than now, nor more often than allowed, nor after any other answer', () => {
    const seen = fc.record({
      kind: fc.constantFrom(...PORTAL_ERROR_KINDS),
      requests: fc.integer({ min: 1, max: 8 }),
      times: fc.integer({ min: 1, max: 8 }),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined }),
    })
    fc.assert(
      fc.property(seen, fc.integer({ min: -2_000, max: 20_000 }), (refused, now) => {
        const next = nextShot(refused, OPENING, CLOCK, now, RULES)
        if (next === undefined) return
        assert.ok(next >= now)
        assert.ok(refused.requests < RULES.maxRequests)
        assert.ok(refused.kind === 'not-open-yet' || refused.kind === 'rate-limited')
      }),
    )
  })
})
