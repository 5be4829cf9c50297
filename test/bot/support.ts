import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Chat, TelegramControl } from '../../sim/telegram/client.ts'
import { connectChat, connectTelegram } from '../../sim/telegram/client.ts'
import type { User } from '../../sim/telegram/model.ts'
import { startTelegram, type TelegramSim } from '../../sim/telegram/server.ts'
import { type RunningBot, startBot } from '../../src/bot/bot.ts'
import type { Clock } from '../../src/core/clock.ts'
import { createLog, type Logger } from '../../src/core/log.ts'
import { ensureVaultKey, openVault, type Vault } from '../../src/core/vault.ts'
import { type Account, listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { listDueNotices } from '../../src/db/notices.ts'
import { markRefreshed } from '../../src/db/portal-states.ts'
import { replaceTimetable } from '../../src/db/slots.ts'
import { ensureUser } from '../../src/db/users.ts'
import { beatWorker } from '../../src/db/workers.ts'
import type { TimetableSlot } from '../../src/portals/contract.ts'
import { makeTestDatabase } from '../support/engines.ts'
import { patience } from '../support/patience.ts'

/** Saturday, 21 November 2026, 10:00 in Rome. */
export const NOW = Temporal.Instant.from('2026-11-21T09:00:00Z')
export const TODAY = '2026-11-21'
export const TOMORROW = '2026-11-22'
export const MONDAY = '2026-11-23'
export const TUESDAY = '2026-11-24'

/** A user id beyond 2^31, as newer ones are. */
export const ANNA: User = { id: 5_000_000_001, first_name: 'Anna', language_code: 'en' }
export const BRUNO: User = { id: 7, first_name: 'Bruno', language_code: 'it' }
export const STRANGER: User = { id: 666, first_name: 'Stranger', language_code: 'en' }

type MovableClock = Clock & { advance(by: Temporal.DurationLike): void }

export type House = {
  db: Database
  vault: Vault
  /** Where evidence of failures lies, and the vault's key. */
  folder: string
  databaseUrl: string
  clock: MovableClock
  telegram: TelegramSim
  control: TelegramControl
  bot: RunningBot
  /** Opens the chat of a user of Telegram. */
  chat(user: User): Promise<Chat>
  /** Makes a user known, with one account on the portal. */
  addUser(user: User, accountNames?: string[]): Promise<Account[]>
  startBot(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

function movableClock(): MovableClock {
  let now = NOW
  return {
    now: () => now,
    advance(by) {
      now = now.add(by)
    },
  }
}

/** A house with a database in a temporary folder, a local Telegram and a running bot; Anna is known, and has an account. */
export async function openHouse(
  options: { user?: User; accounts?: string[]; actionsPerHour?: number; log?: Logger } = {},
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-bot-'))
  const clock = movableClock()
  const keyFile = join(folder, 'vault.key')
  ensureVaultKey(keyFile)
  const vault = openVault(keyFile)
  const database = await makeTestDatabase(folder)
  const db = await openDatabase({ url: database.url, clock })
  const telegram = await startTelegram()
  const start = async () => {
    const bot = await startBot({
      db,
      vault,
      token: telegram.token,
      apiRoot: telegram.url,
      dataDir: folder,
      limits: { actionsPerHour: options.actionsPerHour ?? 60 },
      log: options.log ?? createLog('test', 'silent'),
    })
    bot.ended.catch(() => undefined)
    await bot.ready
    return bot
  }
  const house: House = {
    db,
    vault,
    folder,
    databaseUrl: database.url,
    clock,
    telegram,
    control: connectTelegram(telegram.url),
    bot: await start(),
    chat: (user) => connectChat(telegram.url, user),
    async addUser(user, accountNames = ['Polimisport']) {
      await ensureUser(db, user.id, 'member')
      for (const name of accountNames) {
        const credentials = { username: `${user.id}-${name}`, password: SECRET_PASSWORD }
        await takeOverAccount(db, vault, { userId: user.id, portal: 'polimisport', name, credentials })
      }
      return listAccountsOf(db.read, user.id)
    },
    async startBot() {
      house.bot = await start()
    },
    async [Symbol.asyncDispose]() {
      await house.bot.stop()
      await db.close()
      await database.drop()
      await telegram.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await house.addUser(options.user ?? ANNA, options.accounts)
  await beatWorker(db, 'worker-1')
  return house
}

export const SECRET_PASSWORD = 'correct-horse-battery'

export function slot(change: Partial<TimetableSlot> = {}): TimetableSlot {
  return {
    date: TOMORROW,
    start: '18:30',
    end: '19:30',
    location: 'Giuriati - Corsi Platinum',
    course: 'Yoga',
    siteId: '9007199254740993',
    instructor: 'Rossi',
    spots: 5,
    state: 'available',
    ...change,
  }
}

/** Fills the timetable as a worker does after a refresh. */
export async function fillTimetable(db: Database, slots: readonly TimetableSlot[]): Promise<void> {
  const now = db.clock.now()
  await db.write(async (tx) => {
    await replaceTimetable(tx, 'polimisport', slots, now)
    await markRefreshed(tx, 'polimisport', now)
  })
}

/** Waits until the bot has handled every update and said all there is to say, what people are owed included. */
export async function quiet(house: House, chat: Chat): Promise<void> {
  const limit = patience()
  for (;;) {
    await chat.idle()
    await house.bot.idle()
    const owed = await listDueNotices(house.db.read, house.clock.now())
    const untried = owed.filter(({ attempts }) => attempts === 0)
    if (untried.length === 0) break
    if (limit.aborted) throw new Error(`still owed: ${JSON.stringify(untried)}`)
  }
  await house.bot.idle()
}

/** What the chat's newest message of the bot shows, once the bot is quiet. */
export async function screen(house: House, chat: Chat): Promise<{ text: string; labels: string[] }> {
  await quiet(house, chat)
  const message = await chat.last()
  return { text: message?.text ?? '', labels: message?.buttons.map(({ label }) => label) ?? [] }
}

/** Waits until exactly so many messages show `text`: older cards are brought up to date a moment later. */
export async function showing(chat: Chat, text: string, count: number): Promise<void> {
  const limit = patience()
  for (;;) {
    const shown = (await chat.messages()).filter((message) => message.text.includes(text)).length
    if (shown === count) return
    if (limit.aborted) throw new Error(`${shown} messages show "${text}" instead of ${count}`)
    await chat.idle()
  }
}
