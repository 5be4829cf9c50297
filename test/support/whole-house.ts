import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startChild, stopChildren } from '../../sim/demo-processes.ts'
import { EXAMPLE_PERSON, type PolimisportSim, startPolimisport } from '../../sim/polimisport/server.ts'
import { type Chat, connectChat, connectTelegram, type TelegramControl } from '../../sim/telegram/client.ts'
import { startTelegram, type TelegramSim } from '../../sim/telegram/server.ts'
import { systemClock } from '../../src/core/clock.ts'
import { listAccounts } from '../../src/db/accounts.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { testBrowserPath } from './browser.ts'
import { GUEST, OWNER } from './house.ts'
import { slotOf } from './portal-house.ts'

const LONG_AGO = '2000-01-01T00:00:00.000Z'
const root = join(import.meta.dirname, '../..')
/** As a bot token looks; it must not be found in any log. */
const TOKEN = '987654321:AAF-this-token-must-never-be-logged-0'
/** Bruno's account on the stand-in. */
const GUEST_PERSON = {
  username: '10777888',
  password: 'pässwort "mit" Zeichen',
  secret: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
}

export type WholeHouse = {
  folder: string
  databaseFile: string
  /** A second look at the database the processes use. */
  db: Database
  telegram: TelegramSim
  control: TelegramControl
  portal: PolimisportSim
  /** Ada owns the house and chats in English; Bruno was invited and chats in Italian. */
  ada: Chat
  bruno: Chat
  startBot(): Promise<Child>
  startWorker(): Promise<Child>
  startPeriodic(): Promise<Child>
  /** Queues a booking of Ada's, of something that can be booked now; answers the action's id. */
  enqueueBooking(): Promise<number>
  /** Runs a script to its end; answers what it printed. */
  runScript(script: string, args?: string[]): Promise<string>
  /** Everything any process wrote so far. */
  output(): string
  /** Every secret that must never be found where it does not belong. */
  secrets: string[]
  /** Ends a lease as if its time had passed. */
  endLease(): Promise<void>
  close(): Promise<void>
}

/** Bot and workers as real processes, with a real database, between the stand-ins. Nothing is started yet. */
export async function openWholeHouse(): Promise<WholeHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-house-'))
  const telegram = await startTelegram({ token: TOKEN, users: [OWNER, GUEST] })
  const portal = await startPolimisport({ people: [EXAMPLE_PERSON, { ...GUEST_PERSON, name: 'Bruno Esempio' }] })
  const configFile = join(folder, 'config.json')
  writeFileSync(configFile, JSON.stringify(configFor(telegram, portal)), { mode: 0o600 })
  const databaseFile = join(folder, 'data', 'bookwright.db')
  const db = await openDatabase({ url: `file:${databaseFile}`, clock: systemClock })
  const children: Child[] = []
  const written: string[] = []
  const start = (script: string, args: string[] = []): Child => {
    const child = startChild(join(root, script), args, { ...process.env, BOOKWRIGHT_CONFIG: configFile })
    child.onLine((line) => written.push(line))
    children.push(child)
    return child
  }
  const started = async (script: string, sign: string) => {
    const child = start(script)
    await child.logged(sign)
    return child
  }
  return {
    folder,
    databaseFile,
    db,
    telegram,
    control: connectTelegram(telegram.url),
    portal,
    ada: await connectChat(telegram.url, OWNER),
    bruno: await connectChat(telegram.url, GUEST),
    startBot: () => started('src/bot/main.ts', 'bot started'),
    startWorker: () => started('src/worker/main.ts', 'worker started'),
    startPeriodic: () => started('src/periodic/main.ts', 'periodic started'),
    enqueueBooking: () => enqueueBooking(db, portal),
    async runScript(script, args) {
      const child = start(script, args)
      const lines: string[] = []
      child.onLine((line) => lines.push(line))
      await child.finished()
      return lines.join('\n')
    },
    output: () => written.join('\n'),
    secrets: [EXAMPLE_PERSON, GUEST_PERSON].flatMap(({ password, secret }) => [password, secret]).concat(TOKEN),
    endLease: async () => {
      await db.write((tx) =>
        tx
          .updateTable('booking_actions')
          .set((eb) => ({
            lease_until: LONG_AGO,
            submitted_at: eb.case().when('submitted_at', 'is not', null).then(LONG_AGO).else(null).end(),
          }))
          .where('status', '=', 'processing')
          .execute(),
      )
      db.waker.poke('work')
    },
    async close() {
      await stopChildren(children)
      await db.close()
      await telegram.close()
      await portal.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function enqueueBooking(db: Database, portal: PolimisportSim): Promise<number> {
  const account = (await listAccounts(db.read)).find(({ user_id }) => user_id === OWNER.id)
  const { slots, now } = await portal.state()
  const slot = slots.findLast(({ spots, opensAt }) => spots > 1 && opensAt <= now)
  if (!account || !slot) throw new Error('there is no account or nothing to book')
  const { id } = await enqueueAction(db, {
    type: 'book',
    userId: OWNER.id,
    accountId: account.id,
    portal: account.portal,
    slot: slotOf(slot),
    deadline: Temporal.Instant.from(slot.startsAt),
  })
  return id
}

function configFor(telegram: TelegramSim, portal: PolimisportSim) {
  const account = (owner: number, { username, password, secret }: typeof GUEST_PERSON) => ({
    portal: 'polimisport',
    owner,
    username,
    password,
    otpauth: `otpauth://totp/Polimi:${username}?secret=${secret}`,
  })
  return {
    telegram: { botToken: TOKEN, ownerId: OWNER.id, apiRoot: telegram.url },
    portals: { polimisport: { baseUrl: portal.baseUrl, ssoBaseUrl: portal.ssoBaseUrl } },
    accounts: [account(OWNER.id, EXAMPLE_PERSON), account(GUEST.id, GUEST_PERSON)],
    browser: { executablePath: testBrowserPath() },
    log: { level: 'debug' },
  }
}

/** Ends a process as a crash would. */
export async function kill9(child: Child): Promise<void> {
  child.process.kill('SIGKILL')
  await child.ended
}
