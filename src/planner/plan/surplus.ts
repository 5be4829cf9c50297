import { isHeld } from './accounts.ts'
import type { Plan, PlanState, Try } from './types.ts'

/**
 * The booking that is kept of an hour (R5): of those held the first by place, option and time of asking; one that
 * could not be given back is held like any other. Undefined when nothing is held.
 */
export function keeperOf(plan: Plan, state: PlanState, hour: number): Try | undefined {
  return state.tries.filter((made) => made.hour === hour && isHeld(made)).toSorted(byRank(plan))[0]
}

/**
 * What to give back now (R5): every booking of an hour but its keeper, though other tries are still open. A booking is
 * given back only for one that is won already, never for one that an open try may yet win, so an hour is never left
 * with none. Should an open try then win an earlier option, the order of the options decides, and the keeper until
 * then is given back: no sooner could either of the two have been.
 */
export function surplus(plan: Plan, state: PlanState): Try[] {
  return state.tries.filter(
    (made) => isHeld(made) && made.cancelling === null && keeperOf(plan, state, made.hour)?.id !== made.id,
  )
}

function byRank(plan: Plan): (a: Try, b: Try) => number {
  const place = (made: Try) => plan.places.findIndex((wanted) => wanted.place === made.place)
  const option = (made: Try) => plan.places[place(made)]?.options.indexOf(made.option) ?? -1
  return (a, b) => place(a) - place(b) || option(a) - option(b)
}
