import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureVaultKey, openVault } from '../../src/core/vault.ts'
import { listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { ensureUser } from '../../src/db/users.ts'
import type { Place } from '../place.ts'
import { startBotApi } from '../press/bot-api.ts'

const OWNER = { id: 5_000_000_001, first_name: 'Ada', language_code: 'en' }
export const PORTAL = 'polimisport'
const WORKERS = 4

/** The bot and four workers as they run, with nothing to do. */
export type IdleHouse = { db: Database; account: number; pids: number[] }

export async function openIdleHouse(place: Place, url: string): Promise<IdleHouse> {
  const db = await openDatabase({ url })
  place.onClose(() => db.close())
  const account = await addAccount(place, db)
  const api = await startBotApi(OWNER)
  place.onClose(() => api.close())
  const config = join(place.folder, 'config.json')
  const telegram = { botToken: '4242:benchmark-token', ownerId: OWNER.id, apiRoot: api.url }
  // What is picked up ends at once, as no browser starts.
  const browser = { executablePath: '/bin/false' }
  writeFileSync(config, JSON.stringify({ telegram, database: { url }, browser }), { mode: 0o600 })
  const env = { BOOKWRIGHT_CONFIG: config }
  const processes = [
    { child: place.start('src/bot/main.ts', [], env), ready: 'bot started' },
    ...Array.from({ length: WORKERS }, () => ({
      child: place.start('src/worker/main.ts', [], env),
      ready: 'worker started',
    })),
  ]
  await Promise.all(processes.map(({ child, ready }) => child.logged(ready)))
  return { db, account, pids: processes.map(({ child }) => child.process.pid ?? 0) }
}

async function addAccount(place: Place, db: Database): Promise<number> {
  const keyFile = join(place.folder, 'data', 'vault.key')
  ensureVaultKey(keyFile)
  const vault = openVault(keyFile)
  await ensureUser(db, OWNER.id, 'owner')
  const credentials = { username: 'ada', password: 'none' }
  await takeOverAccount(db, vault, { userId: OWNER.id, portal: PORTAL, name: 'Polimisport', credentials })
  const [account] = await listAccountsOf(db.read, OWNER.id)
  if (!account) throw new Error('the account is not there')
  return account.id
}
