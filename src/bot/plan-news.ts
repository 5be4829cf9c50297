import { messageOf } from '../core/errors.ts'
import { listPlanMessages } from '../db/plan-messages.ts'
import { findPlan } from '../db/plan-views.ts'
import { createEditPace } from './edit-pace.ts'
import type { Deps } from './feature.ts'
import { type PlanCard, stateOfPlan } from './plans/cards.ts'
import { planScreen } from './screens/plan.ts'
import { type Watch, watchNews } from './watch.ts'

/** Brings every message that shows a plan up to date when something about the plan has changed. */
export async function startPlanNews(deps: Deps): Promise<Watch> {
  const { db, log, planCards, people, outbox } = deps
  const pace = createEditPace(() => watch.look())

  async function look(): Promise<void> {
    for (const card of await listPlanMessages(db.read)) planCards.know(card)
    // Of several in one chat the newest first: it is the one in sight.
    const cards = planCards.all().toSorted((a, b) => b.messageId - a.messageId)
    pace.keepOnly(cards.map(({ userId }) => userId))
    for (const [planId, shown] of Map.groupBy(cards, (card) => card.planId)) {
      const plan = await findPlan(db.read, planId)
      if (!plan) continue
      const state = stateOfPlan(plan)
      for (const card of shown) if (card.shown !== state && pace.isTime(card.userId)) await show(card, state)
    }
  }

  async function show(card: PlanCard, state: string): Promise<void> {
    const { planId, userId, messageId } = card
    const person = await people.find(userId)
    if (!person) return
    planCards.showsNow(card, state)
    const view = async () => (planCards.isShown(card) ? await planScreen(db, person, planId) : undefined)
    void outbox.edit(userId, messageId, view).then(({ outcome }) => {
      if (outcome === 'gone') void forget(card)
    })
  }

  /** Deleted by its reader: what comes next comes in a new one. */
  async function forget({ messageId }: PlanCard): Promise<void> {
    await planCards
      .leave(messageId)
      .catch((error) => log.error({ error: messageOf(error) }, 'a card was not forgotten'))
  }

  const watch = await watchNews(db, log, look)
  return {
    look: watch.look,
    stop() {
      pace.stop()
      return watch.stop()
    },
  }
}
