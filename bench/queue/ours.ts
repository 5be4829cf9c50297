import { setImmediate as turn } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import type { Database } from '../../src/db/database.ts'
import type { Contender, Hooks, OpenQueue } from './contender.ts'
import { ACCOUNTS, DAY, FIRST_USER, openSeeded, PLACE, PORTAL, refill, SESSION_LIMITS } from './our-rows.ts'
import { truncateLog } from './sqlite-log.ts'
import { vacuum } from './vacuum.ts'

/** As the real worker: besides being woken, it looks by itself. */
const LOOK_EVERY_MS = 1_000
const DEADLINE = Temporal.Instant.from('2037-11-26T17:00:00Z')
const ENDING = { status: 'completed', result: { kind: 'booked' } } as const

/** Our queue as bot and worker use it. `NORMAL` is no setting of ours: the pragma is changed on its way to SQLite. */
export function oursSqlite(synchronous: 'FULL' | 'NORMAL'): Contender {
  return async (file) => {
    if (synchronous === 'NORMAL') takeNormalForFull()
    const db = await openSeeded(`file:${file}`)
    const fill = async (jobs: number, told: boolean) => {
      await refill(`file:${file}`, jobs, told)
      truncateLog(file)
    }
    return queueOf(db, fill)
  }
}

export const oursPostgres: Contender = async (url) =>
  queueOf(await openSeeded(url), async (jobs, told) => {
    await refill(url, jobs, told)
    await vacuum(url)
  })

function takeNormalForFull(): void {
  const { pragma } = Sqlite.prototype
  Sqlite.prototype.pragma = function (this: Sqlite.Database, source: string, ...rest) {
    return pragma.call(this, source.replace('synchronous = FULL', 'synchronous = NORMAL'), ...rest)
  }
}

function queueOf(db: Database, fill: OpenQueue['fill']): OpenQueue {
  let count = 0
  return {
    async enqueue() {
      count += 1
      const account = (count % ACCOUNTS) + 1
      const { id } = await enqueueAction(db, {
        userId: FIRST_USER + account - 1,
        accountId: account,
        portal: PORTAL,
        type: 'book',
        slot: {
          location: PLACE,
          course: `YOGA ${count}`,
          date: DAY,
          start: '18:00',
          end: '18:55',
          siteId: '900013720261126001',
        },
        deadline: DEADLINE,
        origin: `update:${process.pid}:${count}`,
        chatMessageId: 1001,
      })
      return String(id)
    },
    fill,
    work: (hooks) => workOn(db, hooks),
    close: () => db.close(),
  }
}

async function workOn(db: Database, hooks: Hooks): Promise<() => Promise<void>> {
  const workerId = `worker-${process.pid}`
  const claimer = { workerId, sessionLimits: SESSION_LIMITS }
  let going = true
  let wake = Promise.withResolvers<void>()
  const look = () => wake.resolve()
  const stopListening = await db.waker.listen('work', look)
  const timer = setInterval(look, LOOK_EVERY_MS)

  async function claimAll(): Promise<void> {
    let claim = await claimNextAction(db, workerId, SESSION_LIMITS)
    while (claim) {
      hooks.started(String(claim.action.id))
      const { lease } = claim
      claim = await endAttempt(db, lease, ENDING, going ? claimer : undefined)
      going &&= hooks.ended()
      await turn()
    }
  }

  async function loop(): Promise<void> {
    while (going) {
      wake = Promise.withResolvers()
      await claimAll().catch(hooks.failed)
      await wake.promise
    }
  }
  const looping = loop()
  return async () => {
    going = false
    look()
    await looping
    clearInterval(timer)
    stopListening()
  }
}
