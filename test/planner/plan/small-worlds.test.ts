import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bookedBeside, busyAfterFirst, hasFork, longestPossible, playIn, type Size, worlds } from './small-worlds.ts'

/**
 * The policy against brute force, in all small worlds. It knows nothing of what rivals will take; the reference knows
 * all, and is bound by the rules alone: hours in order, places by priority, C1 and C2.
 *
 * - Where no account is busy, beside the plan, at an hour of the window after its first, the policy reaches the
 *   reference in every world: N hours, or the longest block accepted.
 * - Elsewhere it falls short only by a fork: an hour was won by an account while another could have won it that is
 *   free at other later hours, and the world let it be the wrong one. Who is busy in more of them goes first, so it
 *   takes one of these: the first option was gone and the second, dealt to another account, was not; two accounts are
 *   busy at different hours; there is a second place, and having nobody left for the first would have saved it up.
 *   Each hangs on what rivals take later, which nobody knows when the hour is decided.
 * - With one place of one option and one account that is busy later there is no such fork that goes wrong.
 */
const GOALS = [
  { hours: 1, least: 1 },
  { hours: 2, least: 1 },
  { hours: 2, least: 2 },
  { hours: 3, least: 1 },
  { hours: 3, least: 2 },
  { hours: 3, least: 3 },
]
const SMALL = ['X', 'X of two', 'X, Y', 'X of two, Y', 'X of two, gym'] as const

function assertReached(size: Size): void {
  for (const world of worlds(size)) {
    const { outcome } = playIn(world)
    const text = () => `${JSON.stringify(size)}, free: ${world.free}`
    if (outcome.run.length !== longestPossible(world)) assert.equal(outcome.run.length, longestPossible(world), text())
  }
}

describe('in all small worlds', () => {
  for (const places of SMALL) {
    it(`reaches the longest run there is in ${places}`, () => {
      for (const accounts of [1, 2, 3])
        for (const goal of GOALS)
          for (const maxAccounts of new Set([1, accounts]))
            assertReached({ places, accounts, window: 3, maxAccounts, ...goal })
    })
  }

  it('reaches it in X of two, Y of two', () => {
    for (const accounts of [2, 3])
      for (const least of [2, 3])
        assertReached({ places: 'X of two, Y of two', accounts, window: 3, maxAccounts: 2, hours: 3, least })
  })

  it('reaches it over four hours, from wherever a run can begin', () => {
    for (const places of ['X of two', 'X, Y'] as const)
      for (const accounts of [2, 3])
        for (const hours of [2, 3]) assertReached({ places, accounts, window: 4, maxAccounts: 3, hours, least: 2 })
  })
})

describe('in all small worlds with bookings beside the plan', () => {
  const sizes = [
    { places: 'X', accounts: 2, bookings: 2, shortfalls: 4 },
    { places: 'X', accounts: 3, bookings: 2, shortfalls: 0 },
    { places: 'X of two', accounts: 2, bookings: 2, shortfalls: 204 },
    { places: 'X of two', accounts: 3, bookings: 1, shortfalls: 9 },
    { places: 'X, Y', accounts: 2, bookings: 2, shortfalls: 202 },
    { places: 'X, Y', accounts: 3, bookings: 1, shortfalls: 0 },
  ] as const

  for (const { places, accounts, bookings, shortfalls } of sizes) {
    it(`falls short only where it is a matter of luck who wins, in ${places} with ${accounts} accounts`, () => {
      let short = 0
      for (const goal of [GOALS[2], GOALS[4]]) {
        assert.ok(goal)
        const size: Size = { places, accounts, window: 3, maxAccounts: accounts, ...goal }
        for (const held of besides(size, bookings))
          for (const world of worlds(size, held)) {
            const { state, outcome } = playIn(world)
            const best = longestPossible(world)
            const reached = outcome.run.length
            const text = `${JSON.stringify({ size, held })}, free: ${world.free}`
            const busy = busyAfterFirst(held).length
            const isEven = busy === 0 || (places === 'X' && busy === 1)

            if (isEven && reached !== best) assert.equal(reached, best, text)
            if (reached > best) assert.ok(reached <= longestPossible(world, true), text)
            if (reached < best) assert.ok(hasFork(world, state), text)
            if (reached < best) short++
          }
      }
      assert.equal(short, shortfalls, 'in just so many worlds, no more and no fewer')
    })
  }
})

/** Every set of up to so many bookings beside a plan that C1 and C2 allow. */
function besides(size: Size, most: number) {
  const all = bookedBeside(size)
  const pairs = all.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => one.account !== other.account || (one.hour !== other.hour && one.place !== other.place))
      .map((other) => [one, other]),
  )
  return [...all.map((one) => [one]), ...(most > 1 ? pairs : [])]
}
