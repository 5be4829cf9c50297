import { instantOf } from '../planner/occurrences.ts'
import { isHeld } from '../planner/plan/accounts.ts'
import { getPortal } from '../portals/registry.ts'
import type { Tx } from './database.ts'
import { insertNotice } from './notices.ts'
import { startOf } from './plan-bookings.ts'
import { courseOf } from './plan-choices.ts'
import type { TryView } from './plan-tries.ts'
import { listPlans, type PlanAccountView, type PlanView } from './plan-views.ts'

/**
 * Before the plans of somebody who leaves go with them: owes the owners of the other accounts what these hold by them
 * and has not begun. What is under way goes on, and is told to the account's owner.
 */
export async function handOverPlans(
  tx: Tx,
  maker: { id: number; first_name: string },
  now: Temporal.Instant,
): Promise<void> {
  const plans = (await listPlans(tx, maker.id)).filter(({ userId }) => userId === maker.id)
  for (const plan of plans) {
    const others = plan.accounts.filter(({ ownerId }) => ownerId !== maker.id)
    for (const [ownerId, accounts] of Map.groupBy(others, (account) => account.ownerId)) {
      const tried = accounts.flatMap((account) => triedBy(plan, account, now))
      await handOver(tx, plan, { ownerId, firstName: maker.first_name, tried, now })
    }
  }
}

type Tried = { account: PlanAccountView; made: TryView }

function triedBy(plan: PlanView, account: PlanAccountView, now: Temporal.Instant): Tried[] {
  const { timeZone } = getPortal(plan.portal)
  const isAhead = (hour: number) => Temporal.Instant.compare(instantOf(plan.date, startOf(hour), timeZone), now) > 0
  return plan.tries
    .filter((made) => made.account === account.accountId && isAhead(made.hour))
    .map((made) => ({ account, made }))
}

type Handing = { ownerId: number; firstName: string; tried: readonly Tried[]; now: Temporal.Instant }

async function handOver(
  tx: Tx,
  { id, portal, date }: PlanView,
  { ownerId, firstName, tried, now }: Handing,
): Promise<void> {
  const underWay = tried.flatMap(({ made }) => [
    ...(made.state === 'open' ? [made.actionId] : []),
    ...(made.cancelling === 'open' && made.cancelActionId !== null ? [made.cancelActionId] : []),
  ])
  for (const actionId of underWay)
    await tx.updateTable('booking_actions').set({ user_id: ownerId }).where('id', '=', actionId).execute()
  const held = tried
    .filter(({ made }) => isHeld(made))
    .map(({ account, made: { hour, place, option } }) => ({
      account: account.name,
      start: startOf(hour),
      location: place,
      course: courseOf(option),
    }))
  if (held.length === 0) return
  const notice = { kind: 'plan-gone', planId: id, firstName, portal, date, held } as const
  await insertNotice(tx, { userId: ownerId, notice, now })
}
