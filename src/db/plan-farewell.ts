import { instantOf } from '../planner/occurrences.ts'
import { getPortal } from '../portals/registry.ts'
import type { Tx } from './database.ts'
import { insertNotice } from './notices.ts'
import { startOf } from './plan-bookings.ts'
import { courseOf } from './plan-choices.ts'
import type { TryView } from './plan-tries.ts'
import { listPlans, type PlanAccountView, type PlanView } from './plan-views.ts'

/**
 * Before the plans of somebody who leaves go with them: owes the owners of the other accounts what these hold by them
 * and has not begun. What is being given back goes on, and is told to the account's owner.
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
      const won = accounts.flatMap((account) => wonBy(plan, account, now))
      await handOver(tx, plan, { ownerId, firstName: maker.first_name, won, now })
    }
  }
}

type Won = { account: PlanAccountView; made: TryView }

function wonBy(plan: PlanView, account: PlanAccountView, now: Temporal.Instant): Won[] {
  const { timeZone } = getPortal(plan.portal)
  const isAhead = (hour: number) => Temporal.Instant.compare(instantOf(plan.date, startOf(hour), timeZone), now) > 0
  return plan.tries
    .filter((made) => made.account === account.accountId && made.state === 'won' && isAhead(made.hour))
    .map((made) => ({ account, made }))
}

type Handing = { ownerId: number; firstName: string; won: readonly Won[]; now: Temporal.Instant }

async function handOver(
  tx: Tx,
  { id, portal, date }: PlanView,
  { ownerId, firstName, won, now }: Handing,
): Promise<void> {
  for (const { made } of won)
    if (made.cancelling === 'open' && made.cancelActionId !== null)
      await tx.updateTable('booking_actions').set({ user_id: ownerId }).where('id', '=', made.cancelActionId).execute()
  const held = won
    .filter(({ made: { cancelling } }) => cancelling === null || cancelling === 'failed')
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
