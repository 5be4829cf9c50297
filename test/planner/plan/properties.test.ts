import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { awaited, nextMoves } from '../../../src/planner/plan/next-moves.ts'
import type { PlanState } from '../../../src/planner/plan/types.ts'
import { type AnyPlan, anyPlan, ENDS } from './any-plan.ts'
import { assertExplained } from './outcome-rules.ts'
import { isOurs, type Look, type Played, type Portal, play } from './portal.ts'
import { assertAllowed, assertCounts, assertDealt, assertInOrder, assertLimits, assertOneKept } from './rules.ts'

/**
 * Plays a plan against a portal that does what the picks say, answers in any order, now and then is disturbed, and
 * unless it is punctual keeps people waiting.
 */
function playAny({ plan, begun, picks }: AnyPlan, watch: (look: Look) => void, isPunctual = false): Played {
  let turn = 0
  const pick = () => picks[turn++ % picks.length] ?? 0
  const pickOf = <T>(all: readonly [T, ...T[]]) => all[pick() % all.length] ?? all[0]
  const isShared = (place: string) => plan.places.some((wanted) => wanted.place === place && wanted.shared)
  const portal: Portal = {
    choose: ([first, ...others]) => pickOf([first ?? { of: 'time' }, ...others]),
    answer: (made, state) => {
      const end = ENDS[pick() % ENDS.length] ?? 'failed'
      return end === 'won' && !isShared(made.place) && isOurs(state, made) ? 'taken' : end
    },
    cancels: () => (pick() % 4 === 0 ? 'failed' : 'done'),
    meanwhile: ({ tries, overdue, unusable, stopped }) => {
      const chance = pick()
      const open = tries.filter((made) => made.state === 'open' || made.cancelling === 'open')
      const late = chance % 7 === 6 && !isPunctual ? open[chance % Math.max(1, open.length)] : undefined
      return {
        overdue: late ? [...overdue, late.id] : overdue,
        stopped: stopped || chance > 985,
        unusable: chance % 41 === 40 ? [...unusable, 11 + (chance % 5)] : unusable,
      }
    },
    watch,
  }
  return play(plan, portal, begun)
}

/** As if what is overdue had failed, its account spent. */
const withoutLate = (state: PlanState): PlanState => ({
  ...state,
  unusable: [
    ...state.unusable,
    ...state.tries.filter(({ id }) => state.overdue.includes(id)).map((made) => made.account),
  ],
  tries: state.tries.map((made) =>
    made.state === 'open' && state.overdue.includes(made.id) ? { ...made, state: 'failed' } : made,
  ),
})

const check = (property: (any: AnyPlan) => void) => fc.assert(fc.property(anyPlan, property), { numRuns: 400 })

describe('whatever the plan, and whatever becomes of its tries in whatever order', () => {
  it('it ends, and the outcome explains itself', () => {
    check((any) => {
      const { state, outcome } = playAny(any, () => {})

      assertExplained(any.plan, state, outcome)
    })
  })

  it('no account holds or tries two things at one hour or in one place', () => {
    check((any) => {
      playAny(any, ({ after }) => assertLimits(after))
    })
  })

  it('no more is tried than allowed, and each try follows the rules', () => {
    check((any) => {
      playAny(any, (look) => {
        for (const move of look.moves) if (move.do === 'try') assertAllowed(any.plan, look, move)
        assertDealt(any.plan, look)
        assertCounts(any.plan, look.after)
      })
    })
  })

  it('no place is gone back to for an hour, while the portal is punctual', () => {
    check((any) => {
      const inOrder = (look: Look) => {
        for (const move of look.moves) if (move.do === 'try') assertInOrder(any.plan, look, move)
      }
      playAny(any, inOrder, true)
    })
  })

  it('nothing waits for what is overdue: the plan does what it would do if that had failed', () => {
    check((any) => {
      playAny(any, ({ before, moves, isDue }) => {
        const late = before.tries.filter((made) => made.state === 'open' && before.overdue.includes(made.id))
        if (late.length === 0 || moves.length > 0) return
        const next = nextMoves(any.plan, withoutLate(before), isDue).filter(({ do: what }) => what === 'try')
        assert.deepEqual(next, [])
      })
    })
  })

  it('surplus is asked back at once, and an hour that was won is never left with none', () => {
    check((any) => {
      playAny(any, ({ before, moves, after }) => {
        assertOneKept(after)
        for (const move of moves) {
          if (move.do !== 'cancel') continue
          const made = before.tries.find(({ id }) => id === move.tryId)
          assert.deepEqual([made?.state, made?.cancelling], ['won', null])
        }
      })
    })
  })

  it('the same state gives the same moves, and none again once they are stored', () => {
    check((any) => {
      playAny(any, ({ before, moves, after, isDue }) => {
        const shuffled = { ...before, tries: before.tries.toReversed() }
        assert.deepEqual(nextMoves(any.plan, before, isDue), moves)
        assert.deepEqual(nextMoves(any.plan, shuffled, isDue), moves)
        const isEnd = moves.some((move) => move.do === 'end')
        assert.deepEqual(nextMoves(any.plan, after, isDue), isEnd ? moves : [])
        if (isEnd) assert.equal(moves.length, 1, 'the end comes alone')
      })
    })
  })

  it('what it waits for is tried as soon as that is due', () => {
    check((any) => {
      playAny(any, ({ after }) => {
        const cells = awaited(any.plan, after)
        const [first] = cells
        const isDue = (place: string, hour: number) => place === first?.place && hour === first.hour
        const tried = nextMoves(any.plan, after, isDue).filter((move) => move.do === 'try')
        assert.equal(tried.length > 0, first !== undefined)
        assert.ok(tried.every(({ place, hour }) => isDue(place, hour)))
      })
    })
  })
})
