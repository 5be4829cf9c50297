import { join } from 'node:path'
import { inPlace, type Place } from '../place.ts'
import type { Report } from '../report.ts'
import type { ContenderName } from './contender.ts'
import { measurePickups } from './pickup.ts'
import type { Counts } from './queue.ts'
import { pickupFigures, pickupRows, rateFigures, rateRows } from './report-queue.ts'
import { measureDrains, measureEnqueues } from './throughput.ts'
import { type Crew, openCrew } from './workers.ts'

/** Our queue on SQLite beside prepared statements, liteque and plainjob. */
export async function queueOnSqlite(counts: Counts): Promise<Report> {
  const durable = await inPlace((place) => measureDurable(place, counts))
  const normal = await inPlace((place) => measureNormal(place, counts))
  return {
    rows: [...durable.rows, ...normal.rows],
    notes: [...durable.notes, ...normal.notes],
    figures: { ...durable.figures, ...normal.figures },
  }
}

function openCrews<N extends ContenderName>(place: Place, names: readonly N[], size: number): Promise<Record<N, Crew>> {
  const opening = names.map(async (name) => [name, await openCrew(place, name, join(place.folder, `${name}.db`), size)])
  return Promise.all(opening).then((opened) => Object.fromEntries(opened))
}

async function measureDurable(place: Place, counts: Counts): Promise<Report> {
  const names = ['raw-sqlite', 'ours-sqlite', 'liteque', 'plainjob'] as const
  const crews = await openCrews(place, names, counts.workers)
  const [raw, ours, liteque, plainjob] = names.map((name) => crews[name]) as [Crew, Crew, Crew, Crew]
  const enqueues = await measureEnqueues([raw, ours, liteque, plainjob], counts.enqueues, counts.rounds)
  const many = `${counts.workers} workers`
  const drainsBy = (workers: number, how: string) => [
    { key: `raw, ${how}`, crew: raw, workers, told: false },
    { key: `ours, ${how}`, crew: ours, workers, told: false },
    { key: `liteque, ${how}`, crew: liteque, workers, told: false },
    { key: `raw, told, ${how}`, crew: raw, workers, told: true },
    { key: `ours, told, ${how}`, crew: ours, workers, told: true },
  ]
  const drains = await measureDrains(
    [...drainsBy(1, '1 worker'), ...drainsBy(counts.workers, many)],
    counts.drains,
    counts.rounds,
  )
  const pickupsBy = (workers: number, how: string) => [
    { key: `raw, ${how}`, crew: raw, workers },
    { key: `ours, ${how}`, crew: ours, workers },
    { key: `liteque, ${how}`, crew: liteque, workers },
    { key: `plainjob, ${how}`, crew: plainjob, workers },
  ]
  const pickups = await measurePickups(
    [...pickupsBy(1, '1 worker'), ...pickupsBy(counts.workers, many)],
    counts.pickups,
    counts.rounds,
  )
  return {
    rows: [
      ...rateRows('SQLite, insert', enqueues, 'raw-sqlite', [
        { key: 'raw-sqlite', what: 'floor' },
        { key: 'ours-sqlite', what: 'ours', atLeast: 0.6 },
        { key: 'liteque', what: 'liteque, at FULL' },
        { key: 'plainjob', what: 'plainjob, at NORMAL' },
      ]),
      ...rateRows('SQLite, claim + end, 1 worker', drains, 'raw, 1 worker', [
        { key: 'raw, 1 worker', what: 'floor' },
        { key: 'ours, 1 worker', what: 'ours', atLeast: 0.7, aheadOf: ['liteque, 1 worker'] },
        { key: 'liteque, 1 worker', what: 'liteque, at FULL' },
      ]),
      ...rateRows('SQLite, claim + end, 1 worker', drains, 'raw, told, 1 worker', [
        { key: 'raw, told, 1 worker', what: 'floor, with a user to tell' },
        { key: 'ours, told, 1 worker', what: 'ours, with a user to tell', atLeast: 0.7 },
      ]),
      ...rateRows(`SQLite, claim + end, ${many}`, drains, `raw, ${many}`, [
        { key: `raw, ${many}`, what: 'floor' },
        { key: `ours, ${many}`, what: 'ours', of: 'ours, 1 worker', atLeast: 0.95, aheadOf: [`liteque, ${many}`] },
        { key: `ours, told, ${many}`, what: 'ours, with a user to tell', of: 'ours, told, 1 worker', atLeast: 0.95 },
        { key: `liteque, ${many}`, what: 'liteque, at FULL', of: 'liteque, 1 worker' },
      ]),
      ...['1 worker', many].flatMap((how) =>
        pickupRows(`SQLite, queued → claimed, ${how}`, pickups, [
          { key: `raw, ${how}`, what: 'floor' },
          { key: `ours, ${how}`, what: 'ours', of: `raw, ${how}`, p50: 2, p99: 6 },
          { key: `liteque, ${how}`, what: 'liteque, a look each second' },
          { key: `plainjob, ${how}`, what: 'plainjob, a look each second' },
        ]),
      ),
    ],
    notes: [
      'liteque at FULL, its own setting is NORMAL; its async transactions, which this better-sqlite3 refuses, commit statement by statement as they did with the one it was written for.',
    ],
    figures: { enqueue: rateFigures(enqueues), drain: rateFigures(drains), pickup: pickupFigures(pickups) },
  }
}

async function measureNormal(place: Place, counts: Counts): Promise<Report> {
  const names = ['raw-sqlite-normal', 'ours-sqlite-normal', 'raw-plainjob', 'plainjob'] as const
  const crews = await openCrews(place, names, counts.workers)
  const many = `${counts.workers} workers`
  const drainsBy = (workers: number, how: string) => [
    { key: `raw, ${how}`, crew: crews['raw-sqlite-normal'], workers, told: false },
    { key: `ours, ${how}`, crew: crews['ours-sqlite-normal'], workers, told: false },
    { key: `raw plainjob, ${how}`, crew: crews['raw-plainjob'], workers, told: false },
    { key: `plainjob, ${how}`, crew: crews.plainjob, workers, told: false },
  ]
  const drains = await measureDrains(
    [...drainsBy(1, '1 worker'), ...drainsBy(counts.workers, many)],
    counts.drainsAtNormal,
    counts.rounds,
  )
  return {
    rows: ['1 worker', many].flatMap((how) => {
      const title = `SQLite at NORMAL, claim + end, ${how}`
      const [peer, floor] = [`plainjob, ${how}`, `raw plainjob, ${how}`]
      return [
        ...rateRows(title, drains, `raw, ${how}`, [
          { key: `raw, ${how}`, what: 'floor' },
          { key: `ours, ${how}`, what: 'ours', aheadInShare: { peer, floor } },
        ]),
        ...rateRows(title, drains, floor, [
          { key: floor, what: 'floor with plainjob’s rows' },
          { key: peer, what: 'plainjob' },
        ]),
      ]
    }),
    notes: [
      'NORMAL does not survive a power cut; it is no setting of ours and set here only to compare with plainjob, whose rows are fewer and narrower: each is held against plain statements for its own rows.',
    ],
    figures: { drainAtNormal: rateFigures(drains) },
  }
}
