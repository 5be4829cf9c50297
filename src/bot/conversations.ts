import { type ConversationData, conversations, type VersionedState } from '@grammyjs/conversations'
import { Composer, type Context } from 'grammy'
import { z } from 'zod'
import type { Vault } from '../core/vault.ts'
import { deleteBotState, readBotState, writeBotState } from '../db/bot-state.ts'
import { isCommand } from './commands.ts'
import { type BotContext, type Deps, say } from './feature.ts'
import { plainScreen } from './screens/menu.ts'

/** Grows when a talk asks something else than before: what was written down by the former one is then forgotten. */
const VERSION = 1
/** Buttons that lead elsewhere: whoever presses one has left the conversation. */
const LEAVING = /^(menu|book|bookings|timetable|recurring|settings|accounts|account|history|week|plans)(:|$)/
const CANCEL = /^\/cancel(@\w+)?\s*$/i

/**
 * Remembers where each conversation is, and lets people leave it: by /cancel, by any other command, and by a button
 * that leads elsewhere. Comes before every talk and every feature.
 */
export function conversationsFeature(deps: Deps): Composer<BotContext> {
  const feature = new Composer<BotContext>()
  feature.use(
    conversations<BotContext, Context>({ storage: { type: 'key', version: VERSION, adapter: storage(deps) } }),
  )
  feature.on(['message:text', 'callback_query:data'], async (ctx, next) => {
    const text = ctx.message?.text ?? ''
    // Only a command that exists: a password may begin with a slash.
    const leaves = isCommand(text) || LEAVING.test(ctx.callbackQuery?.data ?? '')
    if (!leaves || !isInTalk(ctx)) return next()
    const { id, words } = ctx.person
    await ctx.conversation.exitAll()
    deps.questions.left(id, words.html('talk-unanswered'))
    if (!CANCEL.test(text)) return next()
    say(ctx, deps, { show: plainScreen(words, words.html('talk-left')) })
  })
  return feature
}

function isInTalk(ctx: BotContext): boolean {
  return Object.keys(ctx.conversation.active()).length > 0
}

const sealedSchema = z.object({ sealed: z.string() })

/**
 * Conversations in the database, sealed: they hold what people wrote, and that may be a password. Only this process
 * writes them, so what it has read it need not read again.
 */
function storage({ db, vault }: Pick<Deps, 'db' | 'vault'>) {
  type State = VersionedState<ConversationData>
  const known = new Map<string, State | undefined>()
  const contextOf = (key: string) => `conversation:${key}`
  return {
    async read(key: string): Promise<State | undefined> {
      if (known.has(key)) return structuredClone(known.get(key))
      const value = await readBotState(db.read, contextOf(key))
      const state = value === undefined ? undefined : open(vault, value, contextOf(key))
      known.set(key, state)
      return structuredClone(state)
    },
    async write(key: string, state: State): Promise<void> {
      known.set(key, structuredClone(state))
      await writeBotState(db, contextOf(key), { sealed: vault.seal(JSON.stringify(state), contextOf(key)) })
    },
    async delete(key: string): Promise<void> {
      known.set(key, undefined)
      await deleteBotState(db, contextOf(key))
    },
  }
}

function open(vault: Vault, value: unknown, context: string): VersionedState<ConversationData> {
  // Sealed by this program: only what it has written opens.
  return JSON.parse(vault.open(sealedSchema.parse(value).sealed, context))
}
