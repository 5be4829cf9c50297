import { findPlanFor } from '../db/plan-views.ts'
import type { BotContext, Deps, Reply } from './feature.ts'
import { stateOfPlan } from './plans/cards.ts'
import { planScreen } from './screens/plan.ts'

/** Shows a plan in the message that was pressed, and keeps it up to date there; undefined when it is not theirs. */
export async function showPlan(
  { db, planCards }: Deps,
  { person, callbackQuery }: Pick<BotContext, 'person' | 'callbackQuery'>,
  planId: number,
): Promise<Reply | undefined> {
  const plan = await findPlanFor(db.read, person.id, planId)
  if (!plan) return undefined
  const messageId = callbackQuery?.message?.message_id
  if (messageId !== undefined) {
    const card = { planId, userId: person.id, messageId, shown: stateOfPlan(plan) }
    await planCards.show(card, plan.userId === person.id)
  }
  return { show: () => planScreen(db, person, planId) }
}
