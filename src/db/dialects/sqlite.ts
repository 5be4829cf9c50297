import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely'
import { hasCode, messageOf, UserError } from '../../core/errors.ts'
import type { DatabaseDialect } from './dialect.ts'

/** How long a statement waits for another process's write lock before it gives up. */
const BUSY_LIMIT_MS = 15_000

/**
 * SQLite in one file: WAL, and `synchronous=FULL` so that what the bot has answered survives a power cut.
 * Throws `UserError` when the file cannot be opened.
 */
export function sqliteDialect(file: string): DatabaseDialect {
  const database = openFile(file)
  return {
    kysely: new BookwrightSqliteDialect(database),
    addId: (table) => table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement()),
    versionQuery: 'select sqlite_version() as version',
    integrityQuery: 'select quick_check as result from pragma_quick_check limit 1',
  }
}

function openFile(file: string): Sqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    // Waiting is done in BusyConnection: SQLite's own handler starves single writers (shared/performance.md).
    const database = new Sqlite(file, { timeout: 0 })
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) database.pragma(pragma)
    return database
  } catch (error) {
    if (isBusy(error)) return openAgain(file)
    throw new UserError(
      `The database ${file} cannot be opened (${messageOf(error)}). Check the folder's rights and free space, or restore a backup.`,
      { cause: error },
    )
  }
}

/** Another process was just switching the file to WAL; with SQLite's own waiting it opens. */
function openAgain(file: string): Sqlite.Database {
  const database = new Sqlite(file, { timeout: BUSY_LIMIT_MS })
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 0'])
    database.pragma(pragma)
  return database
}

function isBusy(error: unknown): boolean {
  return hasCode(error, 'SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED')
}

class BookwrightSqliteDialect extends SqliteDialect {
  readonly #database: Sqlite.Database

  constructor(database: Sqlite.Database) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new BusyDriver({ database: cachingStatements(this.#database) })
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

/** Lets the migrator run in a transaction; as ours begin with the write lock, that is the migration lock as well. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function cachingStatements(database: Sqlite.Database): { prepare(sql: string): SqliteStatement; close(): void } {
  const statements = new Map<string, SqliteStatement>()
  return {
    prepare: (sql) => {
      const known = statements.get(sql)
      if (known) return known
      const statement = database.prepare(sql) as SqliteStatement
      statements.set(sql, statement)
      return statement
    },
    close: () => database.close(),
  }
}

/** Takes the write lock when a transaction begins, so that nothing inside it can meet a busy database. */
class BusyDriver extends SqliteDriver {
  #connection: DatabaseConnection | undefined

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= new BusyConnection(await super.acquireConnection())
    return this.#connection
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** Retries a statement that met another process's lock from the event loop, with small random pauses: fair to all. */
class BusyConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection

  constructor(inner: DatabaseConnection) {
    this.#inner = inner
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const giveUpAt = performance.now() + BUSY_LIMIT_MS
    for (;;) {
      try {
        return await this.#inner.executeQuery<R>(query)
      } catch (error) {
        if (!isBusy(error)) throw error
        if (performance.now() > giveUpAt) throw lockedError(error)
        await pause(0.2 + Math.random() * 1.8)
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery(query, chunkSize)
  }
}

function lockedError(cause: unknown): UserError {
  return new UserError('The database is locked by another program. Close whatever holds it open and try again.', {
    cause,
  })
}
