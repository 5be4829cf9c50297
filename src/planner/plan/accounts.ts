import type { Bar, Plan, PlanState, Try } from './types.ts'

/**
 * Why an account cannot try for an hour of a place, or undefined when it can (R3). A try under way and a booking that
 * could not be given back count as held: an account has one booking at an hour (C1) and one in a place (C2) on a date.
 */
export function barOf(state: PlanState, account: number, hour: number, place: string): Bar | undefined {
  if (state.unusable.includes(account)) return 'unusable'
  const own = state.tries.filter((made) => made.account === account)
  if (own.some((made) => made.state === 'auth-failed')) return 'auth-failed'
  if (!isFreeAt(state, account, hour)) return 'hour'
  const isSpent = own.some((made) => made.state === 'limit' && made.place === place)
  if (isSpent || holdings(state, account).some((held) => held.place === place)) return 'place'
  if (own.some((made) => made.state === 'no-subscription' && made.place === place)) return 'no-subscription'
  return undefined
}

/**
 * Who can try for an hour of a place, in order (R3: fewest held on the date, then the plan's order). Before that comes
 * who is of least use later: of two accounts the one that is busy in more of the window's later hours goes first, so
 * that the other is left for them. Without bookings beside the plan there is no difference between them.
 */
export function eligible(plan: Plan, state: PlanState, hour: number, place: string): number[] {
  return plan.accounts
    .filter((account) => barOf(state, account, hour, place) === undefined)
    .map((account) => ({
      account,
      later: laterHours(plan, state, account, hour),
      held: holdings(state, account).length,
    }))
    .sort((a, b) => a.later - b.later || a.held - b.held)
    .map(({ account }) => account)
}

/** Whether the plan waits for a try: one that is overdue goes on, but nothing else waits for it. */
export function isAwaited(state: PlanState, made: Try): boolean {
  return made.state === 'open' && !state.overdue.includes(made.id)
}

/** Whether a try has brought a booking that is still there; one whose giving back was refused is. */
export function isHeld(made: Try): boolean {
  return made.state === 'won' && (made.cancelling === null || made.cancelling === 'failed')
}

function holdings(state: PlanState, account: number): { hour: number; place: string }[] {
  const ours = state.tries.filter(
    (made) => made.state === 'open' || (made.state === 'won' && made.cancelling !== 'done'),
  )
  return [...state.held, ...ours].filter((held) => held.account === account)
}

function isFreeAt(state: PlanState, account: number, hour: number): boolean {
  const isOverlap = (made: Try) => made.account === account && made.state === 'overlap' && made.hour === hour
  return !state.tries.some(isOverlap) && !holdings(state, account).some((held) => held.hour === hour)
}

function laterHours(plan: Plan, state: PlanState, account: number, hour: number): number {
  let free = 0
  for (let later = hour + 1; later < plan.to; later++) if (isFreeAt(state, account, later)) free++
  return free
}
