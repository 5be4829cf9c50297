import { sql } from 'kysely'
import { type Database, openDatabase, type Tx } from '../../src/db/database.ts'

/** Rows of our tables by plain SQL that both engines understand: the same for the raw floor and for ours. */

export const ACCOUNTS = 48
export const FIRST_USER = 5_000_000_001
export const PORTAL = 'polimisport'
/** Nothing is held back by a portal's limit. */
export const SESSION_LIMITS: ReadonlyMap<string, number> = new Map([[PORTAL, 1000]])

/** What a booking's action holds, and in these columns; `user_id`, `account_id`, `dedupe_key` and `origin` differ. */
export const BOOK_COLUMNS = `action_type, user_id, account_id, portal, status, priority, run_at, turn_at, deadline, location,
  course_name, date, time_slot, end_time, site_id, dedupe_key, origin, max_attempts, chat_message_id, created_at`
export const PLACE = 'Giuriati - Corsi Platinum'
export const DAY = '2037-11-26'

/** Opens our database at `url`, with tables, and accounts of as many users. */
export async function openSeeded(url: string): Promise<Database> {
  const db = await openDatabase({ url })
  const known = await db.read.selectFrom('accounts').select('id').limit(1).execute()
  if (known.length === 0) await db.write(seed)
  return db
}

async function seed(tx: Tx, now: Temporal.Instant): Promise<void> {
  const stamp = now.toString()
  const numbers = Array.from({ length: ACCOUNTS }, (_, index) => index)
  await tx
    .insertInto('users')
    .values(
      numbers.map((n) => ({
        id: FIRST_USER + n,
        role: 'member' as const,
        first_name: `user ${n}`,
        language: 'en',
        created_at: stamp,
      })),
    )
    .execute()
  await tx
    .insertInto('accounts')
    .values(
      numbers.map((n) => ({
        user_id: FIRST_USER + n,
        portal: PORTAL,
        name: 'Polimisport',
        login_hash: `login ${n}`,
        credentials: 'none',
        state: 'active' as const,
        created_at: stamp,
        updated_at: stamp,
      })),
    )
    .execute()
}

/** Makes our tables and the accounts where they are not there yet. */
export async function makeSeeded(url: string): Promise<void> {
  await (await openSeeded(url)).close()
}

/** Removes all actions and adds so many that are due, in turn of each account; `told`: their users are told of the end. */
export async function refill(url: string, count: number, told: boolean): Promise<void> {
  const db = await openSeeded(url)
  await db.write(async (tx, now) => {
    for (const table of ['notices', 'action_steps', 'attempts', 'booking_actions'])
      await sql`delete from ${sql.table(table)}`.execute(tx)
    const stamp = now.toString({ fractionalSecondDigits: 3 })
    await sql`insert into booking_actions (${sql.raw(BOOK_COLUMNS)})
      with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${sql.lit(count)})
      select 'book', ${sql.raw(told ? `${FIRST_USER} + n % ${ACCOUNTS}` : 'null')}, n % ${sql.lit(ACCOUNTS)} + 1,
        ${sql.lit(PORTAL)}, 'pending', 10, ${sql.lit(stamp)}, ${sql.lit(stamp)}, '2037-11-26T17:00:00.000Z', ${sql.lit(PLACE)}, 'YOGA',
        ${sql.lit(DAY)}, '18:00', '18:55', '900013720261126001', 'fill:' || n, null, 10,
        ${sql.raw(told ? '1001' : 'null')}, ${sql.lit(stamp)} from numbers where n <= ${sql.lit(count)}`.execute(tx)
  })
  await db.close()
}
