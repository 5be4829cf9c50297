import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Plan, Try } from '../../../src/planner/plan/types.ts'
import { fixedPortal, type Played, play } from './portal.ts'

/** The worked examples of dossier delft-x §7, row by row; `u1>A` is a try, in the order of asking. */
const X1 = { place: 'X1', options: ['X1 A', 'X1 B'], shared: false, maxAccounts: 3 }
const X3 = { place: 'X3', options: ['X3 A', 'X3 B'], shared: false, maxAccounts: 2 }
const FITNESS = { place: 'Fitness', options: ['Fitness'], shared: true, maxAccounts: 3 }
const FULL_RUN: Plan = { hours: 3, least: 3, from: 13, to: 16, places: [X1], accounts: [1, 2, 3] }
const FALLBACK: Plan = { hours: 3, least: 2, from: 13, to: 18, places: [X1, X3, FITNESS], accounts: [1, 2, 3] }

const fullRunPortal = () => fixedPortal(FULL_RUN, (hour, option) => hour === 13 || option === 'X1 B')
const LEFT = ['13 X3 B', '15 X1 A', '15 X1 B', '16 X3 A', '16 X3 B']
const fallbackPortal = () => fixedPortal(FALLBACK, (hour, option) => LEFT.includes(`${hour} ${option}`))

/** What was tried for an hour of a place: who, where, with what result. */
const row = ({ state }: Played, hour: number, place: string) =>
  state.tries.filter((made) => made.hour === hour && made.place === place).map(words)
const words = (made: Try) =>
  `u${made.account}>${made.option.split(' ').at(-1)} ${made.cancelling === null ? made.state : 'surplus'}${made.kind === 'sibling' ? ' sibling' : ''}`
/** What was held after the job of an hour. */
const heldAfter = ({ state }: Played, hour: number) =>
  state.tries
    .filter((made) => made.hour <= hour && made.state === 'won' && made.cancelling === null)
    .map((made) => `${made.hour} u${made.account} ${made.option}`)
const run = ({ outcome }: Played) => outcome.run.map((won) => `${won.hour} u${won.account} ${won.option}`)

describe('example 1: a full run with three accounts in one place', () => {
  const played = play(FULL_RUN, fullRunPortal())

  it('13:00: the backup on A comes too late, and the surplus on B is given back', () => {
    assert.deepEqual(row(played, 13, 'X1'), ['u1>A won', 'u2>B surplus', 'u3>A taken'])
    assert.deepEqual(heldAfter(played, 13), ['13 u1 X1 A'])
  })

  it('14:00: who holds 13:00 is spent; nobody tries the sibling that is ours', () => {
    assert.deepEqual(row(played, 14, 'X1'), ['u2>A taken', 'u3>B won'])
    assert.deepEqual(heldAfter(played, 14), ['13 u1 X1 A', '14 u3 X1 B'])
  })

  it('15:00: the last account is refused on A and gets B', () => {
    assert.deepEqual(row(played, 15, 'X1'), ['u2>A taken', 'u2>B won sibling'])
  })

  it('ends with 3 of 3', () => {
    assert.equal(played.outcome.result, 'full')
    assert.deepEqual(run(played), ['13 u1 X1 A', '14 u3 X1 B', '15 u2 X1 B'])
    assert.deepEqual(played.outcome.leftovers, [])
    assert.deepEqual(
      played.outcome.story.map(({ hour, came }) => [hour, came]),
      [
        [13, 'run'],
        [14, 'run'],
        [15, 'run'],
      ],
    )
  })
})

describe('example 2: fallback to two hours', () => {
  const played = play(FALLBACK, fallbackPortal())
  /** All of X1 is tried and gone: the first tries, then the siblings, who do not stop at what others were refused. */
  const allTaken = (...order: number[]) => [
    ...order.map((account, turn) => `u${account}>${'AB'[turn % 2]} taken`),
    ...order.map((account, turn) => `u${account}>${'BA'[turn % 2]} taken sibling`),
  ]

  it('13:00: X1 is gone, X3 B is won', () => {
    assert.deepEqual(row(played, 13, 'X1').toSorted(), allTaken(1, 2, 3).toSorted())
    assert.deepEqual(row(played, 13, 'X1').slice(0, 3), ['u1>A taken', 'u2>B taken', 'u3>A taken'])
    assert.deepEqual(row(played, 13, 'X3'), ['u1>A taken', 'u2>B won'])
    assert.deepEqual(row(played, 13, 'Fitness'), [])
    assert.deepEqual(heldAfter(played, 13), ['13 u2 X3 B'])
  })

  it('14:00: who holds least goes first, and all three places are gone', () => {
    assert.deepEqual(row(played, 14, 'X1').slice(0, 3), ['u1>A taken', 'u3>B taken', 'u2>A taken'])
    assert.deepEqual(row(played, 14, 'X1').toSorted(), allTaken(1, 3, 2).toSorted())
    assert.deepEqual(row(played, 14, 'X3'), [...allTaken(1, 3)])
    assert.deepEqual(row(played, 14, 'Fitness'), ['u1>Fitness taken', 'u3>Fitness taken', 'u2>Fitness taken'])
    assert.deepEqual(heldAfter(played, 14), ['13 u2 X3 B'])
  })

  it('15:00: X1 A is kept, B given back', () => {
    assert.deepEqual(row(played, 15, 'X1'), ['u1>A won', 'u3>B surplus', 'u2>A taken'])
    assert.deepEqual(row(played, 15, 'X3'), [])
    assert.deepEqual(heldAfter(played, 15), ['13 u2 X3 B', '15 u1 X1 A'])
  })

  it('16:00: X1 is gone for the two that may, X3 A is kept, B given back', () => {
    assert.deepEqual(row(played, 16, 'X1'), allTaken(3, 2))
    assert.deepEqual(row(played, 16, 'X3'), ['u3>A won', 'u1>B surplus'])
    assert.deepEqual(heldAfter(played, 16), ['13 u2 X3 B', '15 u1 X1 A', '16 u3 X3 A'])
  })

  it('17:00: whoever may try anywhere is refused', () => {
    assert.deepEqual(row(played, 17, 'X1'), allTaken(2, 3))
    assert.deepEqual(row(played, 17, 'X3'), ['u1>A taken', 'u1>B taken sibling'])
    assert.deepEqual(row(played, 17, 'Fitness'), ['u1>Fitness taken', 'u2>Fitness taken', 'u3>Fitness taken'])
  })

  it('ends with two hours, and offers the one beside them for cancelling', () => {
    assert.equal(played.outcome.result, 'fewer')
    assert.deepEqual(run(played), ['15 u1 X1 A', '16 u3 X3 A'])
    assert.deepEqual(
      played.outcome.leftovers.map((won) => `${won.hour} u${won.account} ${won.option}`),
      ['13 u2 X3 B'],
    )
    assert.deepEqual(
      played.outcome.story.map(({ came }) => came),
      ['leftover', 'given-up', 'run', 'run', 'given-up'],
    )
  })
})

describe('the examples', () => {
  it('come to the same cells in whatever order the portal answers', () => {
    const cells = ({ outcome }: Played) =>
      [...outcome.run, ...outcome.leftovers].map((won) => `${won.hour} ${won.option}`)

    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (picks) => {
        let turn = 0
        const choose = <T>(possible: readonly T[]) => possible[(picks[turn++ % picks.length] ?? 0) % possible.length]
        const inAnyOrder = (portal: ReturnType<typeof fixedPortal>): typeof portal => ({
          ...portal,
          choose: (possible) => {
            const answers = possible.filter(({ of }) => of !== 'time')
            return choose(answers) ?? { of: 'time' }
          },
        })

        assert.deepEqual(cells(play(FULL_RUN, inAnyOrder(fullRunPortal()))), ['13 X1 A', '14 X1 B', '15 X1 B'])
        assert.deepEqual(cells(play(FALLBACK, inAnyOrder(fallbackPortal()))), ['15 X1 A', '16 X3 A', '13 X3 B'])
      }),
      { numRuns: 200 },
    )
  })
})
