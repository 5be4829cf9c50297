import { join } from 'node:path'
import { after } from 'node:test'
import { TEMPLATE, testPostgres } from './test-postgres.ts'

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
  const server = await postgres()
  made += 1
  const name = `test_${process.pid}_${made}`
  await server.createDatabase(name, contents === 'empty' ? undefined : TEMPLATE)
  return { url: server.url(name), drop: async () => (closed ? undefined : server.dropDatabase(name)) }
}

let made = 0
let closed = false
let started: ReturnType<typeof testPostgres> | undefined

function postgres(): ReturnType<typeof testPostgres> {
  started ??= testPostgres()
  return started
}

after(async () => {
  closed = true
  if (started) await (await started).close()
})
