import { setTimeout as pause } from 'node:timers/promises'
import { Bot, type BotError, GrammyError } from 'grammy'
import { messageOf, UserError } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Vault } from '../core/vault.ts'
import type { Database } from '../db/database.ts'
import { prepareApi } from './api.ts'
import { registerCommands } from './commands.ts'
import { conversationsFeature } from './conversations.ts'
import { eraseLeftovers } from './erase.ts'
import type { BotContext, Deps } from './feature.ts'
import { accountsFeature } from './features/accounts.ts'
import { againFeature } from './features/again.ts'
import { aheadFeature } from './features/ahead.ts'
import { arrivalFeature } from './features/arrival.ts'
import { bookFeature } from './features/book.ts'
import { bookingsFeature } from './features/bookings.ts'
import { calendarFeature } from './features/calendar.ts'
import { cancelFeature } from './features/cancel.ts'
import { fallbackFeature } from './features/fallback.ts'
import { historyFeature } from './features/history.ts'
import { invitationsFeature } from './features/invitations.ts'
import { leaveFeature } from './features/leave.ts'
import { lookFeature } from './features/look.ts'
import { menuFeature } from './features/menu.ts'
import { planConsentFeature } from './features/plan-consent.ts'
import { planTalkFeature } from './features/plan-talk.ts'
import { plansFeature } from './features/plans.ts'
import { questionsFeature } from './features/questions.ts'
import { quickFeature } from './features/quick.ts'
import { recurringFeature } from './features/recurring.ts'
import { ruleTalkFeature } from './features/rule-talk.ts'
import { settingsFeature } from './features/settings.ts'
import { statsFeature } from './features/stats.ts'
import { statusFeature } from './features/status.ts'
import { timetableFeature } from './features/timetable.ts'
import { usersFeature } from './features/users.ts'
import { watchFeature } from './features/watch.ts'
import { weekFeature } from './features/week.ts'
import { whyFeature } from './features/why.ts'
import { createFiles } from './files.ts'
import { createFollowers } from './followers.ts'
import { gateFeature } from './gate.ts'
import { startNotices } from './notices.ts'
import { createOutbox } from './outbox.ts'
import { createPeople } from './people.ts'
import { startPlanNews } from './plan-news.ts'
import { createPlanCards } from './plans/cards.ts'
import { startProgress } from './progress.ts'
import { createQuestions } from './questions.ts'
import { settingsTalkFeature } from './settings-talk.ts'
import { startSlotPages } from './slot-pages.ts'

export type BotOptions = {
  db: Database
  vault: Vault
  token: string
  apiRoot: string
  dataDir: string
  limits: { actionsPerHour: number }
  log: Logger
}

export type RunningBot = {
  /** Resolves when Telegram is reached and updates are taken. */
  ready: Promise<void>
  /** Resolves after `stop`; rejects with `UserError` when Telegram refuses the token or another bot uses it. */
  ended: Promise<void>
  /** Resolves when everything that was to be said so far has been said. */
  idle(): Promise<void>
  /** Takes no more updates, finishes what is being answered, and closes. */
  stop(): Promise<void>
}

/** In the order in which they are asked; the first two and the last one have to be where they are. */
const FEATURES = [
  gateFeature,
  conversationsFeature,

  // Recurring bookings and their questions.
  ruleTalkFeature,
  recurringFeature,
  questionsFeature,

  // Booking ahead and watching.
  aheadFeature,
  lookFeature,
  watchFeature,

  // Plans over several accounts.
  planTalkFeature,
  plansFeature,
  planConsentFeature,

  // Accounts.
  accountsFeature,

  // Users and invitations.
  arrivalFeature,
  invitationsFeature,
  usersFeature,
  leaveFeature,

  // Calendar, history, reasons, statistics.
  calendarFeature,
  historyFeature,
  whyFeature,
  statsFeature,

  // The week.
  weekFeature,

  // Settings.
  settingsTalkFeature,
  settingsFeature,

  // Everything else.
  menuFeature,
  bookFeature,
  bookingsFeature,
  timetableFeature,
  statusFeature,
  cancelFeature,
  againFeature,

  // Quick booking by text, after all that has a command or a button.
  quickFeature,

  fallbackFeature,
]

const POLL_LIMIT_SECONDS = 60
const LONGEST_PAUSE_MS = 10_000
/** What a stop waits for at most: the last answers, and telling Telegram what was handled. */
const STOP_MS = 4000

/** Starts the Telegram bot. It keeps trying while Telegram cannot be reached. */
export async function startBot({ db, vault, token, apiRoot, dataDir, limits, log }: BotOptions): Promise<RunningBot> {
  const bot = new Bot<BotContext>(token, { client: { apiRoot, timeoutSeconds: POLL_LIMIT_SECONDS } })
  prepareApi(bot)
  const people = createPeople(db)
  const outbox = createOutbox({ api: bot.api, log, onBlocked: people.markBlocked })
  const files = createFiles({ api: bot.api, apiRoot, token })
  const followers = createFollowers()
  const planCards = createPlanCards(db)
  const questions = createQuestions(outbox)
  const refreshCommands = () => tellCommands(bot, { people, db, log })
  const chat = { outbox, files, people, followers, planCards, questions, refreshCommands }
  const deps: Deps = { db, vault, ...chat, log, dataDir, ...limits }
  for (const feature of FEATURES) bot.use(feature(deps))
  bot.catch((error) => apologise(error, deps))
  await eraseLeftovers(deps)

  const stopping = new AbortController()
  const ready = Promise.withResolvers<void>()
  const watches = [
    await startProgress(deps),
    await startPlanNews(deps),
    await startNotices(deps),
    await startSlotPages(deps),
  ]
  const ended = run(bot, deps, stopping.signal, ready.resolve).catch((error) => {
    throw explain(error)
  })
  // Whoever waits for `ready` learns of it as well; whoever does not is told by `ended`.
  ended.catch(ready.reject)
  ready.promise.catch(() => undefined)

  return {
    ready: ready.promise,
    ended,
    idle: outbox.idle,
    async stop() {
      stopping.abort()
      await atMost(STOP_MS, bot.stop())
      await atMost(STOP_MS, ended)
      outbox.stop()
      await atMost(STOP_MS, Promise.all(watches.map((watch) => watch.stop())))
      await atMost(STOP_MS, outbox.idle())
    },
  }
}

async function run(bot: Bot<BotContext>, deps: Deps, signal: AbortSignal, onReady: () => void): Promise<void> {
  const { log } = deps
  await reachTelegram(bot, log, signal)
  if (signal.aborted) return
  tellCommands(bot, deps)
  await bot.start({
    allowed_updates: ['message', 'callback_query', 'my_chat_member'],
    onStart: ({ username }) => {
      log.info({ username }, 'bot started')
      onReady()
    },
  })
}

/** Nobody has to wait for it. */
function tellCommands({ api }: Bot<BotContext>, { people, db, log }: Pick<Deps, 'people' | 'db' | 'log'>): void {
  registerCommands(api, people, db).catch((error) =>
    log.warn({ error: messageOf(error) }, 'the commands were not registered'),
  )
}

/** Asks Telegram who the bot is, again and again until it answers. */
async function reachTelegram(bot: Bot<BotContext>, log: Logger, signal: AbortSignal): Promise<void> {
  for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    try {
      bot.botInfo = await bot.api.getMe()
      return
    } catch (error) {
      if (error instanceof GrammyError && [401, 404].includes(error.error_code)) throw error
      log.warn({ error: messageOf(error) }, 'Telegram is not reached; trying again')
      await pause(wait, undefined, { signal }).catch(() => undefined)
    }
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof GrammyError)) return error
  if (error.error_code === 401 || error.error_code === 404)
    return new UserError(
      'Telegram does not accept the bot token. Copy it again from BotFather into telegram.botToken of the configuration.',
    )
  if (error.error_code === 409)
    return new UserError(
      'Another bot is running with the same token, or a webhook is set for it. Stop the other one: only one can run at a time.',
    )
  return error
}

/** An error in one handler never stops the bot; the person is told in a sentence. */
async function apologise({ error, ctx }: BotError<BotContext>, { log, outbox }: Deps): Promise<void> {
  log.error({ error: messageOf(error), stack: error instanceof Error ? error.stack : undefined }, 'a handler failed')
  // Absent when it failed before the person was recognised.
  const person: BotContext['person'] | undefined = ctx.person
  if (!person) return
  const text = person.words.text('trouble')
  if (ctx.callbackQuery) outbox.answer(ctx.callbackQuery.id, text)
  else void outbox.send(person.id, { text, buttons: [] })
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  const limit = new AbortController()
  const timer = pause(ms, undefined, { signal: limit.signal }).catch(() => undefined)
  await Promise.race([work.catch(() => undefined), timer])
  limit.abort()
}
