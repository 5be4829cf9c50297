import { join } from 'node:path'
import { after } from 'node:test'
import { openDatabase } from '../../src/db/database.ts'
import { type PostgresServer, startPostgresServer } from './postgres-server.ts'

export type Engine = 'SQLite' | 'PostgreSQL'

/** The engine that this run of the tests is on; the suite runs once on each (test/run.ts). */
export const ENGINE: Engine = process.env['BOOKWRIGHT_TEST_ENGINE'] === 'PostgreSQL' ? 'PostgreSQL' : 'SQLite'

export type TestDatabase = { url: string; drop(): Promise<void> }

/** A database of its own on `engine`; with `empty`, even without our tables. `folder` is where SQLite's file goes. */
export async function makeTestDatabase(
  folder: string,
  engine: Engine = ENGINE,
  contents: 'empty' | 'our tables' = 'our tables',
): Promise<TestDatabase> {
  if (engine === 'SQLite') return { url: `file:${join(folder, 'bookwright.db')}`, drop: async () => undefined }
  const { server, template } = await postgres()
  made += 1
  const name = `test_${process.pid}_${made}`
  await server.createDatabase(name, contents === 'empty' ? undefined : template)
  return { url: server.url(name), drop: async () => (closed ? undefined : server.dropDatabase(name)) }
}

let made = 0
let closed = false
/** One server a test process; each database in it is a copy of one that has our tables already. */
let started: Promise<{ server: PostgresServer; template: string }> | undefined

function postgres(): NonNullable<typeof started> {
  started ??= start()
  return started
}

async function start(): Promise<{ server: PostgresServer; template: string }> {
  const server = await startPostgresServer({ fsync: false })
  const template = 'our_tables'
  await server.createDatabase(template)
  await (await openDatabase({ url: server.url(template) })).close()
  return { server, template }
}

after(async () => {
  closed = true
  if (started) await (await started).server.close()
})
