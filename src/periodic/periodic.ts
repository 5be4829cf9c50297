import { scheduleJob } from 'node-schedule'
import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { checkAheadLogins } from './ahead-logins.ts'
import { alarm } from './alarm.ts'
import { coalesce } from './coalesced.ts'
import { checkPlanLogins } from './plan-logins.ts'
import { lookAtPlans } from './plans.ts'
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
 * Decides when: looks every minute, at the recurring bookings at once when one changes, and at the plans at once when
 * there is news, or when what one waits for is overdue. What it does it writes down in one transaction guarded by the database, so a restart, or another
 * executor, finds it done.
 */
export async function startPeriodic({ db, log }: { db: Database; log: Logger }): Promise<Periodic> {
  // What was asked is settled first: an answer that did not come makes room for nothing else, but is owed first.
  const rules = coalesce(async () => {
    for (const part of [settleOccurrences, lookAtRules])
      await part(db, log).catch((error) => log.error({ error: messageOf(error) }, 'looking at the rules failed'))
  })
  // By themselves: the next hour of a plan does not wait for a question about a rule.
  const plans = coalesce(async () => {
    const again = await lookAtPlans(db, log).catch((error) => {
      log.error({ error: messageOf(error) }, 'looking at the plans failed')
      return undefined
    })
    overdue.setFor(again)
  })
  const overdue = alarm(db.clock, () => void plans.run())
  const logins = coalesce(async () => {
    for (const part of [checkPlanLogins, checkAheadLogins])
      await part(db, log).catch((error) => log.error({ error: messageOf(error) }, 'checking the logins failed'))
  })
  const parts = [rules, plans, logins]
  const look = async () => void (await Promise.all(parts.map(({ run }) => run())))
  const unlisten = [
    await db.waker.listen('rules', () => void rules.run()),
    await db.waker.listen('news', () => void plans.run()),
  ]
  const job = scheduleJob(EVERY_MINUTE, () => void look())
  void look()
  log.info('periodic started')
  return {
    look,
    async stop() {
      job.cancel()
      overdue.close()
      for (const end of unlisten) end()
      await Promise.all(parts.map(({ stop }) => stop()))
      log.info('periodic stopped')
    },
  }
}
