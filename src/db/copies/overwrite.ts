import { randomUUID } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { UserError } from '../../core/errors.ts'
import { isBusy } from './sqlite-file.ts'

const PAGES = 2_000
/** For so long another process may hold up the copy. */
const PATIENCE_MS = 5_000
/** In the bot's own notes, to be found again in the copy. */
const MARK = 'restored'

/**
 * Writes the database `from` over the one at `to` in one transaction of SQLite: whoever opens it meanwhile, or after a
 * crash, finds the old one or the new one. Nothing is renamed, so that no WAL of the one can get to the other.
 * Throws `UserError`, with the old one in place, when another process began to use it.
 */
export async function overwrite(from: string, to: string): Promise<void> {
  const mark = randomUUID()
  const database = new Sqlite(from, { fileMustExist: true })
  try {
    database
      .prepare('insert into bot_state (key, value) values (?, ?) on conflict do update set value = excluded.value')
      .run(MARK, JSON.stringify(mark))
    await database.backup(to, { progress: givingUp() })
  } catch (error) {
    throw isBusy(error) ? startedMeanwhile(to) : error
  } finally {
    database.close()
  }
  // That all pages are copied does not say that they were committed.
  if (markOf(to) !== JSON.stringify(mark)) throw startedMeanwhile(to)
}

function givingUp(): (progress: { remainingPages: number }) => number {
  let last = Number.NaN
  let since = performance.now()
  return ({ remainingPages }) => {
    if (remainingPages !== last) {
      last = remainingPages
      since = performance.now()
    }
    if (performance.now() - since > PATIENCE_MS) throw startedMeanwhile('The database')
    return PAGES
  }
}

function markOf(file: string): unknown {
  const database = new Sqlite(file, { timeout: PATIENCE_MS, fileMustExist: true })
  try {
    return database.prepare('select value from bot_state where key = ?').pluck().get(MARK)
  } finally {
    database.close()
  }
}

function startedMeanwhile(file: string): UserError {
  return new UserError(
    `${file} came into use while the backup was being restored, and stays as it was. Run ./bookwright stop and try again.`,
  )
}
