import { toStamp } from '../core/clock.ts'
import type { Database } from './database.ts'

/** A worker not seen for this long is taken for dead in what people are told. */
export const WORKER_SILENT_MS = 30_000

/** Notes that the worker is alive. */
export async function beatWorker(db: Database, id: string): Promise<void> {
  const seen_at = toStamp(db.clock.now())
  await db.write((tx) =>
    tx
      .insertInto('workers')
      .values({ id, started_at: seen_at, seen_at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at }))
      .execute(),
  )
}

/** Signs the worker off, and with it those that have been silent for a day. */
export async function removeWorker(db: Database, id: string): Promise<void> {
  const yesterday = toStamp(db.clock.now().subtract({ hours: 24 }))
  await db.write((tx) =>
    tx
      .deleteFrom('workers')
      .where((eb) => eb.or([eb('id', '=', id), eb('seen_at', '<', yesterday)]))
      .execute(),
  )
}

/** How many workers were alive lately. */
export async function countLiveWorkers(db: Database): Promise<number> {
  const since = toStamp(db.clock.now().subtract({ milliseconds: WORKER_SILENT_MS }))
  const row = await db.read
    .selectFrom('workers')
    .select((eb) => eb.fn.countAll<number>().as('alive'))
    .where('seen_at', '>=', since)
    .executeTakeFirstOrThrow()
  return Number(row.alive)
}
