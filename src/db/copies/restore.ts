import { chmodSync, copyFileSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { toStamp } from '../../core/clock.ts'
import { messageOf, UserError } from '../../core/errors.ts'
import { openVault } from '../../core/vault.ts'
import { listAccounts } from '../accounts.ts'
import { distrustOpenActions, type Unsure } from '../after-restore.ts'
import { type Database, openDatabase } from '../database.ts'
import { openEverySecret } from '../secrets.ts'
import { putInPlace, SIDE_FILES, withDraft } from './draft.ts'
import { numbersOf, raiseNumbers } from './numbers.ts'
import { overwrite } from './overwrite.ts'
import { checkCopy, copySnapshot, isDamage, looksSound, notDatabase, openAlone } from './sqlite-file.ts'

export type Restored = {
  /** Where the replaced database is kept; undefined when there was none. */
  kept: string | undefined
  /** What was open in the backup, and is looked up at the portal first. */
  unsure: Unsure[]
}

export type Restoring = {
  /** The backup. It stays as it is. */
  file: string
  /** The database to replace. */
  target: string
  keyFile: string
  now: Temporal.Instant
}

/**
 * Puts the backup in the place of the database, made safe to go on with. Until the last step everything happens in a
 * copy beside it, and that step is whole or not at all: interrupted at any moment, the old database or the new one is
 * in place. Throws `UserError`, with the old one in place, when the backup is no good or the database is in use.
 */
export async function restore({ file, target, keyFile, now }: Restoring): Promise<Restored> {
  refuseSource(file, target)
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
  const stamp = toStamp(now).replaceAll(/[:.]/g, '-')
  const kept = `${target}.before-restore-${stamp}`
  return await withDraft(target, async (draft) => {
    const numbers = numbersInUse(target)
    await copyBackup(file, draft)
    const unsure = await makeReady(draft, file, keyFile)
    raiseNumbers(draft, numbers)
    const hadOne = existsSync(target)
    if (await keepSound(target, kept)) await overwrite(draft, target)
    else {
      keepAsItLies(target, kept)
      putInPlace(draft, target)
    }
    return { kept: hadOne ? kept : undefined, unsure }
  })
}

function refuseSource(file: string, target: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new UserError(`There is no file ${file}. Name the one that ./bookwright backup made.`)
  if (found.isDirectory()) throw new UserError(`${file} is a folder. Name the backup file in it.`)
  if (existsSync(target) && realpathSync(file) === realpathSync(target))
    throw new UserError(`${file} is the database itself. Name the file that ./bookwright backup made.`)
}

async function copyBackup(file: string, draft: string): Promise<void> {
  let backup: Sqlite.Database | undefined
  try {
    backup = new Sqlite(file, { readonly: true, fileMustExist: true })
    await copySnapshot(backup, draft)
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_CANTOPEN')
      throw new UserError(`${file} cannot be read (${messageOf(error)}). Check its rights.`, { cause: error })
    throw notDatabase(error, file)
  } finally {
    backup?.close()
  }
  checkCopy(draft, file)
}

/** Brings the copy up to date, opens its secrets, and makes its queue safe. */
async function makeReady(draft: string, file: string, keyFile: string): Promise<Unsure[]> {
  const db = await openDatabase({ url: `file:${draft}` }).catch((error: unknown) => {
    throw error instanceof UserError ? new UserError(`${file} cannot be restored. ${error.message}`) : error
  })
  try {
    if ((await listAccounts(db.read)).length > 0) await tryKey(db, file, keyFile)
    return await db.write(distrustOpenActions)
  } finally {
    await db.close()
  }
}

async function tryKey(db: Database, file: string, keyFile: string): Promise<void> {
  try {
    await openEverySecret(db.read, openVault(keyFile))
  } catch (error) {
    throw new UserError(
      `The passwords in ${file} cannot be opened with the vault key ${keyFile}. Put the key that belongs to this backup there (mode 600) and try again. Nothing was changed.`,
      { cause: error },
    )
  }
}

/** The highest numbers that the database has given out, if it can still tell. Throws `UserError` when it is in use. */
function numbersInUse(target: string): Map<string, number> {
  if (!looksSound(target)) return new Map()
  let database: Sqlite.Database | undefined
  try {
    database = openAlone(target)
    return numbersOf(database)
  } catch (error) {
    if (isDamage(error)) return new Map()
    throw error
  } finally {
    database?.close()
  }
}

/** Keeps a copy of the database as it is, WAL included, and leaves one file alone. False: there is none to be opened. */
async function keepSound(target: string, kept: string): Promise<boolean> {
  if (!looksSound(target)) return false
  let database: Sqlite.Database | undefined
  try {
    database = openAlone(target)
    // The WAL goes into the file, and is gone.
    database.pragma('journal_mode = DELETE')
    rmSync(`${target}-shm`, { force: true })
    await withDraft(kept, async (draft) => {
      if (database) await copySnapshot(database, draft)
      putInPlace(draft, kept)
    })
    return true
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  } finally {
    database?.close()
  }
}

/** What cannot be opened, or is there without its database, is kept; first what SQLite would apply to the new file. */
function keepAsItLies(target: string, kept: string): void {
  for (const suffix of SIDE_FILES) if (existsSync(target + suffix)) renameSync(target + suffix, kept + suffix)
  if (!existsSync(target)) return
  copyFileSync(target, kept)
  chmodSync(kept, 0o600)
}
