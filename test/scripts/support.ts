import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import Sqlite from 'better-sqlite3'
import { systemClock } from '../../src/core/clock.ts'
import { ensureVaultKey, openVault, type Vault } from '../../src/core/vault.ts'
import { type Account, listAccounts, takeOverAccount } from '../../src/db/accounts.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { saveSession } from '../../src/db/portal-sessions.ts'
import { ensureUser } from '../../src/db/users.ts'
import { OWNER } from '../support/house.ts'
import { newBook } from '../support/queue.ts'

const root = join(import.meta.dirname, '../..')
export const PASSWORD = 'pässwort "mit" Zeichen'
export const LIMITS: ReadonlyMap<string, number> = new Map([['polimisport', 100]])

export type Ran = { status: number | null; output: string }

type Script = 'backup' | 'restore' | 'migrate-to' | 'queue' | 'stats'

export type ScriptHouse = {
  folder: string
  /** The SQLite file that the configuration names, with an account of the owner and its saved session. */
  database: string
  keyFile: string
  vault: Vault
  /** Runs a script as a process to its end. */
  run(script: Script, args?: string[], env?: NodeJS.ProcessEnv): Promise<Ran>
  /** Starts a script and leaves it to the test. */
  start(script: Script, args?: string[], env?: NodeJS.ProcessEnv): ChildProcessByStdio<null, Readable, Readable>
  /** Opens the database for `work` and closes it again: nothing of ours uses it afterwards. */
  within<T>(work: (db: Database, account: Account) => Promise<T>): Promise<T>
  /** What lies beside the database, but for the folder of the sockets. */
  files(): string[]
  close(): void
}

/** A configuration, a key and a SQLite database in a folder of their own. */
export async function openScriptHouse(url?: string): Promise<ScriptHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-scripts-'))
  const database = join(folder, 'data', 'bookwright.db')
  const keyFile = join(folder, 'vault.key')
  const config = join(folder, 'config.json')
  const settings = {
    telegram: { botToken: '1:abc-def', ownerId: OWNER.id },
    database: { url: url ?? `file:${database}` },
    vault: { keyFile },
  }
  writeFileSync(config, JSON.stringify(settings), { mode: 0o600 })
  ensureVaultKey(keyFile)
  const vault = openVault(keyFile)
  const within: ScriptHouse['within'] = async (work) => {
    const db = await openDatabase({ url: `file:${database}`, clock: systemClock })
    try {
      const account = (await listAccounts(db.read))[0] ?? (await addAccount(db, vault))
      return await work(db, account)
    } finally {
      await db.close()
    }
  }
  await within(async () => undefined)
  const start: ScriptHouse['start'] = (script, args = [], env = {}) =>
    spawn(process.execPath, [join(root, `src/scripts/${script}.ts`), ...args], {
      env: { ...process.env, ...env, BOOKWRIGHT_CONFIG: config },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  return {
    folder,
    database,
    keyFile,
    vault,
    start,
    run: async (script, args, env) => {
      const child = start(script, args, env)
      const [out, errors] = await Promise.all([child.stdout.toArray(), child.stderr.toArray(), once(child, 'exit')])
      return { status: child.exitCode, output: out.join('') + errors.join('') }
    },
    within,
    files: () => readdirSync(join(folder, 'data')).filter((name) => name !== 'wake'),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function addAccount(db: Database, vault: Vault): Promise<Account> {
  await ensureUser(db, OWNER.id, 'owner')
  const credentials = { username: '10654321', password: PASSWORD }
  await takeOverAccount(db, vault, { userId: OWNER.id, portal: 'polimisport', name: 'Ada', credentials })
  const [account] = await listAccounts(db.read)
  if (!account) throw new Error('the account was not added')
  await saveSession(db, vault, account.id, '{"cookies":[]}')
  return account
}

/** Queues the booking of a slot of its own, with its start a day from now; answers the action's id. */
export async function book(db: Database, account: Account, slot: number): Promise<number> {
  const deadline = systemClock.now().add({ hours: 24 })
  return (await enqueueAction(db, { ...newBook(account, slot), deadline })).id
}

/** Claims the next action and ends it as booked. */
export async function bookNext(db: Database): Promise<void> {
  const claim = await claimNextAction(db, 'w1', LIMITS)
  if (!claim) throw new Error('there was nothing to claim')
  await endAttempt(db, claim.lease, { status: 'completed', result: { kind: 'booked' } })
}

/** Asks a database file directly. */
export function ask(file: string, sql: string): Record<string, unknown>[] {
  const database = new Sqlite(file, { readonly: true })
  try {
    return database.prepare(sql).all() as Record<string, unknown>[]
  } finally {
    database.close()
  }
}
