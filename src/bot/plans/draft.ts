import type { PlanView } from '../../db/plan-views.ts'
import type { NewPlan } from '../../db/plans.ts'

/** A plan in the making; what has not been asked yet is empty. */
export type Draft = Omit<NewPlan, 'userId'>

/** So many hours in a row at most. */
export const MOST_HOURS = 4
/** So many accounts try for one hour of a place, unless they are told otherwise: one for each half, and one in reserve. */
export const USUAL_ACCOUNTS = 3
/** More at once would only be in each other's way. */
export const MOST_ACCOUNTS = 4

/** Before the first question. */
export function emptyDraft(portal: string): Draft {
  return { portal, date: '', from: 0, to: 0, hours: 1, least: 1, places: [], accountIds: [] }
}

/** The same choices once more. Accounts that are no longer there to be chosen are left out. */
export function draftOf(plan: PlanView, available: readonly number[]): Draft {
  const { portal, date, from, to, hours, least, places, accounts } = plan
  const accountIds = accounts.map(({ accountId }) => accountId).filter((id) => available.includes(id))
  return { portal, date, from, to, hours, least, places, accountIds }
}

/** Makes the choices go together again after one of them has changed. */
export function mended(draft: Draft): Draft {
  const hours = Math.max(1, Math.min(draft.hours, MOST_HOURS, draft.to - draft.from))
  const isFallback = draft.least === draft.hours - 1 && draft.least < draft.hours
  return { ...draft, hours, least: isFallback && hours > 1 ? hours - 1 : hours }
}

/** How many hours its accounts can hold at most: an account one a place and day. */
export function mostHoursOf({ accountIds, places }: Draft): number {
  return accountIds.length * places.length
}
