import { Composer } from 'grammy'
import { answerConsent } from '../../db/plan-consent.ts'
import type { ButtonData } from '../buttons.ts'
import { type BotContext, type Deps, onButton, type Reply } from '../feature.ts'
import { planConsentScreen } from '../screens/plan-consent.ts'

/** What the owners of accounts answer when a plan wants to use them. */
export function planConsentFeature(deps: Deps): Composer<BotContext> {
  const { db } = deps
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'plan-consent', async ({ person }, { plan, account }) => {
    const view = await planConsentScreen(db, person, plan, account)
    return view && { show: view }
  })
  onButton(feature, deps, 'plan-answer', (ctx, answer) => take(deps, ctx, answer))
  return feature
}

/** Whatever comes of it, the message shows the question as it is now: to that they can answer. */
async function take(
  { db }: Deps,
  { person }: BotContext,
  { plan, account, version, how }: ButtonData<'plan-answer'>,
): Promise<Reply | undefined> {
  const answered = await answerConsent(db, person.id, { planId: plan, accountId: account, version, answer: how })
  if (answered === 'unknown') return undefined
  const popup = person.words.text(answered === 'answered' ? `plan-answer-${how}` : `plan-answer-${answered}`)
  return { popup, show: () => planConsentScreen(db, person, plan, account) }
}
