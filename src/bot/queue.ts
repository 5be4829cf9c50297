import type { Account } from '../db/accounts.ts'
import { enqueueAction } from '../db/actions/enqueue.ts'
import { isQueued, limitedUntil } from '../db/actions/limit.ts'
import type { NewAction } from '../db/actions/new-action.ts'
import { findActionByOrigin } from '../db/actions/read.ts'
import { HOME_PORTAL, momentPhrase } from './dates.ts'
import { type BotContext, type Deps, originOf, type Reply, showAction } from './feature.ts'
import { escapeHtml } from './html.ts'
import { actionCard } from './screens/action.ts'
import { plainScreen } from './screens/menu.ts'
import type { View } from './view.ts'

/**
 * Queues the action and answers with its card. A second press, or an update that comes again, finds the first. Whoever
 * has asked for very much within the last hour is told when it goes on.
 */
export async function queueAndShow(deps: Deps, ctx: BotContext, action: NewAction): Promise<Reply> {
  const { words } = ctx.person
  const refusal = await limitRefusal(deps, ctx, action)
  if (refusal !== undefined)
    return ctx.callbackQuery ? { popup: refusal } : { show: plainScreen(words, escapeHtml(refusal)) }
  const { id, duplicate } = await enqueueAction(deps.db, action)
  return {
    popup: words.text(duplicate ? 'queued-already' : 'queued-popup', { id: String(id) }),
    show: showAction(ctx, deps, id),
  }
}

/** Why this action cannot be queued now, if the person has asked for too much; plain text. */
export async function limitRefusal(
  { db, actionsPerHour }: Pick<Deps, 'db' | 'actionsPerHour'>,
  { person: { id, words } }: Pick<BotContext, 'person'>,
  action: NewAction,
): Promise<string | undefined> {
  const now = db.clock.now()
  const goesOn = await limitedUntil(db.read, id, actionsPerHour, now)
  if (goesOn === undefined || (await isQueued(db.read, action))) return undefined
  // Said in whole minutes: then it has gone on for sure.
  const time = momentPhrase(words, HOME_PORTAL, goesOn.add({ minutes: 1 }), now)
  return words.text('limit-reached', { n: actionsPerHour, time })
}

/** What every action begins with that is asked for by this update; the message that was pressed will show it. */
export function askedBy(ctx: BotContext, account: Account) {
  const chatMessageId = ctx.callbackQuery?.message?.message_id
  return {
    userId: ctx.person.id,
    accountId: account.id,
    portal: account.portal,
    origin: originOf(ctx),
    ...(chatMessageId === undefined ? {} : { chatMessageId }),
  }
}

/**
 * The card of the action that this very update queued before, if it comes again after a crash: what it asked for may
 * have happened since, and is no reason to refuse it.
 */
export async function cardOfSameUpdate({ db }: Deps, ctx: BotContext): Promise<View | undefined> {
  const { person } = ctx
  const action = await findActionByOrigin(db.read, person.id, originOf(ctx))
  return action && actionCard(db, person.words, person.id, action.id)
}
