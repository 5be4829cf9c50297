import { openDatabase } from '../../src/db/database.ts'
import { type Databases, databasesAt, startPostgresServer } from './postgres-server.ts'

/** A database with our tables and nothing else, to be copied. */
export const TEMPLATE = 'our_tables'
/** Where the server of the whole run listens; test/run.ts starts it, so that not every test file has to. */
export const PORT_VARIABLE = 'BOOKWRIGHT_TEST_POSTGRES_PORT'

/** The server for tests: that of the whole run, else one of our own. */
export async function testPostgres(): Promise<Databases & { close(): Promise<void> }> {
  const port = process.env[PORT_VARIABLE]
  return port === undefined ? await startTestPostgres() : { ...databasesAt(Number(port)), close: async () => undefined }
}

/** Starts a server that has the template. */
export async function startTestPostgres(): Promise<Databases & { close(): Promise<void> }> {
  const server = await startPostgresServer({ fsync: false })
  await server.createDatabase(TEMPLATE)
  await (await openDatabase({ url: server.url(TEMPLATE) })).close()
  return server
}
