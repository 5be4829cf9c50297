import fc from 'fast-check'
import type { Plan, PlanPlace, PlanState, TryEnd } from '../../../src/planner/plan/types.ts'

/** A plan of any sort, what its accounts hold beside it, who may not be used, and a source of what happens to it. */
export type AnyPlan = { plan: Plan; begun: Pick<PlanState, 'held' | 'unusable'>; picks: readonly number[] }

const NAMES = ['X1', 'X3', 'Fitness']
const anyPlace = (place: string): fc.Arbitrary<PlanPlace> =>
  fc.record({
    place: fc.constant(place),
    options: fc
      .integer({ min: 1, max: 4 })
      .map((count) => ['A', 'B', 'C', 'D'].slice(0, count).map((of) => `${place} ${of}`)),
    shared: fc.boolean(),
    maxAccounts: fc.integer({ min: 1, max: 4 }),
  })
const anyPlaces = fc
  .shuffledSubarray(NAMES, { minLength: 1 })
  .chain((names) => fc.tuple(...names.map(anyPlace)) as fc.Arbitrary<PlanPlace[]>)

const anyWish = fc
  .record({
    hours: fc.integer({ min: 1, max: 4 }),
    from: fc.integer({ min: 7, max: 9 }),
    window: fc.integer({ min: 0, max: 6 }),
    places: anyPlaces,
    accounts: fc.shuffledSubarray([11, 12, 13, 14, 15], { minLength: 0, maxLength: 5 }),
    less: fc.nat(3),
  })
  .map(
    ({ window, less, ...plan }): Plan => ({ ...plan, to: plan.from + window, least: Math.max(1, plan.hours - less) }),
  )

const anyHeld = fc.record({
  account: fc.constantFrom(11, 12, 13, 14, 15),
  hour: fc.integer({ min: 6, max: 14 }),
  place: fc.constantFrom(...NAMES, 'elsewhere'),
})

export const anyPlan: fc.Arbitrary<AnyPlan> = fc.record({
  plan: anyWish,
  begun: fc.record({
    held: fc.array(anyHeld, { maxLength: 4 }),
    unusable: fc.subarray([11, 12, 13, 14, 15], { maxLength: 2 }),
  }),
  picks: fc.array(fc.nat(999), { minLength: 1, maxLength: 80 }),
})

/** Mostly won or taken: that is where the rules are. */
export const ENDS: readonly TryEnd[] = [
  ...(['taken', 'taken', 'taken', 'taken', 'taken', 'taken', 'won', 'won', 'won', 'won', 'won'] as const),
  ...(['limit', 'overlap', 'no-subscription', 'refused', 'auth-failed', 'failed', 'stopped'] as const),
]
