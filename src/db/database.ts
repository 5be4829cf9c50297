import { isAbsolute, resolve } from 'node:path'
import { CompiledQuery, Kysely, sql, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Clock } from '../core/clock.ts'
import { messageOf, UserError } from '../core/errors.ts'
import type { DatabaseDialect } from './dialects/dialect.ts'
import { sqliteDialect } from './dialects/sqlite.ts'
import { migrationsFor } from './migrations/index.ts'
import type { Schema } from './schema.ts'
import { openWaker, type Waker } from './waker.ts'

export type Tx = Transaction<Schema>
/** For reading: the database itself or a transaction. */
export type Reader = Kysely<Schema>

/** The hallway of the house: every process opens one. */
export type Database = {
  read: Reader
  clock: Clock
  waker: Waker
  /**
   * Runs `work` in one transaction: await nothing but the database inside it. `now` is the database's time when it
   * began; leases and due times go by it, not by the clock of the machine that asks.
   */
  write<T>(work: (tx: Tx, now: Temporal.Instant) => Promise<T>): Promise<T>
  /** The engine's version and whether its own check finds the file sound. */
  inspect(): Promise<{ version: string; integrity: string }>
  close(): Promise<void>
}

export type OpenOptions = { url: string; clock: Clock }

/** Opens the database at `url` (`file:path`) and brings its tables up to date. Throws `UserError`. */
export async function openDatabase({ url, clock }: OpenOptions): Promise<Database> {
  const dialect = dialectFor(url)
  const kysely = new Kysely<Schema>({ dialect: dialect.kysely })
  try {
    await migrate(kysely, dialect)
  } catch (error) {
    await kysely.destroy()
    throw error
  }
  const waker = await openWaker(databaseFile(url))
  return {
    read: kysely,
    clock,
    waker,
    write: (work) => kysely.transaction().execute((tx) => work(tx, clock.now())),
    inspect: () => inspect(kysely, dialect),
    close: async () => {
      await waker.close()
      await kysely.destroy()
    },
  }
}

/** The file behind a `file:` URL, absolute. */
export function databaseFile(url: string): string {
  const path = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '')
  return isAbsolute(path) ? path : resolve(path)
}

function dialectFor(url: string): DatabaseDialect {
  if (url.startsWith('file:')) return sqliteDialect(databaseFile(url))
  throw new UserError(
    'database.url: PostgreSQL is not supported yet; use "file:" and a path, such as "file:data/bookwright.db".',
  )
}

async function migrate(kysely: Kysely<Schema>, dialect: DatabaseDialect): Promise<void> {
  const migrations = migrationsFor(dialect)
  const migrator = new Migrator({ db: kysely, provider: { getMigrations: async () => migrations } })
  await refuseNewer(kysely, Object.keys(migrations))
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  throw new UserError(`The database could not be brought up to date (${messageOf(error)}). Nothing was changed.`, {
    cause: error,
  })
}

async function refuseNewer(kysely: Kysely<Schema>, known: string[]): Promise<void> {
  const tables = await kysely.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(kysely)
  const unknown = rows.find((row) => !known.includes(row.name))
  if (!unknown) return
  throw new UserError(
    `The database is newer than this program (it has "${unknown.name}"). Update Bookwright, or point database.url at another database.`,
  )
}

async function inspect(
  kysely: Kysely<Schema>,
  dialect: DatabaseDialect,
): Promise<{ version: string; integrity: string }> {
  const version = await kysely.executeQuery<{ version: string }>(CompiledQuery.raw(dialect.versionQuery))
  const integrity = await kysely.executeQuery<{ result: string }>(CompiledQuery.raw(dialect.integrityQuery))
  return { version: version.rows[0]?.version ?? 'unknown', integrity: integrity.rows[0]?.result ?? 'no answer' }
}
