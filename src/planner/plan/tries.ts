import { barOf, eligible, isAwaited } from './accounts.ts'
import type { Move, Plan, PlanPlace, PlanState, Try } from './types.ts'

type TryMove = Extract<Move, { do: 'try' }>

/** What the plan has tried for an hour of a place, in order. */
export function triesAt(state: PlanState, hour: number, place: string): Try[] {
  return state.tries.filter((made) => made.hour === hour && made.place === place)
}

/** The first tries for an hour of a place, all at once: the accounts dealt round-robin over the options (R4). */
export function spread(plan: Plan, state: PlanState, hour: number, wanted: PlanPlace): TryMove[] {
  const { place, options } = wanted
  return eligible(plan, state, hour, place)
    .slice(0, wanted.maxAccounts)
    .flatMap((account, turn) => {
      const option = options[turn % options.length]
      return option === undefined ? [] : [{ do: 'try', kind: 'spread', hour, place, option, account } as const]
    })
}

/**
 * The tries of accounts that were refused with `taken`, and only so, at the options they have not tried (R6): each one
 * once, the least tried first. An option waits while a first try of ours is awaited there; nothing more is tried in a
 * place where we have won. Siblings do not wait for one another: what is left to hope is other people's surplus coming
 * back, and the next place opens at the same instant as this one.
 */
export function siblings(state: PlanState, hour: number, wanted: PlanPlace): TryMove[] {
  const { place } = wanted
  const made = triesAt(state, hour, place)
  if (made.some(({ state }) => state === 'won')) return []
  const moves: TryMove[] = []
  const asked = (option: string) => [...made, ...moves].filter((one) => one.option === option)
  for (const account of new Set(made.map((one) => one.account))) {
    const own = made.filter((one) => one.account === account)
    if (own.some(({ state }) => state !== 'taken') || barOf(state, account, hour, place) !== undefined) continue
    const option = wanted.options
      .filter((name) => own.every((one) => one.option !== name))
      .filter((name) => !made.some((one) => one.option === name && one.kind === 'spread' && isAwaited(state, one)))
      .toSorted((a, b) => asked(a).length - asked(b).length)[0]
    if (option !== undefined) moves.push({ do: 'try', kind: 'sibling', hour, place, option, account })
  }
  return moves
}
