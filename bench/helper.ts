import { fork } from 'node:child_process'

/** A process that does a part of a measurement, and talks with the benchmark over Node's own channel. */
export type Helper = {
  tell(what: unknown): void
  /** The next thing it says. Rejects when it ends instead. Both ends are of one version, so it is taken as `T`. */
  heard<T>(): Promise<T>
  /** Says something and waits for the answer. */
  ask<T>(what: unknown): Promise<T>
  stop(): Promise<void>
}

const ANSWER_LIMIT_MS = 60_000

export function startHelper(script: URL, args: string[]): Helper {
  const child = fork(script, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const said: unknown[] = []
  const waiting: { resolve(what: unknown): void; reject(error: Error): void }[] = []
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.on('message', (what) => {
    const first = waiting.shift()
    if (first) first.resolve(what)
    else said.push(what)
  })
  void ended.then(() => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${script.pathname} ended too early`))
  })

  async function heard<T>(): Promise<T> {
    if (said.length > 0) return said.shift() as T
    if (!child.connected) throw new Error(`${script.pathname} ended too early`)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.push({ resolve, reject })
    const limit = setTimeout(() => reject(new Error(`${script.pathname} does not answer`)), ANSWER_LIMIT_MS)
    return (await promise.finally(() => clearTimeout(limit))) as T
  }

  const tell = (what: unknown) => void (child.connected && child.send(what as object))
  return {
    tell,
    heard,
    ask: (what) => {
      tell(what)
      return heard()
    },
    async stop() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
