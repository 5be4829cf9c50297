import { join } from 'node:path'
import { after } from 'node:test'
import { TEMPLATE, testPostgres } from './test-postgres.ts'

export type Engine = 'SQLite' | 'PostgreSQL'

/** The engine that this run of the tests is on; the suite runs once on each (test/run.ts). */
export const ENGINE: Engine = process.env['BOOKWRIGHT_TEST_ENGINE'] === 'PostgreSQL' ? 'PostgreSQL' : 'SQLite'

export type TestDatabase = { url: string; drop(): Promise<void> }

/**
 * A database of its own on `engine`; with `empty`, even without our tables. `folder` is where SQLite's file goes. One
 * with our tables has to have them still when it is dropped: emptied, it serves the next test.
 */
export async function makeTestDatabase(
  folder: string,
  engine: Engine = ENGINE,
  contents: 'empty' | 'our tables' = 'our tables',
): Promise<TestDatabase> {
  if (engine === 'SQLite') return { url: `file:${join(folder, 'bookwright.db')}`, drop: async () => undefined }
  return contents === 'empty' ? await makeEmpty() : await makeOurs()
}

/** Databases with our tables that no test uses now: copying the template takes many times as long as emptying one. */
const spare: string[] = []
let made = 0
let closed = false
let started: ReturnType<typeof testPostgres> | undefined

async function makeOurs(): Promise<TestDatabase> {
  const server = await postgres()
  const name = spare.pop() ?? (await make(TEMPLATE))
  return {
    url: server.url(name),
    async drop() {
      if (closed) return
      await server.emptyDatabase(name)
      spare.push(name)
    },
  }
}

async function makeEmpty(): Promise<TestDatabase> {
  const server = await postgres()
  const name = await make()
  return { url: server.url(name), drop: async () => (closed ? undefined : server.dropDatabase(name)) }
}

async function make(template?: string): Promise<string> {
  made += 1
  const name = `test_${process.pid}_${made}`
  await (await postgres()).createDatabase(name, template)
  return name
}

function postgres(): ReturnType<typeof testPostgres> {
  started ??= testPostgres()
  return started
}

after(async () => {
  closed = true
  if (!started) return
  const server = await started
  for (const name of spare) await server.dropDatabase(name)
  await server.close()
})
