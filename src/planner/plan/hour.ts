import { eligible, isAwaited } from './accounts.ts'
import { siblings, spread, triesAt } from './tries.ts'
import type { Move, Plan, PlanState, Try } from './types.ts'

/** Whether the opening of a place's hour is near enough for its tries to be queued. */
export type IsDue = (place: string, hour: number) => boolean

/** An hour of a place whose opening is waited for. */
export type Cell = { hour: number; place: string }

/**
 * Where an hour stands. `move`: these tries are next. `busy`: tries are awaited, or the only accounts that could try
 * are giving a surplus booking back. `later`: the opening is not near. `given-up`: no place is left in which anybody
 * could try.
 */
export type HourStep = { is: 'move'; moves: Move[] } | { is: 'busy' } | { is: 'later'; cell: Cell } | { is: 'given-up' }

/**
 * The next step for an hour that is not held: place by place by priority (R7), in each
 * the first tries (R4), then the siblings (R6). A place is left for the next when no try in it is awaited any more and
 * nobody can try.
 */
export function hourStep(plan: Plan, state: PlanState, hour: number, isDue: IsDue): HourStep {
  for (const wanted of plan.places) {
    const { place } = wanted
    const made = triesAt(state, hour, place)
    if (made.length > 0) {
      const moves = siblings(state, hour, wanted)
      if (moves.length > 0) return { is: 'move', moves }
      if (made.some((one) => isAwaited(state, one))) return { is: 'busy' }
      continue
    }
    const moves = spread(plan, state, hour, wanted)
    if (moves.length === 0 && eligible(plan, whenGivenBack(state), hour, place).length > 0) return { is: 'busy' }
    if (moves.length === 0) continue
    return isDue(place, hour) ? { is: 'move', moves } : { is: 'later', cell: { hour, place } }
  }
  return { is: 'given-up' }
}

/**
 * What an undecided hour can still be had with: pairs of an account and a place, as keys. Each pair can be used for
 * one hour only (C2). A try that is overdue may still win. None: the hour is given up.
 */
export function chances(plan: Plan, state: PlanState, hour: number): string[] {
  const hopeful = whenGivenBack(state)
  return plan.places.flatMap((wanted) => {
    const made = triesAt(state, hour, wanted.place)
    const open = made.filter((one) => one.state === 'open').map(({ account }) => account)
    const next =
      made.length > 0
        ? siblings(state, hour, wanted).map(({ account }) => account)
        : eligible(plan, hopeful, hour, wanted.place)
    return [...open, ...next].map((account) => `${account} ${wanted.place}`)
  })
}

/** The state as it will be if every cancelling that is awaited succeeds. */
function whenGivenBack(state: PlanState): PlanState {
  const givenBack = (made: Try): Try =>
    made.cancelling === 'open' && !state.overdue.includes(made.id) ? { ...made, cancelling: 'done' } : made
  return { ...state, tries: state.tries.map(givenBack) }
}
