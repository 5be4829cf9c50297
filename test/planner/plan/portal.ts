import assert from 'node:assert/strict'
import type { IsDue } from '../../../src/planner/plan/hour.ts'
import { awaited, nextMoves } from '../../../src/planner/plan/next-moves.ts'
import type { Move, Outcome, Plan, PlanState, Try, TryEnd } from '../../../src/planner/plan/types.ts'

/** What comes next for a plan on its way: an answer to a try or a cancelling, or the opening of the next hour. */
type Happening = { of: 'try'; made: Try } | { of: 'cancel'; made: Try } | { of: 'time' }

/** The other side of a plan: what answers its tries and cancellings, in the order of its choice. */
export type Portal = {
  /** Which of the things that can happen next does. */
  choose: (possible: readonly Happening[]) => Happening
  answer: (made: Try, state: PlanState) => TryEnd
  cancels: (made: Try) => 'done' | 'failed'
  /** What else changes before the next look: the user stops the plan, an account is suspended. */
  meanwhile?: (state: PlanState) => Partial<PlanState>
  /** Called at each look with the state before it, its moves, and the state with them stored. */
  watch?: (look: Look) => void
}

/** One look at a plan: what was stored because of what. */
export type Look = { before: PlanState; moves: readonly Move[]; after: PlanState; isDue: IsDue }

export type Played = { state: PlanState; outcome: Outcome }

/** A plan from its first look to its end, its moves stored as they come; each hour opens after the one before it. */
export function play(plan: Plan, portal: Portal, begun: Partial<PlanState> = {}): Played {
  let state: PlanState = { tries: [], held: [], overdue: [], unusable: [], stopped: false, ...begun }
  let now = plan.from - 1
  const isDue = (_: string, hour: number) => hour <= now
  for (let steps = 0; steps < 2_000; steps++) {
    const before = { ...state, ...portal.meanwhile?.(state) }
    const moves = nextMoves(plan, before, isDue)
    state = moves.reduce(stored, before)
    portal.watch?.({ before, moves, after: state, isDue })
    for (const move of moves) if (move.do === 'end') return { state, outcome: move.outcome }
    const open = state.tries.filter((made) => made.state === 'open').map((made) => ({ of: 'try', made }) as const)
    const cancelling = state.tries.filter((made) => made.cancelling === 'open')
    const possible: Happening[] = [...open, ...cancelling.map((made) => ({ of: 'cancel', made }) as const)]
    if (now < plan.to) possible.push({ of: 'time' })
    if (possible[0]?.of === 'time') assert.ok(awaited(plan, state).length > 0, 'it says what opening it waits for')
    assert.ok(possible.length > 0, 'it waits only for what can happen')
    const next = portal.choose(possible)
    if (next.of === 'time') now++
    else state = changed(state, next, portal)
  }
  throw new Error('the plan has no end')
}

function stored(state: PlanState, move: Move): PlanState {
  if (move.do === 'end') return state
  if (move.do === 'cancel') return withTry(state, move.tryId, { cancelling: 'open' })
  const { do: _, ...aim } = move
  return { ...state, tries: [...state.tries, { ...aim, id: state.tries.length + 1, state: 'open', cancelling: null }] }
}

function changed(state: PlanState, next: Extract<Happening, { made: Try }>, portal: Portal): PlanState {
  const { made } = next
  if (next.of === 'cancel') return withTry(state, made.id, { cancelling: portal.cancels(made) })
  return withTry(state, made.id, { state: portal.answer(made, state) })
}

function withTry(state: PlanState, id: number, changes: Partial<Try>): PlanState {
  return {
    ...state,
    overdue: state.overdue.filter((one) => one !== id),
    tries: state.tries.map((made) => (made.id === id ? { ...made, ...changes } : made)),
  }
}

/** Whether the plan itself holds an option at an hour: nobody else gets it then. */
export function isOurs(state: PlanState, { hour, option }: { hour: number; option: string }): boolean {
  return state.tries.some(
    (made) => made.hour === hour && made.option === option && made.state === 'won' && made.cancelling !== 'done',
  )
}

/**
 * A portal on which rivals have taken everything but `free` (`13 X1 A`) before we come, and give nothing back. It
 * answers in the order of asking unless told otherwise, and time goes on only when nothing is under way.
 */
export function fixedPortal(plan: Plan, isFree: (hour: number, option: string) => boolean): Portal {
  const isShared = (place: string) => plan.places.some((wanted) => wanted.place === place && wanted.shared)
  return {
    choose: ([first]) => first ?? { of: 'time' },
    answer: (made, state) => {
      const isGone = !isFree(made.hour, made.option) || (!isShared(made.place) && isOurs(state, made))
      return isGone ? 'taken' : 'won'
    },
    cancels: () => 'done',
  }
}
