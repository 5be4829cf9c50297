import type { IsDue } from '../../../src/planner/plan/hour.ts'
import { nextMoves } from '../../../src/planner/plan/next-moves.ts'
import type { Plan, PlanState, Try } from '../../../src/planner/plan/types.ts'

/** Two hours between 13 and 16 in X1, with three accounts: what the examples change. */
export const X1 = { place: 'X1', options: ['X1 A', 'X1 B'], shared: false, maxAccounts: 3 }
export const X3 = { place: 'X3', options: ['X3 A', 'X3 B'], shared: false, maxAccounts: 2 }
export const FITNESS = { place: 'Fitness', options: ['Fitness'], shared: true, maxAccounts: 3 }
export const PLAN: Plan = { hours: 2, least: 2, from: 13, to: 16, places: [X1], accounts: [1, 2, 3] }
export const always: IsDue = () => true

/** `13 u1 X1 A taken`: the tries of a state in words, each the next one. */
export function tries(...told: string[]): Try[] {
  return told.map((words, index) => {
    const [hour, who, place = '', half, state, rest] = words.split(' ')
    const option = half === '-' ? place : `${place} ${half}`
    const account = Number(who?.slice(1))
    const cancelling = rest === 'stuck' ? 'failed' : rest === 'leaving' ? 'open' : rest === 'left' ? 'done' : null
    const kind = rest === 'sibling' ? 'sibling' : 'spread'
    return { id: index + 1, hour: Number(hour), place, option, account, kind, state: state as Try['state'], cancelling }
  })
}

export const stateOf = (told: string[], changes: Partial<PlanState> = {}): PlanState => ({
  tries: tries(...told),
  held: [],
  overdue: [],
  unusable: [],
  stopped: false,
  ...changes,
})
/** The next moves in words. */
export const next = (plan: Partial<Plan>, told: string[], changes: Partial<PlanState> = {}, isDue = always) =>
  nextMoves({ ...PLAN, ...plan }, stateOf(told, changes), isDue).map((move) => {
    if (move.do === 'try')
      return `${move.hour} u${move.account} ${move.option}${move.kind === 'sibling' ? ' sibling' : ''}`
    return move.do === 'cancel' ? `cancel #${move.tryId}` : move.outcome.result
  })
