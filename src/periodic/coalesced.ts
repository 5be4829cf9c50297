export type Coalesced = {
  /** Runs the work, or has it run once more when it is at it; resolves when all of that is done. */
  run(): Promise<void>
  /** Nothing is begun any more; resolves when what was begun is done. */
  stop(): Promise<void>
}

/** Work that is asked for more often than it need be done: never twice at once, and always once after the last asking. */
export function coalesce(work: () => Promise<void>): Coalesced {
  let running: Promise<void> | undefined
  let again = false
  let stopped = false

  async function runUntilQuiet(): Promise<void> {
    do {
      again = false
      await work()
    } while (again && !stopped)
    running = undefined
  }

  return {
    run() {
      if (running) again = true
      else if (!stopped) running = runUntilQuiet()
      return running ?? Promise.resolve()
    },
    async stop() {
      stopped = true
      await running
    },
  }
}
