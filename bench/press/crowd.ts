import Sqlite from 'better-sqlite3'
import type { BotHouse } from './bot-house.ts'

const USERS = 100
const RULES_A_USER = 10
const WEEKS = 12
const ENDED = 100_000
/** Beyond the ids that the house itself uses. */
const FIRST_USER = 6_000_000_000
const PLACE = 'Giuriati - Corsi Platinum'
const LONG_AGO = '2026-06-01T08:00:00.000Z'

/** Fills the house with people, each with an account, rules with their occurrences, and a share of the ended actions. */
export async function crowd({ databaseUrl }: BotHouse): Promise<void> {
  const db = new Sqlite(databaseUrl.slice('file:'.length))
  try {
    db.exec('begin')
    const numbers = (count: number) =>
      `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})`
    db.exec(`insert into users (id, role, first_name, created_at)
      ${numbers(USERS)} select ${FIRST_USER} + n, 'member', 'Person ' || n, '${LONG_AGO}' from numbers`)
    db.exec(`insert into accounts (user_id, portal, name, login_hash, credentials, state, created_at, updated_at)
      select id, 'polimisport', 'Polimisport', 'hash:' || id, 'sealed', 'active', '${LONG_AGO}', '${LONG_AGO}'
      from users where id > ${FIRST_USER}`)
    db.exec(`insert into periodic_bookings (user_id, account_id, portal, location, course_name, name_key, weekday,
        time_slot, mode, state, ask_hours, cancel_hours, created_at, updated_at)
      ${numbers(RULES_A_USER)} select user_id, id, portal, '${PLACE}', 'CLASS ' || n, 'class ' || n, n % 7 + 1, '18:00',
        'ask', 'active', 5, 1, '${LONG_AGO}', '${LONG_AGO}' from accounts, numbers where user_id > ${FIRST_USER}`)
    db.exec(`insert into pending_confirmations (periodic_booking_id, user_id, date, location, course_name, time_slot,
        state, created_at)
      ${numbers(WEEKS)} select id, user_id, date('2026-06-01', (n * 7) || ' days'), location, course_name, time_slot,
        'confirmed', '${LONG_AGO}' from periodic_bookings, numbers`)
    // The owner, who presses, has their share of the history too.
    db.exec(`insert into booking_actions (action_type, user_id, account_id, portal, status, priority, run_at, turn_at,
        location, course_name, date, time_slot, end_time, dedupe_key, attempt, max_attempts, result, created_at,
        started_at, completed_at)
      ${numbers(ENDED)} select 'book', a.user_id, a.id, 'polimisport', 'completed', 0, '${LONG_AGO}', '${LONG_AGO}',
        '${PLACE}', 'YOGA', '2026-06-08', '18:00', '18:55', 'ended:' || n, 1, 10, '{"kind":"booked"}', '${LONG_AGO}',
        '${LONG_AGO}', '${LONG_AGO}' from numbers
      join (select id, user_id, row_number() over (order by id) as place, count(*) over () as all_of_them from accounts) a
        on a.place = numbers.n % a.all_of_them + 1`)
    db.exec('commit')
  } finally {
    db.close()
  }
}
