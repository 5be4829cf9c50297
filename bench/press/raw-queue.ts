import Sqlite from 'better-sqlite3'
import { openDatabase } from '../../src/db/database.ts'
import { ensureUser } from '../../src/db/users.ts'

/** The queue's table without Bookwright: plain statements, one durable transaction each. The floor. */
export type RawQueue = { insert(): void; claim(): boolean; clear(): void; close(): void }

const STAMP = '2026-11-25T11:00:00.000Z'

/** Makes a database with our tables, and one account for the actions to belong to. */
export async function makeRawDatabase(file: string): Promise<void> {
  const db = await openDatabase({ url: `file:${file}` })
  await ensureUser(db, 1, 'owner')
  const account = { id: 1, user_id: 1, portal: 'polimisport', name: 'a', login_hash: 'a', credentials: '' }
  const stamps = { config_hash: null, synced_at: null, created_at: STAMP, updated_at: STAMP }
  await db.write((tx) =>
    tx
      .insertInto('accounts')
      .values({ ...account, ...stamps, state: 'active' })
      .execute(),
  )
  await db.close()
}

export function openRawQueue(file: string): RawQueue {
  const db = new Sqlite(file, { timeout: 5000 })
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) db.pragma(pragma)
  const insert = db.prepare(`insert into booking_actions
    (action_type, user_id, account_id, portal, status, priority, run_at, turn_at, deadline, location, course_name, date,
      time_slot, end_time, site_id, dedupe_key, origin, max_attempts, chat_message_id, created_at)
    values ('book', 1, 1, 'polimisport', 'pending', 10, '${STAMP}', '${STAMP}', '${STAMP}', 'Giuriati - Corsi Platinum', 'YOGA',
      '2026-11-26', '18:00', '18:55', '900013720261126001', ?, ?, 10, 1001, '${STAMP}')`)
  const next = db.prepare(`select id from booking_actions where status = 'pending' order by turn_at, id limit 1`)
  const take = db.prepare(`update booking_actions set status = 'processing', attempt = attempt + 1,
    lease_token = lease_token + 1, lease_until = '${STAMP}', worker_id = 'raw', started_at = '${STAMP}'
    where id = ? returning *`)
  const end = db.prepare(`update booking_actions set status = 'completed' where status in ('pending', 'processing')`)
  const claim = db.transaction(() => {
    const row = next.get() as { id: number } | undefined
    if (row === undefined) return false
    take.get(row.id)
    return true
  })
  let count = 0
  return {
    insert() {
      count += 1
      insert.run(`book:1:${process.pid}:${count}`, `update:${process.pid}:${count}`)
    },
    claim: () => claim.immediate(),
    clear: () => void end.run(),
    close: () => void db.close(),
  }
}
