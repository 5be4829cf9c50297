import { readdirSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Contender, Hooks, OpenQueue } from './contender.ts'
import { ACCOUNTS, BOOK_COLUMNS, DAY, FIRST_USER, makeSeeded, PLACE, PORTAL, refill } from './our-rows.ts'
import { truncateLog } from './sqlite-log.ts'

const BUSY_MS = 5_000
/** A blocked event loop hears nothing: it is given a turn after so many jobs. */
const JOBS_A_TURN = 20

/** The floor: our rows in our tables by prepared statements of better-sqlite3, one transaction for each step. */
export function rawSqlite(synchronous: 'FULL' | 'NORMAL'): Contender {
  return async (file) => {
    await makeSeeded(`file:${file}`)
    const db = new Sqlite(file, { timeout: BUSY_MS })
    for (const pragma of ['journal_mode = WAL', `synchronous = ${synchronous}`]) db.pragma(pragma)
    const { insert, claim, end } = prepare(db)
    const pokes = openPokes(file)
    let count = 0

    function claimAll(hooks: Hooks, most: number): boolean {
      for (let done = 0; done < most; done++) {
        const row = claim.immediate()
        if (!row) return false
        hooks.started(String(row.id))
        end.immediate(row)
        if (!hooks.ended()) return false
      }
      return true
    }

    return {
      async enqueue() {
        count += 1
        const account = (count % ACCOUNTS) + 1
        const key = `${process.pid}:${count}`
        const [now, user] = [stamp(), FIRST_USER + account - 1]
        const { lastInsertRowid } = insert.run(user, account, now, now, `book:${key}`, `update:${key}`, now)
        pokes.poke()
        return String(lastInsertRowid)
      },
      async fill(jobs, told) {
        await refill(`file:${file}`, jobs, told)
        truncateLog(file)
        pokes.forget()
      },
      work: (hooks) =>
        pokes.serve(async () => {
          while (claimAll(hooks, JOBS_A_TURN)) await turn()
        }),
      async close() {
        pokes.forget()
        db.close()
      },
    } satisfies OpenQueue
  }
}

type Claimed = { id: number; attempt: number; user_id: number | null; started_at: string }

function prepare(db: Sqlite.Database) {
  const insert = db.prepare(`insert into booking_actions (${BOOK_COLUMNS})
    values ('book', ?, ?, '${PORTAL}', 'pending', 10, ?, ?, '2037-11-26T17:00:00.000Z', '${PLACE}', 'YOGA', '${DAY}',
      '18:00', '18:55', '900013720261126001', ?, ?, 10, 1001, ?)`)
  // The "+" keeps SQLite from taking the index on run_at, for which it would sort all that is due.
  const next = db.prepare(`select a.id from booking_actions a join accounts on accounts.id = a.account_id
    where a.status = 'pending' and +a.run_at <= ? and (accounts.state = 'active' or a.action_type = 'check')
      and not exists (select 1 from booking_actions p where p.account_id = a.account_id and p.status = 'processing')
    order by a.turn_at, a.id limit 1`)
  const take = db.prepare(`update booking_actions set status = 'processing', attempt = attempt + 1,
    lease_token = lease_token + 1, lease_until = ?, worker_id = 'raw', started_at = ? where id = ? returning *`)
  const complete = db.prepare(`update booking_actions set status = 'completed', result = '{"kind":"booked"}',
    error = null, outcome_unknown = 0, lease_until = null, worker_id = null, completed_at = ? where id = ?`)
  const attempt = db.prepare(`insert into attempts
    (action_id, attempt, worker_id, started_at, ended_at, ms, outcome) values (?, ?, 'raw', ?, ?, 0, 'completed')`)
  const notice = db.prepare(`insert into notices (user_id, kind, data, dedupe_key, state, run_at, created_at)
    values (?, 'action-ended', ?, ?, 'pending', ?, ?)`)
  return {
    insert,
    claim: db.transaction(() => {
      const now = stamp()
      const row = next.get(now) as { id: number } | undefined
      return row && (take.get(now, now, row.id) as Claimed)
    }),
    end: db.transaction((row: Claimed) => {
      const now = stamp()
      complete.run(now, row.id)
      attempt.run(row.id, row.attempt, row.started_at, now)
      if (row.user_id === null) return
      const data = `{"kind":"action-ended","actionId":${row.id}}`
      notice.run(row.user_id, data, `${row.user_id}:action-ended:${row.id}`, now, now)
    }),
  }
}

/** Wakes one waiting worker through a unix socket that stays open. */
function openPokes(file: string) {
  const start = `${basename(file)}-raw-`
  let sockets: Socket[] | undefined
  let turns = 0
  const connect = () =>
    readdirSync(dirname(file))
      .filter((name) => name.startsWith(start))
      .map((name) =>
        createConnection(join(dirname(file), name))
          .on('error', () => undefined)
          .unref(),
      )
  return {
    poke() {
      sockets ??= connect()
      turns += 1
      sockets[turns % sockets.length]?.write('.')
    },
    /** Calls `work` now and for each poke; answers how to stop. */
    async serve(work: () => Promise<void>): Promise<() => Promise<void>> {
      const open: Socket[] = []
      const server = createServer((socket) => {
        open.push(socket.on('error', () => socket.destroy()))
        socket.on('data', () => void work())
      })
      const { promise, resolve } = Promise.withResolvers<void>()
      server.listen(join(dirname(file), `${start}${process.pid}`), resolve)
      await promise
      void work()
      return async () => {
        for (const socket of open) socket.destroy()
        await new Promise((done) => server.close(done))
      }
    },
    /** Others may wait by the time of the next poke. */
    forget() {
      for (const socket of sockets ?? []) socket.destroy()
      sockets = undefined
    },
  }
}

function stamp(): string {
  return Temporal.Now.instant().toString({ fractionalSecondDigits: 3 })
}
