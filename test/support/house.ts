import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, systemClock } from '../../src/core/clock.ts'
import { createLog, type Logger } from '../../src/core/log.ts'
import { ensureVaultKey, openVault, type Vault } from '../../src/core/vault.ts'
import { type Account, listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { ensureUser } from '../../src/db/users.ts'
import { makeTestDatabase } from './engines.ts'

/** The owner in tests; the id is beyond 32 bits, as real ones are. */
export const OWNER = { id: 5_000_000_001, first_name: 'Ada', language_code: 'en' } as const
export const GUEST = { id: 5_000_000_002, first_name: 'Bruno', language_code: 'it' } as const

export type TestHouse = {
  folder: string
  databaseUrl: string
  db: Database
  vault: Vault
  log: Logger
  /** Registers an account of a user; the first one makes the user an owner. */
  addAccount(userId: number, credentials: { username: string; password: string; otpauth?: string }): Promise<Account>
  close(): Promise<void>
}

/** A clock that stands still until a test moves it. */
export function testClock(start: string): Clock & { move(by: Temporal.DurationLike): void; set(to: string): void } {
  let now = Temporal.Instant.from(start)
  return {
    now: () => now,
    move: (by) => {
      now = now.add(by)
    },
    set: (to) => {
      now = Temporal.Instant.from(to)
    },
  }
}

/** A data folder of its own with a real database and a vault; gone when closed. */
export async function openTestHouse(clock: Clock = systemClock): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-test-'))
  const keyFile = join(folder, 'vault.key')
  ensureVaultKey(keyFile)
  const vault = openVault(keyFile)
  const database = await makeTestDatabase(folder)
  const databaseUrl = database.url
  const db = await openDatabase({ url: databaseUrl, clock })
  return {
    folder,
    databaseUrl,
    db,
    vault,
    log: createLog('test', process.env['BOOKWRIGHT_TEST_LOG'] === undefined ? 'silent' : 'debug'),
    async addAccount(userId, credentials) {
      await ensureUser(db, userId, userId === OWNER.id ? 'owner' : 'member')
      const name = `Polimisport ${(await listAccountsOf(db.read, userId)).length + 1}`
      await takeOverAccount(db, vault, { userId, portal: 'polimisport', name, credentials })
      const account = (await listAccountsOf(db.read, userId)).at(-1)
      if (!account) throw new Error('the account was not added')
      return account
    },
    async close() {
      await db.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
