import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Database } from '../db/database.ts'

export type Watch = { look(): void; stop(): Promise<void> }

const LOOK_EVERY_MS = 1000

/**
 * Calls `look` when there is news, and once a second in case a wake-up was lost; never twice at a time. An error of
 * `look` is logged, and the next look tries again.
 */
export async function watchNews(db: Database, log: Logger, look: () => Promise<void>): Promise<Watch> {
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  async function lookUntilQuiet(): Promise<void> {
    do {
      again = false
      await look().catch((error) => log.error({ error: messageOf(error) }, 'looking for news failed'))
    } while (again && !stopped)
    looking = undefined
  }

  function wake(): void {
    if (stopped) return
    if (looking) again = true
    else looking = lookUntilQuiet()
  }

  const unlisten = await db.waker.listen('news', wake)
  const timer = setInterval(wake, LOOK_EVERY_MS)
  wake()
  return {
    look: wake,
    async stop() {
      stopped = true
      clearInterval(timer)
      unlisten()
      await looking
    },
  }
}
