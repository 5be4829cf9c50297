import { ACCOUNTS, BOOK_COLUMNS, DAY, FIRST_USER, PLACE, PORTAL } from '../queue/our-rows.ts'
import type { Bulk } from './bulk.ts'

/** So many rows are added by one statement. */
const CHUNK = 100_000
/** Between the ends of two actions. */
const EVERY_SECONDS = 30

/** What a database holds: actions that have ended, and such that wait, one half due and the other half not yet. */
export type Contents = { ended: number; pending: number }

/** Fills an empty database. Each ended action has an attempt, two steps and a notice that was sent. */
export async function fill(bulk: Bulk, { ended, pending }: Contents): Promise<void> {
  for (let from = 0; from < ended; from += CHUNK)
    await bulk.run(endedActions(bulk, from + 1, Math.min(from + CHUNK, ended), ended))
  await bulk.run(`insert into attempts (action_id, attempt, worker_id, started_at, ended_at, ms, outcome)
    select id, attempt, 'worker', started_at, completed_at, 900, status from booking_actions`)
  for (const step of ['logged-in', 'submitted'])
    await bulk.run(`insert into action_steps (action_id, attempt, name, at)
      select id, attempt, '${step}', started_at from booking_actions`)
  await bulk.run(`insert into notices (user_id, kind, data, dedupe_key, state, run_at, created_at, ended_at)
    select user_id, 'action-ended', '{"kind":"action-ended","actionId":' || id || '}',
      user_id || ':action-ended:' || id, 'sent', completed_at, completed_at, completed_at from booking_actions`)
  await bulk.run(pendingActions(bulk, 'due', pending / 2, '60'))
  await bulk.run(pendingActions(bulk, 'later', pending / 2, '-86400'))
}

function endedActions(bulk: Bulk, from: number, to: number, all: number): string {
  const at = bulk.ago(`(${all} - n) * ${EVERY_SECONDS} + 60`)
  return `insert into booking_actions (${BOOK_COLUMNS}, attempt, lease_token, result, error, started_at, completed_at)
    with recursive numbers(n) as (select ${from} union all select n + 1 from numbers where n < ${to})
    select 'book', ${FIRST_USER} + n % ${ACCOUNTS}, n % ${ACCOUNTS} + 1, '${PORTAL}',
      case when n % 20 = 0 then 'failed' when n % 33 = 0 then 'cancelled' else 'completed' end, 10, ${at}, ${at},
      '2037-11-26T17:00:00.000Z', '${PLACE}', 'YOGA', '${DAY}', '18:00', '18:55', '900013720261126001', 'ended:' || n,
      'update:ended:' || n, 10, 1001, ${at}, 1, 1,
      case when n % 20 = 0 or n % 33 = 0 then null else '{"kind":"booked"}' end,
      case when n % 20 = 0 then '{"kind":"slot-full","message":"no place left"}' end, ${at}, ${at} from numbers`
}

function pendingActions(bulk: Bulk, key: string, count: number, secondsAgo: string): string {
  const at = bulk.ago(secondsAgo)
  return `insert into booking_actions (${BOOK_COLUMNS})
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})
    select 'book', ${FIRST_USER} + n % ${ACCOUNTS}, n % ${ACCOUNTS} + 1, '${PORTAL}', 'pending', 10, ${at}, ${at},
      '2037-11-26T17:00:00.000Z', '${PLACE}', 'YOGA', '${DAY}', '18:00', '18:55', '900013720261126001',
      '${key}:' || n, null, 10, 1001, ${at} from numbers`
}
