import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eligible } from '../../../src/planner/plan/accounts.ts'
import { nextMoves } from '../../../src/planner/plan/next-moves.ts'
import { always, FITNESS, next, PLAN, stateOf, X1, X3 } from './told.ts'

describe('who tries', () => {
  it('is dealt round the options, no more than may', () => {
    assert.deepEqual(next({}, []), ['13 u1 X1 A', '13 u2 X1 B', '13 u3 X1 A'])
    assert.deepEqual(next({ places: [{ ...X1, maxAccounts: 1 }] }, []), ['13 u1 X1 A'])
    assert.deepEqual(next({ places: [FITNESS], hours: 1, least: 1 }, []), [
      '13 u1 Fitness',
      '13 u2 Fitness',
      '13 u3 Fitness',
    ])
  })

  it('is nobody who may not be used', () => {
    assert.deepEqual(next({}, [], { unusable: [1] }), ['13 u2 X1 A', '13 u3 X1 B'])
  })

  it('is nobody who is elsewhere at that hour, or in that place at another', () => {
    const held = [
      { account: 1, hour: 13, place: 'pool' },
      { account: 3, hour: 20, place: 'X1' },
    ]
    assert.deepEqual(next({ hours: 1, least: 1 }, [], { held }), ['13 u2 X1 A'])
  })

  it('is first who is of least use later, then who holds least', () => {
    const held = [{ account: 2, hour: 14, place: 'pool' }]
    assert.deepEqual(next({}, [], { held }), ['13 u2 X1 A', '13 u1 X1 B', '13 u3 X1 A'])
    assert.deepEqual(next({}, [], { held: [{ account: 1, hour: 9, place: 'pool' }] }), [
      '13 u2 X1 A',
      '13 u3 X1 B',
      '13 u1 X1 A',
    ])
  })

  it('is nobody who is trying elsewhere', () => {
    const open = stateOf(['13 u1 X1 A open', '14 u2 X3 A open'])
    assert.deepEqual(eligible(PLAN, open, 13, 'X3'), [3])
    assert.deepEqual(eligible(PLAN, open, 14, 'X1'), [3])
    assert.deepEqual(eligible(PLAN, open, 15, 'X3'), [3, 1])
  })

  it('is nobody the portal has refused for good', () => {
    const plan = { places: [X1, X3], hours: 1, least: 1 }
    const at13 = (end: string) => [`13 u1 X1 A ${end}`, '13 u2 X1 B refused', '13 u3 X1 A failed']

    assert.deepEqual(next(plan, at13('limit')), ['13 u1 X3 A', '13 u2 X3 B'])
    assert.deepEqual(next(plan, at13('no-subscription')), ['13 u1 X3 A', '13 u2 X3 B'])
    assert.deepEqual(next(plan, at13('overlap')), ['13 u2 X3 A', '13 u3 X3 B'])
    assert.deepEqual(next(plan, at13('auth-failed')), ['13 u2 X3 A', '13 u3 X3 B'])
    for (const end of ['limit', 'no-subscription', 'auth-failed'])
      assert.deepEqual(next({ hours: 1, least: 1 }, at13(end)), ['14 u2 X1 A', '14 u3 X1 B'])
    assert.deepEqual(next({ hours: 1, least: 1 }, at13('overlap')), ['14 u1 X1 A', '14 u2 X1 B', '14 u3 X1 A'])
  })
})

describe('the sibling of an option that is gone', () => {
  it('is tried once no first try of ours is open there', () => {
    assert.deepEqual(next({}, ['13 u1 X1 A taken', '13 u2 X1 B open', '13 u3 X1 A open']), [])
    assert.deepEqual(next({}, ['13 u1 X1 A taken', '13 u2 X1 B taken', '13 u3 X1 A open']), ['13 u1 X1 B sibling'])
    assert.deepEqual(next({}, ['13 u1 X1 A taken', '13 u2 X1 B failed', '13 u3 X1 A taken']), [
      '13 u1 X1 B sibling',
      '13 u3 X1 B sibling',
    ])
  })

  it('is not tried where we have won, nor twice, nor after any other refusal', () => {
    const last = { hours: 1, least: 1, from: 13, to: 14, accounts: [1] }

    assert.deepEqual(
      next({}, ['13 u1 X1 A taken', '13 u2 X1 B won'], {}, () => false),
      [],
    )
    assert.deepEqual(next(last, ['13 u1 X1 A taken', '13 u1 X1 B taken sibling']), ['failed'])
    assert.deepEqual(next(last, ['13 u1 X1 A refused']), ['failed'])
    assert.deepEqual(next(last, ['13 u1 X1 A taken'], { unusable: [1] }), ['failed'])
  })

  it('is the least tried of several', () => {
    const courts = {
      place: 'Beach',
      options: ['Beach A', 'Beach B', 'Beach C', 'Beach D'],
      shared: false,
      maxAccounts: 2,
    }
    const plan = { places: [courts], accounts: [1, 2] }
    const gone = ['13 u1 Beach A taken', '13 u2 Beach B taken']

    assert.deepEqual(next(plan, gone), ['13 u1 Beach C sibling', '13 u2 Beach D sibling'])
    assert.deepEqual(next(plan, [...gone, '13 u1 Beach C taken sibling', '13 u2 Beach D taken sibling']), [
      '13 u1 Beach B sibling',
      '13 u2 Beach A sibling',
    ])
  })
})

describe('surplus', () => {
  it('is given back at once, while other tries are open', () => {
    const places = [{ ...X1, options: ['X1 A', 'X1 B', 'X1 C'] }]
    assert.deepEqual(next({ places }, ['13 u1 X1 A open', '13 u2 X1 B won', '13 u3 X1 C won']), ['cancel #3'])
  })

  it('is not what may turn out to be all there is', () => {
    assert.deepEqual(next({}, ['13 u1 X1 A open', '13 u2 X1 B won']), [])
    assert.deepEqual(next({}, ['13 u1 X1 A won', '13 u2 X1 B won']), ['cancel #2', '14 u3 X1 A'])
  })

  it('is given back though the plan was stopped', () => {
    assert.deepEqual(next({}, ['13 u1 X1 A won', '13 u2 X1 B won'], { stopped: true }), ['cancel #2'])
  })

  it('leaves its account spent while it is not given back', () => {
    const won = '13 u1 X1 A won'
    assert.deepEqual(next({ accounts: [1, 2] }, [won, '13 u2 X1 B won leaving']), [])
    assert.deepEqual(next({ accounts: [1, 2] }, [won, '13 u2 X1 B won left']), ['14 u2 X1 A'])
    assert.deepEqual(next({ accounts: [1, 2] }, [won, '13 u2 X1 B won stuck']), ['failed'])
    assert.deepEqual(next({ accounts: [1, 2], places: [X1, X3] }, [won, '13 u2 X1 B won stuck']), [
      '14 u1 X3 A',
      '14 u2 X3 B',
    ])
  })

  it('that could not be given back is offered to the user', () => {
    const state = stateOf(['13 u1 X1 A won', '13 u2 X1 B won stuck'])
    const [end] = nextMoves({ ...PLAN, hours: 1, least: 1 }, state, always)
    assert.ok(end?.do === 'end')
    assert.deepEqual([end.outcome.run[0]?.tryId, end.outcome.leftovers[0]?.tryId], [1, 2])
  })
})
