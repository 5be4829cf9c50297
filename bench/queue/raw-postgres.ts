import { Client } from 'pg'
import { hasCode } from '../../src/core/errors.ts'
import type { Contender, Hooks, OpenQueue } from './contender.ts'
import { ACCOUNTS, BOOK_COLUMNS, DAY, FIRST_USER, makeSeeded, PLACE, PORTAL, refill } from './our-rows.ts'
import { vacuum } from './vacuum.ts'

const CHANNEL = 'raw'
/** Another worker has just claimed for the same account. */
const UNIQUE_VIOLATION = '23505'

/** The floor: our rows in our tables by prepared statements of pg, one statement, and so one transaction, for each step. */
export function rawPostgres(waking: 'silent' | 'notify'): Contender {
  return async (url) => {
    await makeSeeded(url)
    const client = new Client({ connectionString: url })
    await client.connect()
    let count = 0
    return {
      async enqueue() {
        count += 1
        const account = (count % ACCOUNTS) + 1
        const key = `${process.pid}:${count}`
        const values = [FIRST_USER + account - 1, account, stamp(), `book:${key}`, `update:${key}`]
        const text = waking === 'notify' ? INSERT_AND_NOTIFY : INSERT
        const { rows } = await client.query<{ id: number }>({ name: 'insert', text, values })
        return String(rows[0]?.id)
      },
      async fill(jobs, told) {
        await refill(url, jobs, told)
        await vacuum(url)
      },
      work: (hooks) => workOn(url, client, hooks),
      close: () => client.end(),
    } satisfies OpenQueue
  }
}

/** Claims and ends on `client`; waits with LISTEN on a connection of its own. */
async function workOn(url: string, client: Client, hooks: Hooks): Promise<() => Promise<void>> {
  const listener = new Client({ connectionString: url })
  await listener.connect()
  let going = true
  let wake = Promise.withResolvers<void>()
  listener.on('notification', () => wake.resolve())
  await listener.query(`listen ${CHANNEL}`)

  async function claimAll(): Promise<void> {
    while (going) {
      const row = await claim(client)
      if (!row) return
      hooks.started(String(row.id))
      await client.query({ name: 'end', text: END, values: [row.id, stamp()] })
      if (!hooks.ended()) return
    }
  }

  async function loop(): Promise<void> {
    while (going) {
      wake = Promise.withResolvers()
      await claimAll().catch(hooks.failed)
      if (going) await wake.promise
    }
  }
  const looping = loop()
  return async () => {
    going = false
    wake.resolve()
    await looping
    await listener.end()
  }
}

async function claim(client: Client): Promise<{ id: number } | undefined> {
  for (;;) {
    try {
      const { rows } = await client.query<{ id: number }>({ name: 'claim', text: CLAIM, values: [stamp()] })
      return rows[0]
    } catch (error) {
      if (!hasCode(error, UNIQUE_VIOLATION)) throw error
    }
  }
}

const INSERT = `insert into booking_actions (${BOOK_COLUMNS})
  values ('book', $1, $2, '${PORTAL}', 'pending', 10, $3, $3, '2037-11-26T17:00:00.000Z', '${PLACE}', 'YOGA', '${DAY}',
    '18:00', '18:55', '900013720261126001', $4, $5, 10, 1001, $3) returning id`
const INSERT_AND_NOTIFY = `with queued as (${INSERT}) select id, pg_notify('${CHANNEL}', '') from queued`
const CLAIM = `update booking_actions set status = 'processing', attempt = attempt + 1, lease_token = lease_token + 1,
    lease_until = $1, worker_id = 'raw', started_at = $1
  where id = (select a.id from booking_actions a join accounts on accounts.id = a.account_id
    where a.status = 'pending' and a.run_at <= $1 and (accounts.state = 'active' or a.action_type = 'check')
      and not exists (select 1 from booking_actions p where p.account_id = a.account_id and p.status = 'processing')
    order by a.turn_at, a.id limit 1 for update of a skip locked)
  returning *`
const END = `with done as (
    update booking_actions set status = 'completed', result = '{"kind":"booked"}', error = null, outcome_unknown = 0,
      lease_until = null, worker_id = null, completed_at = $2 where id = $1 returning *),
  audited as (
    insert into attempts (action_id, attempt, worker_id, started_at, ended_at, ms, outcome)
    select id, attempt, 'raw', started_at, $2, 0, 'completed' from done)
  insert into notices (user_id, kind, data, dedupe_key, state, run_at, created_at)
  select user_id, 'action-ended', '{"kind":"action-ended","actionId":' || id || '}',
    user_id || ':action-ended:' || id, 'pending', $2, $2 from done where user_id is not null`

function stamp(): string {
  return Temporal.Now.instant().toString({ fractionalSecondDigits: 3 })
}
