import { findPlanFor, type PlanView } from '../db/plan-views.ts'
import { dayTitle, localNow } from './dates.ts'
import type { Deps } from './feature.ts'
import { escapeHtml } from './html.ts'
import type { Delivery } from './outbox.ts'
import type { Person } from './people.ts'
import { stateText } from './plans/about.ts'
import type { Reach } from './reach.ts'
import { planScreen } from './screens/plan.ts'
import { planConsentScreen } from './screens/plan-consent.ts'

/** A plan that was made longer ago has scrolled out of sight when it begins: it is shown anew. */
const IN_SIGHT_MINUTES = 10

/** Asks the owner of an account whether a plan may use it. */
export async function deliverConsent(
  { db, outbox }: Deps,
  person: Person,
  { quiet }: Reach,
  { planId, accountId }: { planId: number; accountId: number },
): Promise<Delivery> {
  const view = async () => {
    const plan = await findPlanFor(db.read, person.id, planId)
    return plan?.state === 'ended' ? undefined : await planConsentScreen(db, person, planId, accountId)
  }
  return await outbox.send(person.id, view, { quiet })
}

/**
 * Tells that a plan has begun, or how it has ended: in the message that shows it, where there is one in sight. `ping`:
 * what is to follow once the notice is noted as sent.
 */
export async function deliverPlan(
  deps: Deps,
  person: Person,
  { quiet }: Reach,
  { planId, event }: { planId: number; event: 'began' | 'ended' },
): Promise<{ delivery: Delivery; ping?: () => void }> {
  const { db, outbox } = deps
  await outbox.settled(person.id)
  const plan = await findPlanFor(db.read, person.id, planId)
  if (!plan) return { delivery: { outcome: 'nothing' } }
  const view = () => planScreen(db, person, planId)
  const messageId = plan.userId === person.id ? plan.chatMessageId : null
  const isInSight = event === 'ended' || isNew(plan, db.clock.now())
  if (messageId !== null && isInSight) {
    const edited = await outbox.edit(person.id, messageId, view, { kept: true })
    const isHeard = event === 'ended' && edited.outcome === 'delivered'
    if (edited.outcome !== 'gone' && edited.outcome !== 'refused')
      return { delivery: edited, ...(isHeard && { ping: () => pointUp(deps, person, plan, { messageId, quiet }) }) }
  }
  const isMaker = plan.userId === person.id
  const sent = (id: number) => deps.planCards.show({ planId, userId: person.id, messageId: id }, isMaker)
  return { delivery: await outbox.send(person.id, view, { quiet, sent }) }
}

function isNew({ createdAt }: PlanView, now: Temporal.Instant): boolean {
  const shown = Temporal.Instant.from(createdAt).add({ minutes: IN_SIGHT_MINUTES })
  return Temporal.Instant.compare(now, shown) < 0
}

/** An edit makes no sound: one line that points up at the result. */
function pointUp(
  { db, outbox }: Deps,
  { id, words }: Person,
  plan: PlanView,
  { messageId, quiet }: { messageId: number; quiet: boolean },
): void {
  const { date: today } = localNow(plan.portal, db.clock.now())
  const what = escapeHtml(`${dayTitle(words, plan.date, today)}: ${stateText(words, plan)}`)
  void outbox.send(id, { text: `🎯 ↑ ${what}`, buttons: [] }, { replyTo: messageId, quiet })
}
