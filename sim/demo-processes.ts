import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const READY_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 20_000
const LINES_KEPT = 15

/** A process of the demo, and what it says. */
export type Child = {
  process: ChildProcess
  /** The object of its first line of JSON with `ready: true`. */
  ready(): Promise<Record<string, unknown>>
  /** Resolves once it has logged a line with this text. */
  logged(text: string): Promise<void>
  /** Resolves when it has ended well. */
  finished(): Promise<void>
  onLine(hear: (line: string) => void): void
  /** How it ended. */
  ended: Promise<string>
  lastWords(): string
}

/** Starts a script under this Node. In a process group of its own: Ctrl-C reaches the demo, which ends the others in order. */
export function startChild(script: string, args: string[], env: NodeJS.ProcessEnv): Child {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const lines: string[] = []
  const watchers = new Set<(line: string) => void>()
  const hear = (line: string) => {
    lines.push(line)
    if (lines.length > LINES_KEPT) lines.shift()
    for (const watcher of watchers) watcher(line)
  }
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear)
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })

  function waitForLine<T>(what: string, read: (line: string) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => done(() => reject(new Error(`${script}: ${what} did not come in time`))),
        READY_LIMIT_MS,
      )
      const done = (settle: () => void) => {
        clearTimeout(timer)
        watchers.delete(watcher)
        settle()
      }
      const watcher = (line: string) => {
        const value = read(line)
        if (value !== undefined) done(() => resolve(value))
      }
      watchers.add(watcher)
      ended.then((how) => done(() => reject(new Error(`${script} ended (${how})\n${lines.join('\n')}`))))
      for (const line of lines) watcher(line)
    })
  }

  return {
    process: child,
    ended,
    onLine: (hear) => void watchers.add(hear),
    lastWords: () => lines.join('\n'),
    ready: () => waitForLine('the ready line', readyLine),
    logged: (text) =>
      waitForLine(`"${text}"`, (line) => (line.includes(text) ? true : undefined)).then(() => undefined),
    finished: async () => {
      const how = await ended
      if (how !== 'code 0') throw new Error(`${script} ended with ${how}\n${lines.join('\n')}`)
    },
  }
}

function readyLine(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{"ready":true')) return undefined
  return JSON.parse(line)
}

/** Ends the processes in the order given, last started first; one that does not end in time is killed. */
export async function stopChildren(children: readonly Child[]): Promise<void> {
  for (const child of [...children].reverse()) {
    if (child.process.exitCode !== null || child.process.signalCode !== null) continue
    child.process.kill('SIGTERM')
    const timer = setTimeout(() => child.process.kill('SIGKILL'), STOP_LIMIT_MS)
    await child.ended
    clearTimeout(timer)
  }
}
