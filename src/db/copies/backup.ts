import { existsSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { hasCode, UserError } from '../../core/errors.ts'
import { putInPlace, SIDE_FILES, withDraft } from './draft.ts'
import { checkCopy, copySnapshot, isBusy, notDatabase } from './sqlite-file.ts'

/** Another process may be switching the file to WAL, or checkpointing it, for a moment. */
const PATIENCE_MS = 5_000

export type Contents = { bytes: number; actions: number; bookings: number; accounts: number }

/**
 * Copies the database at `source`, while it is used, to the file `target` (mode 600), and checks the copy before it
 * takes that name. `overwrite` lets it replace a file. `precious` are files that it never replaces. Answers what is in
 * it. Throws `UserError`.
 */
export async function backUp(
  source: string,
  target: string,
  { overwrite, precious }: { overwrite: boolean; precious: string[] },
): Promise<Contents> {
  if (!existsSync(source))
    throw new UserError(`There is no database at ${source} yet. Make one with ./bookwright setup.`)
  return await withDraft(target, async (draft) => {
    refuseTarget(target, overwrite, [source, ...SIDE_FILES.map((suffix) => source + suffix), ...precious])
    await copy(source, draft)
    checkCopy(draft, `The database ${source}`)
    const contents = contentsOf(draft)
    // It may have come to be while we copied.
    refuseTarget(target, overwrite, [])
    putInPlace(draft, target)
    return contents
  })
}

function refuseTarget(target: string, overwrite: boolean, precious: string[]): void {
  const found = statSync(target, { throwIfNoEntry: false })
  if (!found) return
  if (found.isDirectory())
    throw new UserError(`${target} is a folder. Name a file in it, such as ${join(target, 'bookwright-backup.db')}.`)
  const own = precious.find((file) => existsSync(file) && realpathSync(file) === realpathSync(target))
  if (own) throw new UserError(`${target} is what Bookwright itself works with. Name another file for the backup.`)
  if (!overwrite)
    throw new UserError(
      `${target} is there already and stays as it is. Name another file, or overwrite it with --force.`,
    )
}

async function copy(source: string, draft: string): Promise<void> {
  let database: Sqlite.Database | undefined
  try {
    database = new Sqlite(source, { timeout: PATIENCE_MS, fileMustExist: true })
    await copySnapshot(database, draft)
  } catch (error) {
    if (isBusy(error))
      throw new UserError(
        `The database ${source} is locked by another program: a restore, perhaps. Try again in a moment.`,
      )
    if (hasCode(error, 'SQLITE_CANTOPEN'))
      throw new UserError(`The database ${source} cannot be read. Check its rights, and who runs this.`)
    throw notDatabase(error, `The database ${source}`)
  } finally {
    database?.close()
  }
}

function contentsOf(file: string): Contents {
  const database = new Sqlite(file, { readonly: true })
  try {
    const count = (table: string) => Number(database.prepare(`select count(*) from ${table}`).pluck().get())
    return {
      bytes: statSync(file).size,
      actions: count('booking_actions'),
      bookings: count('user_bookings'),
      accounts: count('accounts'),
    }
  } finally {
    database.close()
  }
}
