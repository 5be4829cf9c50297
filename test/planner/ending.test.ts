import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { COOLING, type FailedAttempt, verdictOn } from '../../src/planner/ending.ts'
import { POLICY } from '../../src/planner/policy.ts'
import { PORTAL_ERROR_KINDS, type PortalErrorKind } from '../../src/portals/errors.ts'

const NOW = Temporal.Instant.from('2026-11-21T12:00:00Z')
const inMinutes = (minutes: number) => NOW.add({ milliseconds: Math.round(minutes * 60_000) })
const failed = (kind: PortalErrorKind, changes: Partial<FailedAttempt> = {}): FailedAttempt => ({
  kind,
  opensAt: undefined,
  retryAfterMs: undefined,
  outcomeUnknown: false,
  attempt: 1,
  maxAttempts: 10,
  deadline: inMinutes(600),
  opening: inMinutes(-600),
  books: false,
  watched: undefined,
  random: 0.5,
  ...changes,
})
/** The verdict in short: its next step, and in how many milliseconds. */
const verdict = (kind: PortalErrorKind, changes: Partial<FailedAttempt> = {}) => {
  const { next, coolUntil, ...retry } = {
    runAt: undefined,
    countsAsAttempt: undefined,
    ...verdictOn(failed(kind, changes), NOW),
  }
  return [next, retry.runAt?.since(NOW).total('milliseconds'), retry.countsAsAttempt, coolUntil?.toString()]
}
const END = ['end', undefined, undefined, undefined]
const RETRY = ['retry', 2_000, true, undefined]
const COOL = NOW.add(COOLING).toString()

const EXPECTED: Record<PortalErrorKind, unknown[]> = {
  'slot-full': END,
  'already-booked': END,
  'limit-reached': END,
  overlap: END,
  'no-subscription': END,
  'slot-gone': END,
  refused: END,
  'too-late': END,
  'not-open-yet': RETRY,
  'session-expired': RETRY,
  'bad-credentials': END,
  'challenge-unanswered': END,
  'portal-down': RETRY,
  network: RETRY,
  timeout: RETRY,
  'rate-limited': ['retry', 900_000, true, COOL],
  blocked: ['retry', 900_000, true, COOL],
  'page-changed': END,
}

const kind = fc.constantFrom(...PORTAL_ERROR_KINDS)
const instant = fc.integer({ min: -1_000, max: 1_000 }).map(inMinutes)
const anyFailure: fc.Arbitrary<FailedAttempt> = fc.record({
  kind,
  opensAt: fc.option(instant, { nil: undefined }),
  retryAfterMs: fc.option(fc.integer({ min: 1, max: 10_000_000 }), { nil: undefined }),
  outcomeUnknown: fc.boolean(),
  attempt: fc.integer({ min: 1, max: 40 }),
  maxAttempts: fc.integer({ min: 1, max: 20 }),
  deadline: fc.option(instant, { nil: undefined }),
  opening: fc.option(instant, { nil: undefined }),
  books: fc.boolean(),
  watched: fc.option(instant, { nil: undefined }),
  random: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('the verdict on a failed attempt', () => {
  for (const each of PORTAL_ERROR_KINDS) {
    it(`follows the policy after ${each}`, () => assert.deepEqual(verdict(each), EXPECTED[each]))
  }

  it('is the end after the last attempt, but never while the outcome is unknown', () => {
    for (const each of ['network', 'timeout', 'rate-limited', 'session-expired'] as const) {
      assert.equal(verdict(each, { attempt: 10 })[0], 'end')
      assert.equal(verdict(each, { attempt: 10, outcomeUnknown: true })[0], 'retry')
    }
  })

  it('is to ask the portal again while the outcome is unknown, whatever went wrong', () => {
    for (const each of PORTAL_ERROR_KINDS)
      assert.equal(verdict(each, { outcomeUnknown: true, attempt: 99 })[0], 'retry')
  })

  it('leaves a portal alone that asked for it, even when the action itself ends', () => {
    assert.deepEqual(verdict('blocked', { deadline: inMinutes(10) }), ['end', undefined, undefined, COOL])
    assert.deepEqual(verdict('rate-limited', { attempt: 10 }), ['end', undefined, undefined, COOL])
    const asked = (retryAfterMs: number) => verdict('rate-limited', { retryAfterMs })
    assert.deepEqual(asked(2_000), ['retry', 2_000, true, NOW.add({ seconds: 2 }).toString()])
    assert.deepEqual(asked(86_400_000), ['retry', 900_000, true, COOL])
  })

  it('lets a booking go on after seconds at a portal that asks for fewer requests, unless it says when', () => {
    const booking = (kind: PortalErrorKind, retryAfterMs?: number) =>
      verdict(kind, { books: true, attempt: 2, retryAfterMs })

    assert.deepEqual(booking('rate-limited'), ['retry', 4_000, true, COOL])
    assert.deepEqual(booking('rate-limited', 9_000), ['retry', 9_000, true, NOW.add({ seconds: 9 }).toString()])
    assert.deepEqual(booking('blocked'), ['retry', 900_000, true, COOL])
  })

  it('comes back shortly before the opening, without using up an attempt', () => {
    const opening = inMinutes(30)

    assert.deepEqual(verdict('not-open-yet', { opening, opensAt: opening }), ['retry', 1_710_000, false, undefined])
    const soon = inMinutes(1)
    assert.deepEqual(verdict('not-open-yet', { opening, opensAt: soon }), ['retry', 60_000, false, undefined])
    assert.deepEqual(verdict('not-open-yet', { opening, opensAt: opening, attempt: 10 })[0], 'retry')
  })

  it('tries a late opening again after a moment, then after a minute, and gives up after five', () => {
    const lateBy = (minutes: number) => verdict('not-open-yet', { opening: inMinutes(-minutes), opensAt: NOW })

    assert.deepEqual(lateBy(0), ['retry', 1_500, false, undefined])
    assert.deepEqual(lateBy(0.249), ['retry', 1_500, false, undefined])
    assert.deepEqual(lateBy(0.25), ['retry', 60_000, false, undefined])
    assert.deepEqual(lateBy(4), ['retry', 60_000, false, undefined])
    assert.deepEqual(lateBy(4.001), END)
  })

  it('sends a portal that opens late no more than a few requests, whatever it answers', () => {
    const answer = fc.record({
      afterMs: fc.integer({ min: 0, max: 2_000 }),
      againMs: fc.integer({ min: 0, max: 4_000 }),
    })
    fc.assert(
      fc.property(fc.infiniteStream(answer), (answers) => {
        const times: number[] = []
        for (let now = NOW; ; ) {
          const next = answers.next().value
          const at = now.add({ milliseconds: next.afterMs })
          times.push(at.since(NOW).total('milliseconds'))
          const opensAt = at.add({ milliseconds: next.againMs })
          const late = verdictOn(failed('not-open-yet', { opening: NOW, opensAt }), at)
          if (late.next === 'end') break
          now = Temporal.Instant.compare(late.runAt, at) > 0 ? late.runAt : assert.fail('at once')
        }
        const afterRush = times.filter((ms) => ms >= 15_000)
        assert.ok((times.at(-1) ?? 0) <= 5 * 60_000 + 2_000, `${times}`)
        assert.ok(afterRush.length <= 5, `${times}`)
        afterRush.slice(1).forEach((ms, n) => {
          assert.ok(ms - (afterRush[n] ?? 0) >= 60_000, `${times}`)
        })
      }),
    )
  })

  it('believes a portal that tells a later opening, however far that of our table lies back', () => {
    const told = (minutes: number) =>
      verdict('not-open-yet', { opening: inMinutes(-60), opensAt: inMinutes(minutes), attempt: 10 })

    assert.deepEqual(told(60), ['retry', 58.5 * 60_000, false, undefined])
    // Claimed ahead of it, the portal has told the same once more.
    assert.deepEqual(told(1.5), ['retry', 90_000, false, undefined])
    assert.deepEqual(told(0.1), ['retry', 6_000, false, undefined])
    assert.deepEqual(told(0.05), END)
  })

  it('never tries past the deadline, nor at once', () => {
    const opening = inMinutes(30)
    assert.deepEqual(verdict('not-open-yet', { opening, opensAt: opening, deadline: opening }), END)
    fc.assert(
      fc.property(anyFailure, (failure) => {
        const answer = verdictOn(failure, NOW)
        if (answer.next === 'end') return

        assert.ok(Temporal.Instant.compare(answer.runAt, NOW) > 0)
        if (failure.deadline) assert.ok(Temporal.Instant.compare(answer.runAt, failure.deadline) < 0)
      }),
    )
  })

  it('ends an action of unknown outcome only because of its deadline', () => {
    fc.assert(
      fc.property(anyFailure, (failure) => {
        assert.equal(verdictOn({ ...failure, outcomeUnknown: true, deadline: undefined }, NOW).next, 'retry')
      }),
    )
  })

  it('uses up attempts in whatever could go on for ever', () => {
    fc.assert(
      fc.property(anyFailure, (failure) => {
        const answer = verdictOn({ ...failure, outcomeUnknown: false, opening: undefined, watched: undefined }, NOW)
        if (answer.next === 'end' || answer.countsAsAttempt) return

        assert.equal(POLICY[failure.kind], 'wait')
        assert.ok(failure.opensAt && Temporal.Instant.compare(answer.runAt, failure.opensAt) <= 0)
      }),
    )
  })

  it('believes “not on the list” only half a minute after a submit that went unanswered', () => {
    assert.deepEqual(verdict('network', { outcomeUnknown: true }), ['retry', 30_000, true, undefined])
    assert.deepEqual(verdict('slot-full', { outcomeUnknown: true }), ['retry', 30_000, true, undefined])
  })

  it('asks a last time just before the deadline when the outcome is unknown', () => {
    const soon = { outcomeUnknown: true, deadline: NOW.add({ seconds: 25 }) }
    assert.deepEqual(verdict('network', soon), ['retry', 15_000, true, undefined])
    assert.deepEqual(verdict('network', { ...soon, outcomeUnknown: false, attempt: 8 }), END)
    assert.deepEqual(verdict('network', { ...soon, deadline: NOW.add({ seconds: 9 }) }), END)
  })
})
