import type { Benchmark, Scale } from '../report.ts'
import { queueOnPostgres } from './on-postgres.ts'
import { queueOnSqlite } from './on-sqlite.ts'

/** How much is measured: rounds that count, jobs in each, and workers where there are many. */
export type Counts = {
  rounds: number
  enqueues: number
  drains: number
  drainsAtNormal: number
  pickups: number
  workers: number
}

const COUNTS: Record<Scale, Counts> = {
  full: { rounds: 5, enqueues: 400, drains: 1000, drainsAtNormal: 3000, pickups: 40, workers: 4 },
  quick: { rounds: 1, enqueues: 10, drains: 20, drainsAtNormal: 20, pickups: 3, workers: 2 },
}

/** The queue on both engines, beside plain statements and the queues that others use. */
export const queueBench: Benchmark = {
  name: 'queue',
  what: 'adding, claiming and ending actions on both engines, beside plain statements and other queues',
  async run(scale) {
    const counts = COUNTS[scale]
    const sqlite = await queueOnSqlite(counts)
    const postgres = await queueOnPostgres(counts)
    return {
      rows: [...sqlite.rows, ...postgres.rows],
      notes: [
        `Medians of ${counts.rounds} round(s) that count (${counts.enqueues} inserts, ${counts.drains} jobs claimed, ${counts.pickups} picked up a round), all in turn in each round.`,
        'Claims go over 48 accounts, one action at a time each, none held back by a portal’s limit; a process each worker.',
        ...sqlite.notes,
        ...postgres.notes,
      ],
      figures: { sqlite: sqlite.figures, postgres: postgres.figures },
    }
  },
}
