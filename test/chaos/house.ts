import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CountingPortal, startCountingPortal } from '../../sim/counting-portal/server.ts'
import { type Child, startChild, stopChildren } from '../../sim/demo-processes.ts'
import { type Chat, connectChat, connectTelegram, type TelegramControl } from '../../sim/telegram/client.ts'
import { startTelegram } from '../../sim/telegram/server.ts'
import { ensureVaultKey, openVault } from '../../src/core/vault.ts'
import { type Account, listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { ensureUser } from '../../src/db/users.ts'

const root = join(import.meta.dirname, '../..')
const FIRST_USER = 5_000_000_001
const STARTS = 5

export type Resident = { chat: Chat; user: number; account: Account; username: string }

export type ChaosHouse = {
  folder: string
  db: Database
  portal: CountingPortal
  telegram: TelegramControl
  /** One account each. */
  residents: Resident[]
  startBot(): Promise<Child>
  startWorker(): Promise<Child>
  /** The last lines that any process wrote. */
  lastWords(): string
  close(): Promise<void>
}

/** The house with real bot and workers around a database at `url`, and people who have said hello to the bot. */
export async function openChaosHouse(
  url: (folder: string) => Promise<string>,
  people: number,
  seed: number,
): Promise<ChaosHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-chaos-'))
  const databaseUrl = await url(folder)
  const users = Array.from({ length: people }, (_, n) => ({
    id: FIRST_USER + n,
    first_name: `Person ${n}`,
    language_code: 'en',
  }))
  const telegram = await startTelegram({ users })
  const portal = await startCountingPortal(seed)
  const configFile = join(folder, 'config.json')
  const config = {
    telegram: { botToken: telegram.token, ownerId: FIRST_USER, apiRoot: telegram.url },
    database: { url: databaseUrl },
    browser: { executablePath: process.execPath },
    log: { level: 'info' },
  }
  writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 })
  const db = await openDatabase({ url: databaseUrl })
  const children: Child[] = []
  const written: string[] = []
  const start = async (script: string, args: string[], sign: string): Promise<Child> => {
    const child = startChild(join(root, script), args, { ...process.env, BOOKWRIGHT_CONFIG: configFile })
    child.onLine((line) => {
      written.push(line)
      if (written.length > 400) written.shift()
    })
    children.push(child)
    await child.logged(sign)
    return child
  }
  const residents = await moveIn(db, folder, telegram.url, users)
  return {
    folder,
    db,
    portal,
    telegram: connectTelegram(telegram.url),
    residents,
    startBot: () => start('src/bot/main.ts', [], 'bot started'),
    startWorker: () => startAsPm2Does(() => start('test/chaos/worker-main.ts', [portal.url], 'worker started')),
    lastWords: () => written.slice(-40).join('\n'),
    close: once(async () => {
      for (const {
        process: { pid },
        process: child,
      } of children)
        if (pid && child.exitCode === null) child.kill('SIGCONT')
      await stopChildren(children)
      await db.close()
      await portal.close()
      await telegram.close()
      rmSync(folder, { recursive: true, force: true })
    }),
  }
}

/** A worker that finds the database locked ends with an error, and is started anew. */
async function startAsPm2Does(start: () => Promise<Child>): Promise<Child> {
  for (let starts = 1; ; starts++) {
    try {
      return await start()
    } catch (error) {
      if (starts === STARTS) throw error
    }
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | undefined
  return () => {
    working ??= work()
    return working
  }
}

async function moveIn(
  db: Database,
  folder: string,
  telegramUrl: string,
  users: readonly { id: number; first_name: string; language_code: string }[],
): Promise<Resident[]> {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const keyFile = join(folder, 'data', 'vault.key')
  ensureVaultKey(keyFile)
  const vault = openVault(keyFile)
  const residents: Resident[] = []
  for (const [index, { id, ...person }] of users.entries()) {
    const username = `account-${index}`
    await ensureUser(db, id, index === 0 ? 'owner' : 'member')
    const credentials = { username, password: 'none' }
    await takeOverAccount(db, vault, { userId: id, portal: 'polimisport', name: 'Polimisport', credentials })
    const [account] = await listAccountsOf(db.read, id)
    if (!account) throw new Error('the account was not added')
    const chat = await connectChat(telegramUrl, { id, ...person })
    await chat.send('/start')
    residents.push({ chat, user: id, account, username })
  }
  return residents
}
