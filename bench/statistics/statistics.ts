import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { stampAfter } from '../../src/core/clock.ts'
import type { Database } from '../../src/db/database.ts'
import { readStatistics, type Scope } from '../../src/db/statistics/read.ts'
import { type Bulk, bulkOnPostgres, bulkOnSqlite } from '../growth/bulk.ts'
import { fill } from '../growth/fill.ts'
import { nowMs } from '../instant.ts'
import { inPlaceWithPostgres } from '../postgres.ts'
import { openSeeded } from '../queue/our-rows.ts'
import type { Benchmark, Scale } from '../report.ts'
import { type Engine, reportOf } from './report-statistics.ts'

export type Counts = { ended: number; turns: number }

const COUNTS: Record<Scale, Counts> = {
  full: { ended: 100_000, turns: 7 },
  quick: { ended: 2_000, turns: 2 },
}
const DAYS = 90
const DAY_MS = 86_400_000
const ONE_ACCOUNT: Scope = { accountId: 1 }

/** What counting a long past costs, and for how long nobody else has their turn meanwhile. */
export const statisticsBench: Benchmark = {
  name: 'statistics',
  what: 'counting how 100,000 actions went, on both engines, beside plain SQL',
  run: (scale) =>
    inPlaceWithPostgres(async (place, server) => {
      const counts = COUNTS[scale]
      const file = join(place.folder, 'statistics.db')
      await server.createDatabase('statistics')
      const url = server.url('statistics')
      return reportOf(counts, {
        SQLite: await measureOn(counts, `file:${file}`, async () => bulkOnSqlite(file)),
        PostgreSQL: await measureOn(counts, url, () => bulkOnPostgres(url)),
      })
    }),
}

async function measureOn({ ended, turns }: Counts, url: string, openBulk: () => Promise<Bulk>): Promise<Engine> {
  const db = await openSeeded(url)
  const bulk = await openBulk()
  await fill(bulk, { ended, pending: 2 })
  await bulk.close()
  const measured: Engine = { all: [], one: [], floor: [], held: [], floorHeld: [] }
  // The first turn warms everything up.
  for (let turn = 0; turn <= turns; turn++) {
    const floor = await time(() => plainSql(db))
    const all = await time(() => readStatistics(db.read, 'everybody', DAYS, db.clock.now()))
    const one = await time(() => readStatistics(db.read, ONE_ACCOUNT, DAYS, db.clock.now()))
    if (turn === 0) continue
    measured.all.push(all.ms)
    measured.one.push(one.ms)
    measured.floor.push(floor.ms)
    measured.held.push(all.held)
    measured.floorHeld.push(floor.held)
  }
  await db.close()
  return measured
}

/** How long it took, and the longest time for which nothing else had its turn, in milliseconds. */
async function time(work: () => Promise<unknown>): Promise<{ ms: number; held: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await aMoment()
  const from = nowMs()
  await work()
  const ms = nowMs() - from
  await aMoment()
  delay.disable()
  return { ms, held: delay.max / 1e6 }
}

/** A delay is measured from one look to the next: there is to be one before the work, and one after it. */
async function aMoment(): Promise<void> {
  await pause(10)
}

/** Half of it by the engine alone: the counts, and the median and the p90 of the attempts. */
async function plainSql({ read, clock }: Database): Promise<void> {
  const since = stampAfter(clock.now(), -DAYS * DAY_MS)
  await sql`select portal, account_id, action_type, status, count(*) from booking_actions
    where completed_at >= ${since} group by portal, account_id, action_type, status`.execute(read)
  await sql`select account_id, action_type, ms from (
      select a.account_id, a.action_type, t.ms,
        row_number() over (partition by a.account_id, a.action_type order by t.ms) as place,
        count(*) over (partition by a.account_id, a.action_type) as n
      from booking_actions a join attempts t on t.action_id = a.id and t.outcome = 'completed'
      where a.completed_at >= ${since}) as ranked
    where place in ((n + 1) / 2, (9 * n + 9) / 10)`.execute(read)
}
