import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureVaultKey, openVault } from '../../src/core/vault.ts'
import { listAccountsOf, takeOverAccount } from '../../src/db/accounts.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { listSlotsOn, replaceTimetable } from '../../src/db/slots.ts'
import { ensureUser } from '../../src/db/users.ts'
import type { Place } from '../place.ts'
import { type BotApi, startBotApi } from './bot-api.ts'

const OWNER = { id: 5_000_000_001, first_name: 'Ada', language_code: 'en' }
const PORTAL = 'polimisport'

export type BotHouse = {
  api: BotApi
  db: Database
  databaseUrl: string
  /** Of the person who presses. */
  account: number
  /** Of somebody else, for the actions of the drainers. */
  otherAccounts: number[]
  /** Slots that can be booked now. */
  slots: number[]
}

/** The real bot as a process of its own, a Bot API server of ours, and a database with classes to book. */
export async function openBotHouse(place: Place, slotCount: number): Promise<BotHouse> {
  const databaseUrl = `file:${join(place.folder, 'data', 'bookwright.db')}`
  const db = await openDatabase({ url: databaseUrl })
  place.onClose(() => db.close())
  const accounts = await addAccounts(place, db)
  const date = Temporal.Now.plainDateISO('Europe/Rome').add({ days: 1 }).toString()
  const slots = await addSlots(db, date, slotCount)
  const api = await startBotApi(OWNER)
  place.onClose(() => api.close())
  const config = join(place.folder, 'config.json')
  const telegram = { botToken: '4242:benchmark-token', ownerId: OWNER.id, apiRoot: api.url }
  // One person presses more in a minute than anybody may in an hour.
  const limits = { actionsPerHour: 10_000 }
  writeFileSync(config, JSON.stringify({ telegram, limits }), { mode: 0o600 })
  await place.start('src/bot/main.ts', [], { BOOKWRIGHT_CONFIG: config }).logged('bot started')
  const [account = 0, ...otherAccounts] = accounts
  return { api, db, databaseUrl, account, otherAccounts, slots }
}

async function addAccounts(place: Place, db: Database): Promise<number[]> {
  const keyFile = join(place.folder, 'data', 'vault.key')
  ensureVaultKey(keyFile)
  const vault = openVault(keyFile)
  const others = Array.from({ length: 8 }, (_, index) => OWNER.id + 1 + index)
  const ids: number[] = []
  for (const userId of [OWNER.id, ...others]) {
    await ensureUser(db, userId, userId === OWNER.id ? 'owner' : 'member')
    const credentials = { username: String(userId), password: 'none' }
    await takeOverAccount(db, vault, { userId, portal: PORTAL, name: 'Polimisport', credentials })
    ids.push(...(await listAccountsOf(db.read, userId)).map(({ id }) => id))
  }
  return ids
}

async function addSlots(db: Database, date: string, count: number): Promise<number[]> {
  const slots = Array.from({ length: count }, (_, index) => ({
    location: 'Giuriati - Corsi Platinum',
    course: `CLASS ${index}`,
    date,
    start: '18:00',
    end: '18:55',
    instructor: 'ESEMPIO ADA',
    spots: 10,
    state: 'available' as const,
    siteId: `${900013720261126000 + index * 256}`,
  }))
  await db.write((tx) => replaceTimetable(tx, PORTAL, slots, db.clock.now()))
  return (await listSlotsOn(db.read, PORTAL, date)).map(({ id }) => id)
}
