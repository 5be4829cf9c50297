import type { ConversationFlavor } from '@grammyjs/conversations'
import type { Composer, Context, Filter } from 'grammy'
import type { Logger } from '../core/log.ts'
import type { Vault } from '../core/vault.ts'
import type { Action } from '../db/actions/action.ts'
import { isMessageOfNewer } from '../db/actions/read.ts'
import type { Database } from '../db/database.ts'
import { type ButtonData, type ButtonName, readButton } from './buttons.ts'
import type { Files } from './files.ts'
import type { Followers } from './followers.ts'
import type { Content, Outbox } from './outbox.ts'
import type { People, Person } from './people.ts'
import type { PlanCards } from './plans/cards.ts'
import type { Questions } from './questions.ts'
import { actionCard } from './screens/action.ts'
import type { View } from './view.ts'

/** What every feature of the bot works with. */
export type Deps = {
  db: Database
  /** Seals what people write in a conversation, and the accounts they add. */
  vault: Vault
  outbox: Outbox
  files: Files
  people: People
  followers: Followers
  planCards: PlanCards
  questions: Questions
  /** Tells Telegram the commands anew: what is of use in this house has changed. */
  refreshCommands(): void
  log: Logger
  /** The folder with the evidence of failures, if the worker runs on this machine. */
  dataDir: string
  /** What one person can ask for within an hour. */
  actionsPerHour: number
}

/** An update of somebody the house knows, in a private chat. `arrival`: what opening a link has just made of them. */
export type BotContext = ConversationFlavor<Context & { person: Person; arrival?: 'member' | 'owner' }>

/** A press of a button. */
type Press = { person: Person; callbackQuery: { id: string; message?: { message_id: number } | undefined } }

/** What a handler answers. `popup` is plain text; `sent` learns where a new message went, before the next is sent. */
export type Reply = { show?: Content; popup?: string; sent?: (messageId: number) => Promise<void> }

/** Handles button `name`. A garbled one, or one that `handle` has nothing to say to, is called outdated. */
export function onButton<N extends ButtonName>(
  composer: Composer<BotContext>,
  deps: Deps,
  name: N,
  handle: (ctx: BotContext, data: ButtonData<N>) => Promise<Reply | undefined>,
): void {
  buttonsOf(composer).set(name, async (ctx) => {
    const { data: text = '', message } = ctx.callbackQuery
    if (message) await leaveMessage(deps, message.message_id)
    const data = readButton(name, text)
    const reply = data && (await handle(ctx, data))
    answerPress(ctx, deps, reply ?? { popup: ctx.person.words.text('outdated') })
  })
}

/** The message shows something else from now on. */
async function leaveMessage({ followers, planCards }: Deps, messageId: number): Promise<void> {
  followers.leave(messageId)
  await planCards.leave(messageId)
}

type PressContext = Filter<BotContext, 'callback_query:data'>
type PressHandler = (ctx: PressContext) => Promise<void>
const handlers = new WeakMap<Composer<BotContext>, Map<string, PressHandler>>()

/** The buttons that a feature handles, by their names: to ask one after another takes longer than to answer. */
function buttonsOf(composer: Composer<BotContext>): Map<string, PressHandler> {
  const known = handlers.get(composer)
  if (known) return known
  const fresh = new Map<string, PressHandler>()
  handlers.set(composer, fresh)
  composer.on('callback_query:data', async (ctx, next) => {
    const [name = ''] = ctx.callbackQuery.data.split(':', 1)
    const handler = fresh.get(name)
    await (handler ? handler(ctx) : next())
  })
  return fresh
}

/** Handles command `name`; `argument` is what follows it. */
export function onCommand(
  composer: Composer<BotContext>,
  deps: Deps,
  name: string,
  handle: (ctx: BotContext, argument: string) => Promise<Reply[]>,
): void {
  composer.command(name, async (ctx) => {
    for (const reply of await handle(ctx, ctx.match.trim())) say(ctx, deps, reply)
  })
}

/** Answers a press and, where there is something to show, puts it in the place of the message that was pressed. */
export function answerPress({ person, callbackQuery }: Press, { outbox }: Deps, { show, popup, sent }: Reply): void {
  outbox.answer(callbackQuery.id, popup)
  const messageId = callbackQuery.message?.message_id
  if (show === undefined || messageId === undefined) return
  void outbox.edit(person.id, messageId, show).then(({ outcome }) => {
    if (outcome === 'gone') void outbox.send(person.id, show, sent ? { sent } : {})
  })
}

/** Says something in a new message. */
export function say(ctx: BotContext, { outbox }: Deps, { show, sent }: Reply): void {
  if (show !== undefined) void outbox.send(ctx.person.id, show, sent ? { sent } : {})
}

/** Shows an action in the message that was pressed, and keeps it up to date there. */
export function showAction(ctx: BotContext, { db, followers }: Deps, actionId: number): Content {
  const messageId = ctx.callbackQuery?.message?.message_id
  if (messageId !== undefined) followers.follow(actionId, messageId)
  return () => actionCard(db, ctx.person.words, ctx.person.id, actionId)
}

/** Brings every message that shows this action up to date. */
export function showWhereverSeen(
  deps: Pick<Deps, 'db' | 'outbox' | 'followers' | 'questions'>,
  person: Person,
  { id, chatMessageId }: Action,
): void {
  const { outbox, followers } = deps
  const messages = new Set(followers.of(id))
  if (chatMessageId !== null) messages.add(chatMessageId)
  for (const messageId of messages) void outbox.edit(person.id, messageId, () => cardIn(deps, person, id, messageId))
}

/** The card of an action for this message; undefined when that is about something asked for later, or asks something. */
export async function cardIn(
  { db, questions }: Pick<Deps, 'db' | 'questions'>,
  { id: userId, words }: Person,
  actionId: number,
  messageId: number,
): Promise<View | undefined> {
  if (await isMessageOfNewer(db.read, userId, actionId, messageId)) return undefined
  const view = await actionCard(db, words, userId, actionId)
  // Last: a question that went out just before is noted while the card is made.
  return questions.standsIn(userId, messageId) ? undefined : view
}

/** What makes an update that comes again, after a crash, the same request. */
export function originOf(ctx: Context): string {
  return `update:${ctx.update.update_id}`
}
