import { barOf, isHeld } from './accounts.ts'
import { longestRun, windowHours } from './goal.ts'
import { chances } from './hour.ts'
import { keeperOf } from './surplus.ts'
import { triesAt } from './tries.ts'
import type { Outcome, Plan, PlanLine, PlanState, Try, Won } from './types.ts'

/**
 * What has come of a plan that is at its end (R9): the run that is kept, what is held beside it, and the story of each
 * hour. Without a block of the fewest hours accepted it has failed, and a stopped plan keeps no run: all it holds is
 * left over, for the user to say what becomes of it. A run that was full before the stop stays full.
 */
export function outcomeOf(plan: Plan, state: PlanState): Outcome {
  const result = resultOf(plan, state)
  const hours = result === 'full' || result === 'fewer' ? longestRun(plan, state) : []
  const kept = hours.flatMap((hour) => keeperOf(plan, state, hour) ?? [])
  const beside = state.tries.filter((made) => isHeld(made) && !kept.includes(made))
  return {
    result,
    run: kept.map(won),
    leftovers: beside.toSorted((a, b) => a.hour - b.hour).map(won),
    story: windowHours(plan).map((hour) => lineOf(plan, state, hour, cameOf(plan, state, hour, result, hours))),
  }
}

function resultOf(plan: Plan, state: PlanState): Outcome['result'] {
  const { length } = longestRun(plan, state)
  if (length >= plan.hours) return 'full'
  if (state.stopped) return 'stopped'
  return length >= plan.least ? 'fewer' : 'failed'
}

function won({ id, hour, place, option, account }: Try): Won {
  return { hour, place, option, account, tryId: id }
}

function lineOf(plan: Plan, state: PlanState, hour: number, came: PlanLine['came']): PlanLine {
  const places = plan.places.map(({ place }) => {
    const tries = triesAt(state, hour, place)
    return { place, tries, barred: tries.length === 0 ? barredFrom(plan, state, hour, place) : [] }
  })
  return { hour, came, places: places.filter(({ tries }) => came === 'given-up' || tries.length > 0) }
}

function cameOf(
  plan: Plan,
  state: PlanState,
  hour: number,
  result: Outcome['result'],
  run: readonly number[],
): PlanLine['came'] {
  if (run.includes(hour)) return 'run'
  if (keeperOf(plan, state, hour) !== undefined) return 'leftover'
  // Nobody went without this hour: the run was full before it would have been tried.
  if (result === 'full' && !state.tries.some((made) => made.hour === hour)) return 'needless'
  const wasStopped = state.tries.some((made) => made.hour === hour && made.state === 'stopped')
  if (chances(plan, state, hour).length === 0 && !(result === 'stopped' && wasStopped)) return 'given-up'
  if (result === 'stopped') return 'stopped'
  return result === 'failed' ? 'hopeless' : 'needless'
}

function barredFrom(plan: Plan, state: PlanState, hour: number, place: string) {
  return plan.accounts.flatMap((account) => {
    const why = barOf(state, account, hour, place)
    return why === undefined ? [] : [{ account, why }]
  })
}
