import { CompiledQuery, type Dialect, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import { Client, Pool, type PoolConfig, types } from 'pg'
import { NO_RESULT } from '../statement.ts'
import type { DatabaseDialect } from './dialect.ts'
import { notifyOf, openNotifyWaker } from './notify-waker.ts'
import { PostgresDriver } from './postgres-driver.ts'
import { inPlainWords, isLostConnection, isLostRace } from './postgres-errors.ts'
import { readPostgresUrl } from './postgres-url.ts'

/** Of one process: transactions are short, and a worker runs few actions at once. */
const CONNECTIONS = 6
const STATEMENT_TIMEOUT_MS = 15_000
/** A process that was stopped in the middle of a transaction gives up its locks after this long. */
const IDLE_TRANSACTION_MS = 5_000
const CONNECT_TIMEOUT_MS = 5_000
/** The one lock under which actions are claimed; a number of our own choice. */
const CLAIM_LOCK = 7_203_446_019

/**
 * A queue changes faster than the planner's statistics of it. Every query of ours is meant to go by an index, in the
 * same way whatever the values are: so the planner is told, and plans a statement once.
 */
const SETTINGS = [
  `statement_timeout = ${STATEMENT_TIMEOUT_MS}`,
  `idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_MS}`,
  'plan_cache_mode = force_generic_plan',
  'enable_seqscan = off',
  'enable_bitmapscan = off',
  'jit = off',
]
  .map((setting) => `set ${setting}`)
  .join('; ')

const INT8 = 20

/**
 * PostgreSQL, for workers on several machines. `url` as libpq takes it, with `sslmode` and `sslrootcert` for TLS; what
 * it leaves out comes from PGUSER, PGPASSWORD and the like. Nothing is connected before it is needed.
 */
export function postgresDialect(url: string): DatabaseDialect {
  const config = configOf(url)
  const server = serverOf(url)
  const pool = openPool({
    ...config,
    max: CONNECTIONS,
    query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
  })
  // Sent ahead of the first statement of a connection, which does not wait for it.
  pool.on('connect', (client) => void client.query(SETTINGS).catch(() => undefined))
  return {
    engine: 'PostgreSQL',
    writing: dialectOf(pool, server),
    reading: dialectOf(pool, server),
    // Building an index may take its time, and so may waiting for another process that migrates.
    migrating: () => dialectOf(openPool({ ...config, max: 1 }), server),
    addId: (table) => table.addColumn('id', 'integer', (c) => c.generatedByDefaultAsIdentity().primaryKey()),
    async now(tx) {
      const { rows } = await tx.executeQuery<{ now: string }>(NOW)
      const [row] = rows
      if (!row) throw new Error('PostgreSQL does not tell the time')
      return Temporal.Instant.from(row.now)
    },
    lockClaims: async (tx) => void (await tx.executeQuery(LOCK_CLAIMS)),
    skipLocked: sql`for update of a skip locked`,
    isPassing: (error) => (isLostConnection(error) ? 'connection' : isLostRace(error) ? 'race' : undefined),
    explain: (error) => inPlainWords(error, server),
    openWaker: () => openNotifyWaker(config),
    pokeWith: async (tx, topics) => void (await tx.executeQuery(CompiledQuery.raw(NO_RESULT + notifyOf(topics)))),
    close: async () => {
      if (!pool.ending) await pool.end()
    },
    versionQuery: "select current_setting('server_version') as version",
    // The server checks its pages itself when it reads them; that it answers is what can be asked here.
    integrityQuery: "select 'ok' as result from pg_database where datname = current_database()",
  }
}

const NOW = CompiledQuery.raw(
  `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
)
const LOCK_CLAIMS = CompiledQuery.raw(`${NO_RESULT}select pg_advisory_xact_lock(${CLAIM_LOCK})`)

function dialectOf(pool: Pool, server: string): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresDriver(pool, server),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

function openPool(config: PoolConfig): Pool {
  const pool = new Pool(config)
  // A connection that ends while nobody uses it is made anew when it is needed.
  pool.on('error', () => undefined)
  // One that ends while somebody has it is told of by what is asked next; unheard, its error would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

function configOf(url: string): PoolConfig {
  return {
    connectionString: readPostgresUrl(url).url,
    application_name: 'bookwright',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    pipeline: true,
    types: {
      // Ids of Telegram and counts are below 2^53.
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  }
}

/** Host, port and database of a URL, for people. */
function serverOf(url: string): string {
  const { host, port, database } = new Client({ connectionString: url })
  return `${host}:${port}/${database}`
}
