import type { Database } from '../../db/database.ts'
import { dropPlanMessage } from '../../db/plan-messages.ts'
import type { PlanView } from '../../db/plan-views.ts'
import { setPlanMessage } from '../../db/plans.ts'

/** A message that shows a plan, in whose chat. `shown`: the state it shows, as far as this process knows. */
export type PlanCard = { planId: number; userId: number; messageId: number; shown?: string }

/** The messages that show plans, and are kept up to date. That of who made the plan is remembered over a restart. */
export type PlanCards = {
  /** `isMaker`: it is the one to go on with after a restart. */
  show(card: PlanCard, isMaker: boolean): Promise<void>
  /** Known from the database. */
  know(card: PlanCard): void
  /** It shows this state now. */
  showsNow(card: PlanCard, state: string): void
  /** The message shows something else from now on. */
  leave(messageId: number): Promise<void>
  all(): PlanCard[]
  isShown(card: PlanCard): boolean
}

/** All that a card shows of a plan and can change. */
export function stateOfPlan({ state, accounts, tries, places, ...plan }: PlanView): string {
  const wish = [plan.from, plan.to, plan.hours, plan.least, JSON.stringify(places)]
  const consents = accounts.map(({ accountId, consent, usable }) => `${accountId} ${consent} ${usable}`)
  return [state, ...wish, ...consents, ...tries.map((made) => `${made.id} ${made.state} ${made.cancelling}`)].join(' ')
}

export function createPlanCards(db: Database): PlanCards {
  const cards = new Map<number, PlanCard>()
  // Read from the database just before they were left, they must not come back.
  const left = new Set<number>()
  const isShown = ({ messageId, planId }: PlanCard) => cards.get(messageId)?.planId === planId
  return {
    async show(card, isMaker) {
      left.delete(card.messageId)
      cards.set(card.messageId, card)
      if (isMaker) await setPlanMessage(db, card.planId, card.messageId)
    },
    know(card) {
      if (!left.has(card.messageId) && cards.get(card.messageId)?.planId !== card.planId)
        cards.set(card.messageId, card)
    },
    showsNow(card, state) {
      if (isShown(card)) cards.set(card.messageId, { ...card, shown: state })
    },
    async leave(messageId) {
      const card = cards.get(messageId)
      if (!card) return
      cards.delete(messageId)
      left.add(messageId)
      await dropPlanMessage(db, card.planId, messageId)
    },
    all: () => [...cards.values()],
    isShown,
  }
}
