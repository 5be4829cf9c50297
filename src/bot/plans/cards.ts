import type { Database } from '../../db/database.ts'
import { dropPlanMessage } from '../../db/plan-messages.ts'
import { setPlanMessage } from '../../db/plans.ts'

/** A message that shows a plan, in whose chat. */
export type PlanCard = { planId: number; userId: number; messageId: number }

/** The messages that show plans, and are kept up to date. That of who made the plan is remembered over a restart. */
export type PlanCards = {
  /** `isMaker`: it is the one to go on with after a restart. */
  show(card: PlanCard, isMaker: boolean): Promise<void>
  /** Known from the database. */
  know(card: PlanCard): void
  /** The message shows something else from now on. */
  leave(messageId: number): Promise<void>
  all(): PlanCard[]
  isShown(card: PlanCard): boolean
}

export function createPlanCards(db: Database): PlanCards {
  const cards = new Map<number, PlanCard>()
  return {
    async show(card, isMaker) {
      cards.set(card.messageId, card)
      if (isMaker) await setPlanMessage(db, card.planId, card.messageId)
    },
    know: (card) => void cards.set(card.messageId, card),
    async leave(messageId) {
      const card = cards.get(messageId)
      if (!card) return
      cards.delete(messageId)
      await dropPlanMessage(db, card.planId, messageId)
    },
    all: () => [...cards.values()],
    isShown: ({ messageId, planId }) => cards.get(messageId)?.planId === planId,
  }
}
