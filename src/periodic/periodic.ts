import { scheduleJob } from 'node-schedule'
import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { lookAtRules } from './rules.ts'
import { settleOccurrences } from './settle.ts'

export type Periodic = {
  /** Looks at everything once; resolves when that is done. */
  look(): Promise<void>
  stop(): Promise<void>
}

/** A moment after each minute turns: a timer that fires early must not find the minute not yet come. */
const EVERY_MINUTE = '1 * * * * *'

/**
 * Decides when: looks every minute, and at once when a rule changes. What it does it writes down in one transaction
 * guarded by the database, so a restart, or another executor, finds it done.
 */
export async function startPeriodic({ db, log }: { db: Database; log: Logger }): Promise<Periodic> {
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  async function lookUntilQuiet(): Promise<void> {
    do {
      again = false
      await lookOnce(db, log)
    } while (again && !stopped)
    looking = undefined
  }

  function look(): Promise<void> {
    if (looking) again = true
    else if (!stopped) looking = lookUntilQuiet()
    return looking ?? Promise.resolve()
  }

  const unlisten = await db.waker.listen('rules', () => void look())
  const job = scheduleJob(EVERY_MINUTE, () => void look())
  void look()
  log.info('periodic started')
  return {
    look,
    async stop() {
      stopped = true
      job.cancel()
      unlisten()
      await looking
      log.info('periodic stopped')
    },
  }
}

/** What was asked is settled first: an answer that did not come makes room for nothing else, but is owed first. */
async function lookOnce(db: Database, log: Logger): Promise<void> {
  for (const part of [settleOccurrences, lookAtRules])
    await part(db, log).catch((error) => log.error({ error: messageOf(error) }, 'looking at the rules failed'))
}
