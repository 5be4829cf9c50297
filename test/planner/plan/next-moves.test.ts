import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { awaited, nextMoves } from '../../../src/planner/plan/next-moves.ts'
import type { Move } from '../../../src/planner/plan/types.ts'
import { always, FITNESS, next, PLAN, stateOf, tries, X1, X3 } from './told.ts'

const gone = (hour: number) => [1, 2, 3].map((account) => `${hour} u${account} X1 A refused`)

describe('the next place', () => {
  const plan = { places: [X1, X3] }

  it('comes when every try in this one has ended without a booking', () => {
    const refused = ['13 u1 X1 A refused', '13 u2 X1 B refused']
    assert.deepEqual(next(plan, [...refused, '13 u3 X1 A open']), [])
    assert.deepEqual(next(plan, [...refused, '13 u3 X1 A failed']), ['13 u1 X3 A', '13 u2 X3 B'])
    assert.deepEqual(next(plan, [...refused, '13 u3 X1 A won']), ['14 u1 X1 A', '14 u2 X1 B'])
  })

  it('comes at once where nobody can try in this one', () => {
    const held = [1, 2, 3].map((account) => ({ account, hour: 20, place: 'X1' }))
    assert.deepEqual(next(plan, [], { held }), ['13 u1 X3 A', '13 u2 X3 B'])
  })

  it('is waited for where it opens later, and the hours after are tried meanwhile', () => {
    const later = { places: [FITNESS, X1], accounts: [1, 2] }
    const isDue = (place: string) => place === 'Fitness'
    const full = ['13 u1 Fitness - taken', '13 u2 Fitness - taken']

    assert.deepEqual(next(later, full, {}, isDue), ['14 u1 Fitness', '14 u2 Fitness'])
    assert.deepEqual(awaited({ ...PLAN, ...later }, stateOf(full)), [
      { hour: 13, place: 'X1' },
      { hour: 14, place: 'Fitness' },
      { hour: 15, place: 'Fitness' },
    ])
  })
})

describe('the hours of a plan', () => {
  const wide = { hours: 3, least: 2, from: 13, to: 18 }

  it('are tried one after the other, each at its opening', () => {
    assert.deepEqual(
      next({}, [], {}, () => false),
      [],
    )
    assert.deepEqual(awaited(PLAN, stateOf([]))[0], { hour: 13, place: 'X1' })
    assert.deepEqual(
      next({}, ['13 u1 X1 A won'], {}, (_, hour) => hour === 13),
      [],
    )
    assert.deepEqual(awaited(PLAN, stateOf(['13 u1 X1 A open'])), [])
  })

  it('are dropped once the run is full', () => {
    assert.deepEqual(next({}, ['13 u1 X1 A won', '14 u2 X1 A won']), ['full'])
    assert.deepEqual(next({}, ['13 u1 X1 A won', '14 u2 X1 A won', '14 u3 X1 B open']), [])
  })

  it('begin anew after a lost one, as long as the run fits the window', () => {
    assert.deepEqual(next({}, gone(13)), ['14 u1 X1 A', '14 u2 X1 B', '14 u3 X1 A'])
    assert.deepEqual(next({}, [...gone(13), ...gone(14)]), ['failed'])
  })

  it('go on for fewer only while that is more than what is held', () => {
    const block = ['13 u1 X1 A won', '14 u2 X1 A won', '15 u3 X1 A refused']
    assert.deepEqual(next(wide, [...gone(13), ...gone(14), ...gone(15)]), ['16 u1 X1 A', '16 u2 X1 B', '16 u3 X1 A'])
    assert.deepEqual(next({ ...wide, to: 17, accounts: [1, 2, 3, 4] }, block), ['fewer'])
    assert.deepEqual(next({ ...wide, to: 19, accounts: [1, 2, 3, 4] }, block), ['fewer'], 'accounts for two')
    assert.deepEqual(next({ ...wide, to: 19, accounts: [1, 2, 3, 4, 5] }, block)[0], '16 u3 X1 A')
  })

  it('wait for surplus to come back when only its account could try', () => {
    const held = [3, 4].map((account) => ({ account, hour: 14, place: 'pool' }))
    const told = ['13 u1 X1 A won', '13 u2 X1 B won leaving']
    assert.deepEqual(next({ accounts: [1, 2, 3, 4], to: 17 }, told, { held }), [])
  })

  it('make the first run of those that are as long, and no longer than wanted', () => {
    const apart = nextMoves({ ...PLAN, least: 1 }, stateOf(['13 u1 X1 A won', ...gone(14), '15 u2 X1 A won']), always)
    assert.deepEqual(apart.map(inWords), ['fewer: 13'])
    const filled = nextMoves(PLAN, stateOf(['13 u1 X1 A won', '14 u2 X1 A won', '15 u3 X1 A won']), always)
    assert.deepEqual(filled.map(inWords), ['full: 13 14'])
  })

  it('are not begun when the accounts cannot cover what would be accepted', () => {
    assert.deepEqual(next({ hours: 3, least: 3, accounts: [1, 2] }, []), ['failed'])
    assert.deepEqual(next({ hours: 3, least: 2, accounts: [1, 2] }, []), ['13 u1 X1 A', '13 u2 X1 B'])
  })

  it('are passed over for those of a full run, and gone back to when there is none', () => {
    const held = [1, 2, 3].map((account) => ({ account, hour: 14, place: 'pool' }))
    const plan = { hours: 2, least: 1, to: 17 }
    assert.deepEqual(next(plan, [], { held })[0], '15 u1 X1 A')
    assert.deepEqual(next(plan, gone(15), { held })[0], '13 u1 X1 A')
  })
})

const inWords = (move: Move) =>
  move.do === 'end' && `${move.outcome.result}: ${move.outcome.run.map(({ hour }) => hour).join(' ')}`

describe('a stopped plan', () => {
  it('tries nothing more, waits for what is under way, and leaves all it holds to the user', () => {
    const state = { stopped: true }
    assert.deepEqual(next({}, ['13 u1 X1 A won', '14 u2 X1 A open'], state), [])
    const [end] = nextMoves(PLAN, stateOf(['13 u1 X1 A won', '14 u2 X1 A stopped'], state), always)
    assert.ok(end?.do === 'end')
    const { result, run, leftovers, story } = end.outcome
    assert.deepEqual([result, run, leftovers.map(({ tryId }) => tryId)], ['stopped', [], [1]])
    assert.deepEqual(
      story.map(({ came }) => came),
      ['leftover', 'stopped', 'stopped'],
    )
  })

  it('has given up before the stop what it had given up', () => {
    const [end] = nextMoves(PLAN, stateOf([...gone(13), '14 u2 X1 A stopped'], { stopped: true }), always)
    assert.ok(end?.do === 'end')
    assert.deepEqual(
      end.outcome.story.map(({ came }) => came),
      ['given-up', 'stopped', 'stopped'],
    )
  })

  it('stays full when it was', () => {
    assert.deepEqual(next({}, ['13 u1 X1 A won', '14 u2 X1 A won'], { stopped: true }), ['full'])
  })
})

describe('the story', () => {
  it('says of an hour given up what was tried, and why nobody else could', () => {
    const held = [
      { account: 1, hour: 13, place: 'pool' },
      { account: 2, hour: 20, place: 'X3' },
    ]
    const told = ['13 u2 X1 A taken', '13 u2 X1 B taken sibling', '13 u3 X1 B auth-failed']
    const [end] = nextMoves({ ...PLAN, places: [X1, X3], to: 14, hours: 1, least: 1 }, stateOf(told, { held }), always)
    assert.ok(end?.do === 'end')
    assert.deepEqual(end.outcome.story, [
      {
        hour: 13,
        came: 'given-up',
        places: [
          { place: 'X1', tries: tries(...told), barred: [] },
          {
            place: 'X3',
            tries: [],
            barred: [
              { account: 1, why: 'hour' },
              { account: 2, why: 'place' },
              { account: 3, why: 'auth-failed' },
            ],
          },
        ],
      },
    ])
  })
})
