import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PersonOption } from '../../sim/delft-x/people.ts'
import { type DelftXSim, startDelftX } from '../../sim/delft-x/server.ts'
import { type Chat, connectChat } from '../../sim/telegram/client.ts'
import { startTelegram } from '../../sim/telegram/server.ts'
import { startBot } from '../../src/bot/bot.ts'
import { toStamp } from '../../src/core/clock.ts'
import { takeOverAccount } from '../../src/db/accounts.ts'
import { ensureUser, updateUser } from '../../src/db/users.ts'
import { testBrowserPath } from './browser.ts'
import { OWNER, openTestHouse, type TestHouse } from './house.ts'
import { type MovedClock, movedClock } from './moved-clock.ts'
import { patience } from './patience.ts'

const script = join(import.meta.dirname, 'moved-process.ts')
/** Between two looks at the queue while the processes are at work. */
const GLANCE_MS = 25

export type PlanProcesses = TestHouse & {
  sim: DelftXSim
  /** The owner's chat, with the bot in this process. */
  ada: Chat
  /** Accounts of the owner at the stand-in, in the order of the people. */
  accountIds: number[]
  startWorker(): Promise<void>
  startPeriodic(): Promise<ChildProcess>
  /** Ends a process as a crash would. */
  kill9(child: ChildProcess): Promise<void>
  /** Makes it that time in Delft for everybody, and waits until there is nothing left to do. */
  at(time: string): Promise<void>
  output(): string
}

/** A worker and executors in processes of their own, at the stand-in of X, in a time that the test moves. */
export async function openPlanProcesses(start: string, people: readonly PersonOption[]): Promise<PlanProcesses> {
  const clock = movedClock(awayFrom(start))
  const sim = await startDelftX({ people, clock: clock.precise })
  const house = await openTestHouse(clock)
  const { db, folder } = house
  const accountIds = await addAccounts(house, people)
  const configFile = join(folder, 'config.json')
  writeFileSync(configFile, JSON.stringify(configFor(house, sim)), { mode: 0o600 })
  const { bot, ada, closeChat } = await openChat(house, clock)
  const children: ChildProcess[] = []
  const executors = () =>
    children.filter(
      ({ spawnargs, exitCode, signalCode }) =>
        spawnargs.includes('periodic') && exitCode === null && signalCode === null,
    )
  const written: string[] = []

  async function startProcess(role: 'worker' | 'periodic'): Promise<ChildProcess> {
    const child = fork(script, [role, String(clock.awayMs)], {
      env: { ...process.env, BOOKWRIGHT_CONFIG: configFile },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => written.push(String(text)))
    children.push(child)
    await once(child, 'message', { signal: patience() })
    return child
  }

  /** Tells a process the time, which an executor then looks at. */
  async function tell(child: ChildProcess): Promise<void> {
    const done = once(child, 'message', { signal: patience() })
    child.send({ awayMs: clock.awayMs })
    await done
  }

  async function quiet(): Promise<void> {
    const limit = patience()
    for (;;) {
      await Promise.all(executors().map(tell))
      if (!(await isAtWork(house))) return
      limit.throwIfAborted()
      while (await isAtWork(house)) {
        limit.throwIfAborted()
        await new Promise((resolve) => setTimeout(resolve, GLANCE_MS))
      }
    }
  }

  return {
    ...house,
    sim,
    ada,
    accountIds,
    startWorker: async () => void (await startProcess('worker')),
    startPeriodic: () => startProcess('periodic'),
    async kill9(child) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
    async at(time) {
      clock.awayMs = awayFrom(time)
      await Promise.all(children.filter((child) => child.connected).map(tell))
      db.waker.poke('work')
      await quiet()
      await bot.idle()
    },
    output: () => written.join(''),
    async close() {
      for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await closeChat()
      await house.close()
      await sim.close()
    },
  }
}

async function openChat({ db, vault, log, folder }: TestHouse, clock: MovedClock) {
  await updateUser(db, OWNER.id, { first_name: OWNER.first_name })
  const telegram = await startTelegram({ users: [OWNER], clock: clock.now })
  const { token, url: apiRoot } = telegram
  const bot = await startBot({ db, vault, token, apiRoot, dataDir: folder, limits: { actionsPerHour: 60 }, log })
  await bot.ready
  const ada = await connectChat(apiRoot, OWNER)
  await ada.send('/start')
  await ada.see('Hi')
  const closeChat = async () => {
    await bot.stop()
    await telegram.close()
  }
  return { bot, ada, closeChat }
}

function awayFrom(time: string): number {
  const at = Temporal.PlainDateTime.from(time).toZonedDateTime('Europe/Amsterdam')
  return at.epochMilliseconds - Temporal.Now.instant().epochMilliseconds
}

/** Whether something is due, or a worker is at it. */
async function isAtWork({ db }: TestHouse): Promise<boolean> {
  const row = await db.read
    .selectFrom('booking_actions')
    .select('id')
    .where('status', 'in', ['pending', 'processing'])
    .where((eb) => eb.or([eb('status', '=', 'processing'), eb('run_at', '<=', toStamp(db.clock.now()))]))
    .executeTakeFirst()
  return row !== undefined
}

async function addAccounts({ db, vault }: TestHouse, people: readonly PersonOption[]): Promise<number[]> {
  await ensureUser(db, OWNER.id, 'owner')
  for (const { username, password } of people)
    await takeOverAccount(db, vault, {
      userId: OWNER.id,
      portal: 'delft-x',
      name: username,
      credentials: { username, password },
    })
  const rows = await db.read.selectFrom('accounts').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

function configFor({ folder, databaseUrl }: TestHouse, { baseUrl, apiUrl, ssoUrl }: DelftXSim) {
  return {
    telegram: { botToken: '987654321:AAF-this-token-must-never-be-logged-0' },
    dataDir: folder,
    database: { url: databaseUrl },
    vault: { keyFile: join(folder, 'vault.key') },
    portals: { 'delft-x': { baseUrl, apiUrl, ssoUrl } },
    browser: { executablePath: testBrowserPath() },
    worker: { concurrency: 3 },
    log: { level: 'debug' },
  }
}
