import { toStamp } from '../core/clock.ts'
import type { Outcome } from '../planner/plan/types.ts'
import type { Tx } from './database.ts'
import { insertNotice } from './notices.ts'
import { expectLate } from './plan-late.ts'
import { outcomeText } from './plan-outcome.ts'
import type { PlanStand } from './plan-state.ts'
import type { PlanRow } from './schema.ts'

/** Owes the plan's maker the message that it has begun. */
export async function tellBegun(tx: Tx, { id, user_id }: PlanRow, now: Temporal.Instant): Promise<void> {
  await insertNotice(tx, { userId: user_id, notice: { kind: 'plan', planId: id, event: 'began' }, now })
}

/** Ends the plan, and owes its maker, and the owners of the accounts that it used, what came of it. */
export async function endPlan(
  tx: Tx,
  { id, user_id }: PlanRow,
  { accounts, tries }: PlanStand,
  outcome: Outcome,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('plans')
    .set({ state: 'ended', outcome: outcomeText(outcome), ended_at: toStamp(now) })
    .where('id', '=', id)
    .execute()
  for (const made of tries) if (made.state === 'open') await expectLate(tx, made.id)
  const used = new Set(tries.map(({ account }) => account))
  const owners = accounts.filter(({ accountId }) => used.has(accountId)).map(({ ownerId }) => ownerId)
  for (const userId of new Set([user_id, ...owners]))
    await insertNotice(tx, { userId, notice: { kind: 'plan', planId: id, event: 'ended' }, now })
}
