import { type CancelRight, leftoversOf, rightToCancel } from '../../db/plan-leftovers.ts'
import type { TryView } from '../../db/plan-tries.ts'
import type { PlanView } from '../../db/plan-views.ts'
import { isHeld } from '../../planner/plan/accounts.ts'
import { hasBegun } from './opening.ts'

/**
 * What an ended plan still holds beside its run, has not begun and is not on its way back: what this person may have
 * cancelled (`yes`), or would if its owner had not withdrawn their consent (`owner-only`).
 */
export function leftoversFor(plan: PlanView, userId: number, right: CancelRight, now: Temporal.Instant): TryView[] {
  return leftoversOf(plan).filter(
    (won) => isHeld(won) && !hasBegun(plan, won.hour, now) && rightToCancel(plan, userId, won.account) === right,
  )
}
