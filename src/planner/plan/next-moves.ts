import { isAwaited } from './accounts.ts'
import { longestRun, usefulHours } from './goal.ts'
import { type Cell, hourStep, type IsDue } from './hour.ts'
import { outcomeOf } from './outcome.ts'
import { keeperOf, surplus } from './surplus.ts'
import type { Move, Plan, PlanState, Try } from './types.ts'

/**
 * The next moves of a plan (dossier delft-x §7), all to be made at once. They follow from the state alone: whoever
 * stores them (a `try` as an open try with the next id, a `cancel` as `cancelling: 'open'`) calls again at each change
 * (a try or a cancelling ended, an opening came near, the plan was stopped), and gets none of them again. `end` comes
 * alone, once nothing is under way, and every time the plan is looked at after that.
 *
 * Hours are decided in order, one at a time: the next one waits for the tries of this one, and for a cancelling when
 * nobody else could try, until they are overdue. What is overdue goes on, its account busy until it ends, and may still
 * win; the plan ends after it.
 *
 * Where none of the accounts is busy, beside the plan, at a later hour of the window, this reaches the longest run that
 * hours in order and places by priority allow, whatever rivals take; where one is, who wins an hour may matter to a
 * later one, and `eligible` can only make the better guess.
 *
 * `isDue`: whether the opening of a place's hour is near enough to queue its tries. Places, options and accounts of a
 * plan are distinct.
 */
export function nextMoves(plan: Plan, state: PlanState, isDue: IsDue): Move[] {
  return look(plan, state, isDue).moves
}

/**
 * The hours whose opening the plan waits for, in order, each with the place whose opening that is: the one of first
 * priority, or a later one where nobody can try there any more. The plan is to be looked at again when any of them is
 * due. Empty while tries are under way, and when the plan is at its end.
 */
export function awaited(plan: Plan, state: PlanState): Cell[] {
  return look(plan, state, () => false).awaited
}

/**
 * The overdue tries that are not needed any more, because their hour or the whole run is held: to be taken back where
 * that is still possible, before they win what would only be given back.
 */
export function superfluous(plan: Plan, state: PlanState): Try[] {
  const isFull = longestRun(plan, state).length >= plan.hours
  return state.tries.filter(
    (made) =>
      made.state === 'open' &&
      state.overdue.includes(made.id) &&
      (isFull || keeperOf(plan, state, made.hour) !== undefined),
  )
}

type Look = { moves: Move[]; awaited: Cell[] }

function look(plan: Plan, state: PlanState, isDue: IsDue): Look {
  const inOrder = { ...state, tries: state.tries.toSorted((a, b) => a.id - b.id) }
  const given = surplus(plan, inOrder)
  const cancels = given.map(({ id }): Move => ({ do: 'cancel', tryId: id }))
  const tries = inOrder.tries.map((made) => (given.includes(made) ? { ...made, cancelling: 'open' as const } : made))
  const ahead = lookAhead(plan, { ...inOrder, tries }, isDue)
  return { moves: [...cancels, ...ahead.moves], awaited: ahead.awaited }
}

function lookAhead(plan: Plan, state: PlanState, isDue: IsDue): Look {
  const awaited: Cell[] = []
  for (const hour of hoursToLookAt(plan, state)) {
    // Won meanwhile by a try that was overdue: those after it are awaited, but nothing more is tried.
    if (keeperOf(plan, state, hour) !== undefined) return { moves: [], awaited: [] }
    const step = hourStep(plan, state, hour, isDue)
    if (step.is === 'move') return { moves: step.moves, awaited: [] }
    if (step.is === 'busy') return { moves: [], awaited: [] }
    if (step.is === 'later') awaited.push(step.cell)
  }
  if (awaited.length > 0 || isAtWork(state)) return { moves: [], awaited }
  return { moves: [{ do: 'end', outcome: outcomeOf(plan, state) }], awaited }
}

/** While tries are awaited the hour they are for; else what can still be of use. */
function hoursToLookAt(plan: Plan, state: PlanState): number[] {
  if (state.stopped || longestRun(plan, state).length >= plan.hours) return []
  const tried = new Set(state.tries.filter((made) => isAwaited(state, made)).map(({ hour }) => hour))
  return tried.size > 0 ? [...tried] : usefulHours(plan, state)
}

function isAtWork(state: PlanState): boolean {
  return state.tries.some((made) => made.state === 'open' || made.cancelling === 'open')
}
