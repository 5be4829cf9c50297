import { type PostgresServer, startPostgresServer } from '../test/support/postgres-server.ts'
import { inPlace, type Place } from './place.ts'

/** Runs `work` in a place of its own beside a real PostgreSQL, as it comes, that outlives all processes of the place. */
export async function inPlaceWithPostgres<T>(work: (place: Place, server: PostgresServer) => Promise<T>): Promise<T> {
  return await inPlace(async (outer) => {
    const server = await startPostgresServer({ fsync: true })
    outer.onClose(() => server.close())
    return await inPlace((place) => work(place, server))
  })
}
