import type { TryEnd } from '../planner/plan/types.ts'
import type { ActionErrorKind } from './actions/action.ts'

/** What the failure of a try's action means for its plan. */
export function endOf(kind: ActionErrorKind): TryEnd {
  switch (kind) {
    case 'slot-full':
    case 'slot-gone':
      return 'taken'
    case 'limit-reached':
      return 'limit'
    case 'overlap':
    // Held already, but not by this plan: made by hand, and not for the plan to give back. The account's hour is spent.
    case 'already-booked':
      return 'overlap'
    case 'bad-credentials':
    case 'challenge-unanswered':
      return 'auth-failed'
    case 'no-subscription':
      return 'no-subscription'
    case 'refused':
      return 'refused'
    case 'too-late':
    case 'not-open-yet':
    case 'session-expired':
    case 'portal-down':
    case 'network':
    case 'timeout':
    case 'rate-limited':
    case 'blocked':
    case 'page-changed':
    case 'worker-lost':
    case 'expired':
    case 'internal':
      return 'failed'
  }
}
