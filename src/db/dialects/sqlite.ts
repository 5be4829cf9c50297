import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
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
  sql,
} from 'kysely'
import { hasCode, messageOf, UserError } from '../../core/errors.ts'
import type { DatabaseDialect } from './dialect.ts'
import { openSocketWaker } from './socket-waker.ts'

/** How long a statement waits for another process's write lock before it gives up. */
const BUSY_LIMIT_MS = 15_000
const PROMPT_TRIES = 8

/**
 * SQLite in one file: WAL, and `synchronous=FULL` so that what the bot has answered survives a power cut.
 * Throws `UserError` when the file cannot be opened.
 */
export function sqliteDialect(file: string): DatabaseDialect {
  const writer = openFile(file)
  const reader = openFile(file)
  return {
    engine: 'SQLite',
    writing: new BookwrightSqliteDialect(writer),
    // In WAL mode who reads waits for nobody, not even for this process's own transactions.
    reading: new BookwrightSqliteDialect(reader),
    addId: (table) => table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement()),
    // A transaction holds the write lock, and with it this one.
    lockClaims: async () => undefined,
    skipLocked: sql``,
    isPassing: () => undefined,
    explain: (error) => error,
    openWaker: () => openSocketWaker(file),
    close: async () => {
      reader.close()
      writer.close()
    },
    versionQuery: 'select sqlite_version() as version',
    integrityQuery: 'select quick_check as result from pragma_quick_check limit 1',
  }
}

function openFile(file: string): Sqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    makeFile(file)
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

/** Closing a file gives up all locks this process holds on it, so an existing database is never opened here. */
function makeFile(file: string): void {
  if (existsSync(file)) chmodSync(file, 0o600)
  else closeSync(openSync(file, 'a', 0o600))
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
    return new BusyDriver(this.#database)
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
  readonly #database: Sqlite.Database
  #connection: DatabaseConnection | undefined

  constructor(database: Sqlite.Database) {
    super({ database: cachingStatements(database) })
    this.#database = database
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= new BusyConnection(await super.acquireConnection())
    return this.#connection
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** On a full disk SQLite has rolled back by itself; what is thrown then is to be the reason, not a second error. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
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
    for (let tries = 1; ; tries++) {
      try {
        return await this.#inner.executeQuery<R>(query)
      } catch (error) {
        if (!isBusy(error)) throw inPlainWords(error)
        if (performance.now() > giveUpAt) throw new UserError(LOCKED, { cause: error })
        // A lock is mostly held for less than the shortest pause.
        if (tries <= PROMPT_TRIES) await turn()
        else await pause(0.2 + Math.random() * 1.8)
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery(query, chunkSize)
  }
}

const LOCKED = 'The database is locked by another program. Close whatever holds it open and try again.'
/** What a person has to put right, by the beginning of SQLite's code. */
const TROUBLES: [code: string, message: string][] = [
  ['SQLITE_FULL', 'The disk is full: nothing can be written to the database. Make room and try again.'],
  ['SQLITE_READONLY', 'The database cannot be written. Check the rights of its file and its folder.'],
  ['SQLITE_CORRUPT', 'The database is damaged. Restore it from your backup.'],
  ['SQLITE_NOTADB', 'The database is damaged. Restore it from your backup.'],
  ['SQLITE_IOERR', 'The disk with the database reports errors. Check the disk and its mount.'],
]

function inPlainWords(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  const { code } = error
  const trouble = TROUBLES.find(([start]) => code.startsWith(start))
  return trouble ? new UserError(trouble[1], { cause: error }) : error
}
