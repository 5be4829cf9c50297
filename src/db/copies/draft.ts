import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { hasCode, messageOf, UserError } from '../../core/errors.ts'

/** What SQLite may put beside a database file. */
export const SIDE_FILES = ['-journal', '-wal', '-shm'] as const

/**
 * Runs `work` with an empty file of its own beside `target` (mode 600), to be filled and then put in place. What is
 * left of it is removed afterwards, at Ctrl-C too; what a killed process left, at the next time. Throws `UserError`
 * when the folder or the disk does not take it.
 */
export async function withDraft<T>(target: string, work: (draft: string) => Promise<T>): Promise<T> {
  const draft = `${target}.draft-${process.pid}`
  const clean = () => {
    for (const suffix of ['', ...SIDE_FILES]) rmSync(draft + suffix, { force: true })
  }
  const onSignal = () => {
    clean()
    process.exit(130)
  }
  try {
    removeLeftovers(target)
    closeSync(openSync(draft, 'wx', 0o600))
  } catch (error) {
    throw inPlainWords(error, target)
  }
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    return await work(draft)
  } catch (error) {
    throw inPlainWords(error, target)
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    clean()
  }
}

/**
 * Puts the draft in the place of `target`, whole or not at all, so that it survives a power cut. What SQLite would apply
 * to a file of this name goes first.
 */
export function putInPlace(draft: string, target: string): void {
  flush(draft)
  for (const suffix of SIDE_FILES) rmSync(target + suffix, { force: true })
  renameSync(draft, target)
  flush(dirname(target))
}

function flush(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function removeLeftovers(target: string): void {
  for (const name of readdirSync(dirname(target))) {
    const [, pid] = name.startsWith(`${basename(target)}.`) ? (/\.draft-(\d+)/.exec(name) ?? []) : []
    if (pid && (Number(pid) === process.pid || !isRunning(Number(pid))))
      rmSync(join(dirname(target), name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !hasCode(error, 'ESRCH')
  }
}

function inPlainWords(error: unknown, target: string): unknown {
  const says = (text: string) => new UserError(text, { cause: error })
  const folder = dirname(target)
  if (hasCode(error, 'ENOENT', 'ENOTDIR'))
    return says(`There is no folder ${folder}. Make it, or name a file elsewhere. Nothing was changed.`)
  if (hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'))
    return says(
      `${target} cannot be written (${messageOf(error)}). Give yourself the right to write in ${folder}, or name a file elsewhere. Nothing was changed.`,
    )
  if (hasCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO') || /^SQLITE_(FULL|IOERR)/.test(codeOf(error)))
    return says(
      `The disk did not take ${target} whole (${messageOf(error)}). Make room there, or name a file on another disk. Nothing was changed.`,
    )
  return error
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
