import type { Config } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { removeOld } from '../db/housekeeping.ts'
import { pruneEvidence } from './evidence.ts'

const EVERY_MS = 60 * 60_000

export type HousekeepingDeps = { db: Database; log: Logger; evidenceFolder: string; keep: Config['keep'] }

/**
 * Removes now, and then every hour, what is older than it is kept for: rows, for all, and the evidence on this machine.
 * What goes wrong is logged and tried again in an hour. Answers how to stop it, at the next batch.
 */
export function startHousekeeping({ db, log, evidenceFolder, keep }: HousekeepingDeps): () => Promise<void> {
  const stopping = new AbortController()

  async function keepHouse(): Promise<void> {
    const evidence = logged('the evidence', async () =>
      pruneEvidence(evidenceFolder, db.clock.now(), keep.evidenceDays),
    )
    const rows = logged('the rows', async () => {
      const removed = await removeOld(db, keep.days, stopping.signal)
      if (Object.values(removed).some((count) => count > 0)) log.info({ removed }, 'removed what is old')
    })
    await Promise.all([evidence, rows])
  }

  async function logged(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      log.warn({ what, error: messageOf(error) }, 'what is old was not removed, trying again in an hour')
    }
  }

  let working = keepHouse()
  const timer = setInterval(() => {
    working = working.then(keepHouse)
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await working
  }
}
