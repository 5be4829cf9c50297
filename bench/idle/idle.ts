import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../../src/db/database.ts'
import { inPlace, type Place } from '../place.ts'
import { inPlaceWithPostgres } from '../postgres.ts'
import type { Benchmark, Scale } from '../report.ts'
import { cpuSeconds, cpuSecondsOfTree, parentOf } from './cpu.ts'
import { openIdleHouse } from './idle-house.ts'
import { measureFloor, measurePickups } from './pickups.ts'
import { type Idled, reportOf } from './report-idle.ts'

type Counts = { settleMs: number; idleMs: number; pickups: number }

const COUNTS: Record<Scale, Counts> = {
  full: { settleMs: 5_000, idleMs: 60_000, pickups: 100 },
  quick: { settleMs: 100, idleMs: 1_000, pickups: 2 },
}

/** What waiting costs, and whether everybody is awake at once after it. */
export const idleBench: Benchmark = {
  name: 'idle',
  what: 'the bot and four workers with nothing to do: CPU, and how fast they are awake, on both engines',
  async run(scale) {
    const counts = COUNTS[scale]
    const sqlite = await inPlace((place) => idle(place, `file:${join(place.folder, 'data', 'bookwright.db')}`, counts))
    const postgres = await inPlaceWithPostgres(async (place, server) => {
      await server.createDatabase('ours')
      await server.createDatabase('floor')
      const idled = await idle(place, server.url('ours'), counts)
      return { ...idled, floor: await measureFloor(place, server.url('floor'), counts.pickups) }
    })
    return reportOf(sqlite, postgres)
  },
}

async function idle(place: Place, url: string, { settleMs, idleMs, pickups }: Counts): Promise<Idled> {
  const house = await openIdleHouse(place, url)
  const server = url.startsWith('file:') ? undefined : await serverOf(house.db)
  await pause(settleMs)
  const processes = () => house.pids.map((pid) => cpuSeconds([pid]))
  const [before, serverBefore, start] = [processes(), server && cpuSecondsOfTree(server), performance.now()]
  await pause(idleMs)
  const [after, serverAfter, end] = [processes(), server && cpuSecondsOfTree(server), performance.now()]
  const seconds = (end - start) / 1000
  return {
    seconds,
    processes: after.map((cpu, index) => (cpu - (before[index] ?? 0)) / seconds),
    ...(serverAfter === undefined || serverBefore === undefined
      ? {}
      : { server: (serverAfter - serverBefore) / seconds }),
    pickups: await measurePickups(house, pickups),
  }
}

/** The process of PostgreSQL that all others belong to. */
async function serverOf(db: Database): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db.read)
  return parentOf(rows[0]?.pid ?? 0)
}
