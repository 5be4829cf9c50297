import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startChild, stopChildren } from '../sim/demo-processes.ts'
import { type Helper, startHelper } from './helper.ts'

/** Where a benchmark runs: a temporary folder, and processes that end with it. */
export type Place = {
  folder: string
  /** Starts a program of the project; `script` is its path from the project's folder. */
  start(script: string, args: string[], env?: NodeJS.ProcessEnv): Child
  /** Starts a helper of the benchmarks. */
  help(script: URL, args: string[]): Helper
  /** Is carried out before the processes are ended, last one first. */
  onClose(work: () => unknown): void
}

const root = join(import.meta.dirname, '..')
const open = new Set<() => Promise<void>>()

/** Runs `work` in a place of its own and cleans up after it. */
export async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-bench-'))
  const children: Child[] = []
  const helpers: Helper[] = []
  const closing: (() => unknown)[] = []
  const close = async () => {
    open.delete(close)
    for (const step of closing.reverse()) await step()
    for (const helper of helpers) await helper.stop()
    await stopChildren(children)
    rmSync(folder, { recursive: true, force: true })
  }
  open.add(close)
  try {
    return await work({
      folder,
      start(script, args, env = {}) {
        const child = startChild(join(root, script), args, { ...process.env, ...env })
        children.push(child)
        return child
      },
      help(script, args) {
        const helper = startHelper(script, args)
        helpers.push(helper)
        return helper
      },
      onClose: (step) => void closing.push(step),
    })
  } finally {
    if (open.has(close)) await close()
  }
}

/** Cleans up whatever is open, last opened first: the program is about to end. */
export async function closePlaces(): Promise<void> {
  for (const close of [...open].reverse()) await close()
}
