import { join } from 'node:path'
import { sql } from 'kysely'
import { stampAfter } from '../../src/core/clock.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import type { Database } from '../../src/db/database.ts'
import { inPlaceWithPostgres } from '../postgres.ts'
import { openSeeded, SESSION_LIMITS } from '../queue/our-rows.ts'
import type { Benchmark, Scale } from '../report.ts'
import { type Bulk, bulkOnPostgres, bulkOnSqlite } from './bulk.ts'
import { type Contents, fill } from './fill.ts'
import { BUSY, IDLE, type Operation } from './operations.ts'
import { type Measured, reportOf } from './report-growth.ts'

export type Counts = { small: Contents; large: Contents; turns: number; warmUp: number }

const COUNTS: Record<Scale, Counts> = {
  full: {
    small: { ended: 100, pending: 10_000 },
    large: { ended: 1_000_000, pending: 10_000 },
    turns: 300,
    warmUp: 60,
  },
  quick: { small: { ended: 10, pending: 200 }, large: { ended: 1_000, pending: 200 }, turns: 5, warmUp: 1 },
}
/** Actions that workers are at all the time. */
const IN_WORK = 4
const DAY_MS = 86_400_000

/** What the queue costs when it has a long past. */
export const growthBench: Benchmark = {
  name: 'growth',
  what: 'claiming, ending, adding and reading with few and with a million ended actions, on both engines',
  run: (scale) =>
    inPlaceWithPostgres(async (place, server) => {
      const counts = COUNTS[scale]
      const sqlite = await measureOn(counts, async (size, contents) => {
        const file = join(place.folder, `${size}.db`)
        return await openFilled(`file:${file}`, async () => bulkOnSqlite(file), contents)
      })
      const postgres = await measureOn(counts, async (size, contents) => {
        await server.createDatabase(size)
        return await openFilled(server.url(size), () => bulkOnPostgres(server.url(size)), contents)
      })
      return reportOf(counts, { SQLite: sqlite, PostgreSQL: postgres })
    }),
}

async function openFilled(url: string, openBulk: () => Promise<Bulk>, contents: Contents): Promise<Database> {
  const db = await openSeeded(url)
  const bulk = await openBulk()
  await fill(bulk, contents)
  await bulk.close()
  for (let index = 0; index < IN_WORK; index++) await claimNextAction(db, 'another', SESSION_LIMITS)
  // Nobody renews these leases.
  await db.write((tx, now) =>
    tx
      .updateTable('booking_actions')
      .set({ lease_until: stampAfter(now, DAY_MS) })
      .where('status', '=', 'processing')
      .execute(),
  )
  return db
}

async function measureOn(
  { small, large, turns, warmUp }: Counts,
  open: (size: string, contents: Contents) => Promise<Database>,
): Promise<Measured> {
  const measured: Measured = { small: {}, large: {} }
  const databases = { small: await open('small', small), large: await open('large', large) }
  const measure = async (operations: readonly Operation[]) => {
    for (let turn = 0; turn < warmUp + turns; turn++)
      for (const operation of operations)
        for (const size of ['small', 'large'] as const) {
          const times = await operation(databases[size], turn)
          if (turn < warmUp) continue
          for (const [what, ms] of Object.entries(times)) {
            measured[size][what] ??= []
            measured[size][what].push(ms)
          }
        }
  }
  await measure(BUSY)
  for (const db of Object.values(databases)) await putOff(db)
  await measure(IDLE)
  for (const db of Object.values(databases)) await db.close()
  return measured
}

/** Nothing is due any more; the same actions wait as before. */
async function putOff(db: Database): Promise<void> {
  await db.write(async (tx, now) => {
    const later = stampAfter(now, DAY_MS)
    await sql`update booking_actions set run_at = ${later}, turn_at = ${later} where status = 'pending'`.execute(tx)
  })
}
