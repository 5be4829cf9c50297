import { canCover } from './cover.ts'
import { chances } from './hour.ts'
import { keeperOf } from './surplus.ts'
import type { Plan, PlanState } from './types.ts'

/** The start hours of the window, in order. */
export function windowHours(plan: Plan): number[] {
  return Array.from({ length: Math.max(0, plan.to - plan.from) }, (_, index) => plan.from + index)
}

/** The longest block of adjacent held hours, the earliest on a tie; never more than N. Empty when nothing is held. */
export function longestRun(plan: Plan, state: PlanState): number[] {
  let best: number[] = []
  let block: number[] = []
  for (const hour of windowHours(plan)) {
    block = keeperOf(plan, state, hour) === undefined ? [] : [...block, hour]
    if (block.length > best.length) best = block
  }
  return best.slice(0, plan.hours)
}

/**
 * The undecided hours from which something better than what is held can come, in order (R2, R9); none: the plan is at
 * its end. To be asked only while no try is awaited.
 *
 * While N adjacent hours can be had at all, these are the hours of such runs, wherever they begin: what is held before
 * a lost hour counts for R9 alone. After that they are the hours of blocks that are longer than the longest one held,
 * and no shorter than the fewest accepted. A block can be had when each of its hours is held, or can be given an
 * account and a place of its own under C1 and C2 if every opening from now on is won and every cancelling succeeds; so
 * a plan ends as soon as its accounts no longer suffice, and one that needs all N begins nothing it cannot finish.
 * An hour that was passed over because no full run could hold it is gone back to if a shorter block needs it: late,
 * but better than nothing.
 */
export function usefulHours(plan: Plan, state: PlanState): number[] {
  const best = longestRun(plan, state).length
  const full = hoursOfBlocks(plan, state, plan.hours)
  if (full.length > 0) return full
  return hoursOfBlocks(plan, state, best < plan.least ? plan.least : best + 1)
}

/** The undecided hours of all blocks of so many adjacent hours that can still be had. */
function hoursOfBlocks(plan: Plan, state: PlanState, length: number): number[] {
  const hours = windowHours(plan)
  const isOpenTo = (hour: number) => keeperOf(plan, state, hour) === undefined
  const chancesOf = new Map(hours.filter(isOpenTo).map((hour) => [hour, chances(plan, state, hour)]))
  const useful = new Set<number>()
  for (let first = 0; first + length <= hours.length; first++) {
    const undecided = hours.slice(first, first + length).filter((hour) => chancesOf.has(hour))
    if (!canCover(undecided.map((hour) => chancesOf.get(hour) ?? []))) continue
    for (const hour of undecided) useful.add(hour)
  }
  return [...useful].sort((a, b) => a - b)
}
