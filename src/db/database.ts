import { AsyncLocalStorage } from 'node:async_hooks'
import { isAbsolute, resolve } from 'node:path'
import { CompiledQuery, Kysely, type KyselyPlugin, sql, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import { type Clock, systemClock } from '../core/clock.ts'
import { messageOf, UserError } from '../core/errors.ts'
import { DatabaseClock } from './database-clock.ts'
import type { DatabaseDialect } from './dialects/dialect.ts'
import { postgresDialect } from './dialects/postgres.ts'
import { sqliteDialect } from './dialects/sqlite.ts'
import { migrationsFor } from './migrations/index.ts'
import { runAgain } from './run-again.ts'
import type { Schema } from './schema.ts'
import type { Topic, Waker } from './waker.ts'

export type Tx = Transaction<Schema>
/** For reading: the database itself or a transaction. */
export type Reader = Kysely<Schema>

/** The hallway of the house: every process opens one. */
export type Database = {
  /** For reading outside of transactions; throws inside one of this process, where its `tx` is to be asked. */
  read: Reader
  /** The database's time. */
  clock: Clock
  /** By how many milliseconds the clocks of two processes may differ. */
  clockErrorMs: number
  waker: Waker
  /**
   * Runs `work` in one transaction: await nothing but the database inside it. `now` is the database's time when it
   * began, right to a few milliseconds; leases and due times go by it, not by the clock of the machine that asks.
   * `work` may run more than once: again from the start, when the server went away or another transaction was first.
   * Once it is committed, and not before, the topics of `poke` are poked.
   */
  write<T>(work: (tx: Tx, now: Temporal.Instant) => Promise<T>, poke?: readonly Topic[]): Promise<T>
  engine: DatabaseDialect['engine']
  /** Until `tx` ends nobody else claims an action. */
  lockClaims(tx: Tx): Promise<void>
  /** Ends a query of the rows `a`: rows that another transaction is changing are passed over. */
  skipLocked: DatabaseDialect['skipLocked']
  /** The engine's version and whether its own check finds the database sound. */
  inspect(): Promise<{ version: string; integrity: string }>
  close(): Promise<void>
}

/** `clock` moves by hand in tests; without it time is the database's. */
export type OpenOptions = { url: string; clock?: Clock }

/** Where the database's clock is known from its answers: far more than they take on any network fit for this. */
const CLOCK_ERROR_MS = 20

const inTransaction = new AsyncLocalStorage<true>()

/** Opens the database at `url` (`file:path` or `postgres://…`) and brings its tables up to date. Throws `UserError`. */
export async function openDatabase({ url, clock }: OpenOptions): Promise<Database> {
  const dialect = dialectOf(url)
  const writing = new Kysely<Schema>({ dialect: dialect.writing })
  const reading = new Kysely<Schema>({ dialect: dialect.reading, plugins: [OUTSIDE_TRANSACTIONS] })
  const close = async () => {
    await Promise.all([writing.destroy(), reading.destroy()])
    // Kysely closes nothing that it has not used.
    await dialect.close()
  }
  try {
    await migrate(writing, dialect)
  } catch (error) {
    await close()
    throw dialect.explain(error)
  }
  const told = !clock && dialect.now ? new DatabaseClock() : undefined
  const time = clock ?? told ?? systemClock
  const timeOf = async (tx: Tx): Promise<Temporal.Instant> => {
    if (told?.isStale && dialect.now) {
      const askedAt = performance.now()
      told.learn(await dialect.now(tx), askedAt)
    }
    return time.now()
  }
  const write: Database['write'] = async (work, poke = []) => {
    refuseInTransaction()
    const done = await runAgain(dialect, () =>
      writing.transaction().execute(async (tx) => {
        const now = await timeOf(tx)
        if (poke.length > 0) await dialect.pokeWith?.(tx, poke)
        return await inTransaction.run(true, () => work(tx, now))
      }),
    )
    if (!dialect.pokeWith) for (const topic of poke) waker.poke(topic)
    return done
  }
  const waker = await dialect.openWaker()
  // The first reading of the clock.
  if (told) await write(async () => undefined)
  return {
    read: reading,
    clock: time,
    clockErrorMs: told ? CLOCK_ERROR_MS : 0,
    waker,
    write,
    engine: dialect.engine,
    lockClaims: (tx) => dialect.lockClaims(tx),
    skipLocked: dialect.skipLocked,
    inspect: () => inspect(reading, dialect),
    close: async () => {
      await waker.close()
      await close()
    },
  }
}

/** The file behind a `file:` URL, absolute. */
export function databaseFile(url: string): string {
  const path = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '')
  return isAbsolute(path) ? path : resolve(path)
}

function dialectOf(url: string): DatabaseDialect {
  if (url.startsWith('file:')) return sqliteDialect(databaseFile(url))
  if (/^postgres(ql)?:\/\//.test(url)) return postgresDialect(url)
  throw new UserError('database.url: use "file:" and a path, such as "file:data/bookwright.db", or a postgres:// URL.')
}

/** What `tx` has written, `read` would not see; on SQLite a second transaction would wait for the first for ever. */
function refuseInTransaction(): void {
  if (inTransaction.getStore()) throw new Error('inside db.write only its transaction may be used')
}

const OUTSIDE_TRANSACTIONS: KyselyPlugin = {
  transformQuery: ({ node }) => {
    refuseInTransaction()
    return node
  },
  transformResult: async ({ result }) => result,
}

async function migrate(writing: Kysely<Schema>, dialect: DatabaseDialect): Promise<void> {
  const patient = dialect.migrating && new Kysely<Schema>({ dialect: dialect.migrating() })
  try {
    await bringUpToDate(patient ?? writing, dialect)
  } finally {
    await patient?.destroy()
  }
}

async function bringUpToDate(kysely: Kysely<Schema>, dialect: DatabaseDialect): Promise<void> {
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
