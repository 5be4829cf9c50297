import type { PostgresServer } from '../../test/support/postgres-server.ts'
import type { Place } from '../place.ts'
import { inPlaceWithPostgres } from '../postgres.ts'
import type { Report } from '../report.ts'
import type { ContenderName } from './contender.ts'
import { measurePickups } from './pickup.ts'
import type { Counts } from './queue.ts'
import { pickupFigures, pickupRows, rateFigures, rateRows } from './report-queue.ts'
import { measureDrains, measureEnqueues } from './throughput.ts'
import { type Crew, openCrew } from './workers.ts'

/** Our queue on PostgreSQL beside prepared statements, graphile-worker and pg-boss. */
export async function queueOnPostgres(counts: Counts): Promise<Report> {
  const rates = await inPlaceWithPostgres((place, server) => measureRates(place, server, counts))
  const pickups = await inPlaceWithPostgres((place, server) => measureWaking(place, server, counts))
  return {
    rows: [...rates.rows, ...pickups.rows],
    notes: [...rates.notes, ...pickups.notes],
    figures: { ...rates.figures, ...pickups.figures },
  }
}

async function open(place: Place, server: PostgresServer, name: ContenderName, size: number): Promise<Crew> {
  await server.createDatabase(name)
  return await openCrew(place, name, server.url(name), size)
}

async function measureRates(place: Place, server: PostgresServer, counts: Counts): Promise<Report> {
  const raw = await open(place, server, 'raw-postgres', counts.workers)
  const ours = await open(place, server, 'ours-postgres', counts.workers)
  const graphile = await open(place, server, 'graphile-worker', counts.workers)
  const boss = await open(place, server, 'pg-boss-fetch', counts.workers)
  const enqueues = await measureEnqueues([raw, ours, graphile, boss], counts.enqueues, counts.rounds)
  const many = `${counts.workers} workers`
  const drainsBy = (workers: number, how: string) => [
    { key: `raw, ${how}`, crew: raw, workers, told: false },
    { key: `ours, ${how}`, crew: ours, workers, told: false },
    { key: `graphile-worker, ${how}`, crew: graphile, workers, told: false },
    { key: `pg-boss, ${how}`, crew: boss, workers, told: false },
    { key: `raw, told, ${how}`, crew: raw, workers, told: true },
    { key: `ours, told, ${how}`, crew: ours, workers, told: true },
  ]
  const drains = await measureDrains(
    [...drainsBy(1, '1 worker'), ...drainsBy(counts.workers, many)],
    counts.drains,
    counts.rounds,
  )
  return {
    rows: [
      ...rateRows('PostgreSQL, insert', enqueues, 'raw-postgres', [
        { key: 'raw-postgres', what: 'floor' },
        { key: 'ours-postgres', what: 'ours', atLeast: 0.55, aheadOf: ['graphile-worker', 'pg-boss-fetch'] },
        { key: 'graphile-worker', what: 'graphile-worker' },
        { key: 'pg-boss-fetch', what: 'pg-boss' },
      ]),
      ...['1 worker', many].flatMap((how) => [
        ...rateRows(`PostgreSQL, claim + end, ${how}`, drains, `raw, ${how}`, [
          { key: `raw, ${how}`, what: 'floor' },
          {
            key: `ours, ${how}`,
            what: 'ours',
            atLeast: 1,
            aheadOf: [`graphile-worker, ${how}`, `pg-boss, ${how}`],
          },
          { key: `graphile-worker, ${how}`, what: 'graphile-worker' },
          { key: `pg-boss, ${how}`, what: 'pg-boss' },
        ]),
        ...rateRows(`PostgreSQL, claim + end, ${how}`, drains, `raw, told, ${how}`, [
          { key: `raw, told, ${how}`, what: 'floor, with a user to tell' },
          { key: `ours, told, ${how}`, what: 'ours, with a user to tell', atLeast: 1 },
        ]),
      ]),
    ],
    notes: [
      'PostgreSQL’s floor is one statement, and so one transaction and one round trip, to claim and one to complete.',
      'graphile-worker: concurrency 1, prepared statements, no local queue and no batches: jobs are claimed and completed singly, as ours are. pg-boss: fetch and complete in a loop, batches of one, as its own loop waits between two.',
    ],
    figures: { enqueue: rateFigures(enqueues), drain: rateFigures(drains) },
  }
}

async function measureWaking(place: Place, server: PostgresServer, counts: Counts): Promise<Report> {
  const raw = await open(place, server, 'raw-postgres-notify', counts.workers)
  const ours = await open(place, server, 'ours-postgres', counts.workers)
  const graphile = await open(place, server, 'graphile-worker', counts.workers)
  const boss = await open(place, server, 'pg-boss', counts.workers)
  const notified = await open(place, server, 'pg-boss-notify', counts.workers)
  const many = `${counts.workers} workers`
  const pickupsBy = (workers: number, how: string) => [
    { key: `raw, ${how}`, crew: raw, workers },
    { key: `ours, ${how}`, crew: ours, workers },
    { key: `graphile-worker, ${how}`, crew: graphile, workers },
    { key: `pg-boss with notify, ${how}`, crew: notified, workers },
    { key: `pg-boss, ${how}`, crew: boss, workers },
  ]
  const pickups = await measurePickups(
    [...pickupsBy(1, '1 worker'), ...pickupsBy(counts.workers, many)],
    counts.pickups,
    counts.rounds,
  )
  return {
    rows: ['1 worker', many].flatMap((how) =>
      pickupRows(`PostgreSQL, queued → claimed, ${how}`, pickups, [
        { key: `raw, ${how}`, what: 'floor' },
        { key: `ours, ${how}`, what: 'ours', of: `raw, ${how}`, atMost: 1.3, aheadOf: [`graphile-worker, ${how}`] },
        { key: `graphile-worker, ${how}`, what: 'graphile-worker', of: `raw, ${how}` },
        { key: `pg-boss with notify, ${how}`, what: 'pg-boss with its notify', of: `raw, ${how}` },
        { key: `pg-boss, ${how}`, what: 'pg-boss, a look each two seconds' },
      ]),
    ),
    notes: [],
    figures: { pickup: pickupFigures(pickups) },
  }
}
