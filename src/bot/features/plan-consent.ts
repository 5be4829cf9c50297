import { Composer } from 'grammy'
import { answerConsent, setConsentMessage } from '../../db/plan-consent.ts'
import { findPlanFor } from '../../db/plan-views.ts'
import { type BotContext, type Deps, onButton, type Reply } from '../feature.ts'
import { planConsentScreen } from '../screens/plan-consent.ts'

type Asked = { plan: number; account: number }

/** What the owners of accounts answer when a plan wants to use them. */
export function planConsentFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  onButton(feature, deps, 'plan-consent', (ctx, asked) => showQuestion(deps, ctx, asked))
  onButton(feature, deps, 'plan-answer', (ctx, answer) => take(deps, ctx, answer, answer.how))
  return feature
}

/** Shows the question as it is now in the message that was pressed: an answer there counts. */
async function showQuestion({ db }: Deps, ctx: BotContext, asked: Asked): Promise<Reply | undefined> {
  const { person } = ctx
  if (!(await isTheirs(db, person.id, asked))) return undefined
  const messageId = ctx.callbackQuery?.message?.message_id
  if (messageId !== undefined) await setConsentMessage(db, asked.plan, asked.account, messageId)
  return { show: () => planConsentScreen(db, person, asked.plan, asked.account) }
}

/** To a plan that has changed since its question was asked nobody has said yes: a no always counts. */
async function take(
  deps: Deps,
  ctx: BotContext,
  asked: Asked,
  how: 'accepted' | 'refused',
): Promise<Reply | undefined> {
  const { db } = deps
  const { person, callbackQuery } = ctx
  const question = await isTheirs(db, person.id, asked)
  if (!question) return undefined
  if (how === 'accepted' && question.consentMessageId !== callbackQuery?.message?.message_id)
    return { ...(await showQuestion(deps, ctx, asked)), popup: person.words.text('plan-answer-changed') }
  const answered = await answerConsent(db, person.id, asked.plan, asked.account, how)
  if (answered === 'unknown') return undefined
  const popup = person.words.text(answered === 'answered' ? `plan-answer-${how}` : `plan-answer-${answered}`)
  return { popup, show: () => planConsentScreen(db, person, asked.plan, asked.account) }
}

async function isTheirs(db: Deps['db'], userId: number, { plan, account }: Asked) {
  const found = await findPlanFor(db.read, userId, plan)
  return found?.accounts.find(({ accountId, ownerId }) => accountId === account && ownerId === userId)
}
