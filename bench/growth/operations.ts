import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { listActionsInProgress, listOpenActionsOf } from '../../src/db/actions/read.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import type { Database } from '../../src/db/database.ts'
import { nowMs } from '../instant.ts'
import { ACCOUNTS, DAY, FIRST_USER, PLACE, PORTAL, SESSION_LIMITS } from '../queue/our-rows.ts'

/** What is done on each database, once a call; answers the milliseconds of each thing that was done. */
export type Operation = (db: Database, turn: number) => Promise<{ [what: string]: number }>

const CLAIMER = { workerId: 'growth', sessionLimits: SESSION_LIMITS }
const ENDING = { status: 'completed', result: { kind: 'booked' } } as const
const DEADLINE = Temporal.Instant.from('2037-11-26T17:00:00Z')

/** While actions wait that are due. */
export const BUSY: readonly Operation[] = [
  async (db) => {
    const [claim, first] = await timed(() => claimNextAction(db, CLAIMER.workerId, SESSION_LIMITS))
    if (!claim) throw new Error('nothing was claimed')
    const [next, fused] = await timed(() => endAttempt(db, claim.lease, ENDING, CLAIMER))
    if (!next) throw new Error('nothing was claimed next')
    const [, end] = await timed(() => endAttempt(db, next.lease, ENDING))
    return { claim: first, 'end and next claim in one': fused, end }
  },
  async (db, turn) => {
    const account = (turn % ACCOUNTS) + 1
    const [, enqueue] = await timed(() =>
      enqueueAction(db, {
        userId: FIRST_USER + account - 1,
        accountId: account,
        portal: PORTAL,
        type: 'book',
        slot: { location: PLACE, course: `NEW ${turn}`, date: DAY, start: '19:00', end: '19:55', siteId: null },
        deadline: DEADLINE,
        origin: `update:new:${turn}`,
        chatMessageId: 1001,
      }),
    )
    return { enqueue }
  },
  async (db) => {
    const [claim, nothing] = await timed(() => claimNextAction(db, CLAIMER.workerId, SESSION_LIMITS, ['refresh']))
    if (claim) throw new Error('an action of another type was claimed')
    return { 'claim that finds only what it may not have': nothing }
  },
  async (db) => {
    const [actions, progress] = await timed(() => listActionsInProgress(db.read))
    if (actions.length === 0) throw new Error('no action is in progress')
    return { 'actions in progress': progress }
  },
  async (db, turn) => {
    const [actions, open] = await timed(() => listOpenActionsOf(db.read, FIRST_USER + (turn % ACCOUNTS)))
    if (actions.length === 0) throw new Error('a user has no open action')
    return { 'open actions of a user': open }
  },
]

/** While nothing is due. */
export const IDLE: readonly Operation[] = [
  async (db) => {
    const [claim, idle] = await timed(() => claimNextAction(db, CLAIMER.workerId, SESSION_LIMITS))
    if (claim) throw new Error('something was due')
    return { 'look of an idle worker': idle }
  },
]

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = nowMs()
  const value = await work()
  return [value, nowMs() - start]
}
