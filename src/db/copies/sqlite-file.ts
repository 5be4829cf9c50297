import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { hasCode, UserError } from '../../core/errors.ts'

/** Of a slice of a copy; between two of them the process does other things. */
const PAGES = 2_000
/** Another process may be switching the file to WAL, or checkpointing it, for a moment. */
const PATIENCE_MS = 2_000
const MAGIC = 'SQLite format 3\0'
/** Tables without which it is not a database of ours. */
const OURS = ['kysely_migration', 'users', 'accounts', 'booking_actions', 'user_bookings']

/**
 * Opens the database for this process alone: until it is closed no other one can even read it. Throws `UserError` when
 * a process of Bookwright, or another program, has it open, or it does not exist.
 */
export function openAlone(file: string): Sqlite.Database {
  if (!existsSync(file)) throw new UserError(`There is no database at ${file}.`)
  const database = new Sqlite(file, { timeout: PATIENCE_MS, fileMustExist: true })
  try {
    database.pragma('locking_mode = EXCLUSIVE')
    // Whoever has a WAL database open holds a shared lock on it as long as that: the exclusive one is then refused.
    database.exec('begin immediate; rollback')
    return database
  } catch (error) {
    database.close()
    if (!isBusy(error)) throw error
    throw new UserError(
      `The database ${file} is in use. End everything that uses it with ./bookwright stop (and Ctrl-C where bot or worker run in a terminal), then try again. Nothing was changed.`,
      { cause: error },
    )
  }
}

/** Whether there is a file that begins as a database does; one that does not SQLite would take the WAL away from. */
export function looksSound(file: string): boolean {
  if (!existsSync(file)) return false
  const start = Buffer.alloc(MAGIC.length)
  const handle = openSync(file, 'r')
  try {
    return readSync(handle, start) === 0 || start.toString('latin1') === MAGIC
  } finally {
    closeSync(handle)
  }
}

/** Copies the database as it is at this moment to the file `to`, with what is still in the WAL; nobody is kept waiting. */
export async function copySnapshot(from: Sqlite.Database, to: string): Promise<void> {
  // An open reading keeps the moment: otherwise the copy would start anew whenever somebody writes.
  from.exec('begin')
  try {
    from.prepare('select count(*) from sqlite_master').get()
    await from.backup(to, { progress: () => PAGES })
  } finally {
    from.exec('rollback')
  }
}

/** Makes the copy one file without company, and checks it. Throws `UserError` when it is damaged or not ours. */
export function checkCopy(copy: string, original: string): void {
  let database: Sqlite.Database | undefined
  try {
    database = new Sqlite(copy, { fileMustExist: true })
    database.pragma('journal_mode = DELETE')
    const result = database.pragma('integrity_check(1)', { simple: true })
    if (result !== 'ok') {
      const where = String(result).split('\n').at(-1)
      throw new UserError(`${original} is damaged (${where}). Restore an older backup.`)
    }
    const found = database.prepare('select name from sqlite_master').pluck().all()
    if (!OURS.every((table) => found.includes(table)))
      throw new UserError(
        `${original} is a database, but not one of Bookwright. Name a file made by ./bookwright backup.`,
      )
  } catch (error) {
    throw notDatabase(error, original)
  } finally {
    database?.close()
  }
}

/** A damaged file or one of another kind, in plain words; other errors as they are. */
export function notDatabase(error: unknown, file: string): unknown {
  if (hasCode(error, 'SQLITE_NOTADB'))
    return new UserError(`${file} is not a database. Name a file made by ./bookwright backup.`, { cause: error })
  if (isDamage(error)) return new UserError(`${file} is damaged. Restore an older backup.`, { cause: error })
  return error
}

/** Whether SQLite cannot make sense of the file. */
export function isDamage(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)
}

/** Whether another process holds a lock on the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)
}
