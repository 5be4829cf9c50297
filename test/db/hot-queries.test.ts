import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { CompiledQuery, KyselyPlugin, RootOperationNode } from 'kysely'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { findLastFailureOf, listEndedOf } from '../../src/db/actions/history.ts'
import { renewLease } from '../../src/db/actions/lease.ts'
import { isQueued, limitedUntil } from '../../src/db/actions/limit.ts'
import {
  hasAskedToBook,
  listActionsInProgress,
  listActionsOf,
  listAttempts,
  listBookingsAhead,
  listOpenActionsOf,
  listSteps,
} from '../../src/db/actions/read.ts'
import { addStep, endAttempt, markSubmitted } from '../../src/db/actions/work.ts'
import type { Database, Reader } from '../../src/db/database.ts'
import { listDueNotices } from '../../src/db/notices.ts'
import { tellLateWins } from '../../src/db/plan-late.ts'
import { listPlanMessages } from '../../src/db/plan-messages.ts'
import { advancePlan, listOpenPlans } from '../../src/db/plan-moves.ts'
import { findPlan } from '../../src/db/plan-views.ts'
import { createPlan, setPlanMessage, stopPlan } from '../../src/db/plans.ts'
import { listWatchedOn, shareLook, shareTimetable, takeTurn } from '../../src/db/slot-looks.ts'
import { replaceTimetable } from '../../src/db/slots.ts'
import { readStatistics } from '../../src/db/statistics/read.ts'
import { OWNER } from '../support/house.ts'
import { FACTS, newPlan } from '../support/plan-house.ts'
import { tableScans } from '../support/plans.ts'
import { AMPLE, newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
let db: Database
let seen: { sql: string; parameters: readonly unknown[] }[]
beforeEach(async () => {
  queue = await openTestQueue(2)
  seen = []
  db = overheard(queue.db)
})
afterEach(() => queue.close())

/** The same database, but each query is written down in `seen`. */
function overheard(real: Database): Database {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      const root: RootOperationNode = node
      const query = real.read.getExecutor().compileQuery(root, queryId)
      // A statement is seen when it is run, with its values.
      if (!query.parameters.some((value) => typeof value === 'object' && value !== null)) seen.push(query)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const read = overhearingStatements(real.read.withPlugin(plugin))
  return {
    ...real,
    read,
    write: (work) => read.transaction().execute((tx) => work(overhearingStatements(tx), real.clock.now())),
  }
}

/** Statements that were compiled before pass no plugin. */
function overhearingStatements<T extends Reader>(kysely: T): T {
  return new Proxy(kysely, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      if (name !== 'executeQuery') return member.bind(target)
      return (query: CompiledQuery) => {
        seen.push(query)
        return target.executeQuery(query)
      }
    },
  })
}

describe('the queries of every day', () => {
  it('of pressing and working go by an index', async () => {
    const [first, second] = queue.accounts
    assert.ok(first && second)
    await limitedUntil(db.read, OWNER.id, 60, queue.clock.now())
    await isQueued(db.read, { ...newBook(first, 0), origin: 'update:1' })
    const { id } = await enqueueAction(db, { ...newBook(first, 0), origin: 'update:1' })
    await enqueueAction(db, newBook(second, 0))
    const claim = await claimNextAction(db, 'w1', AMPLE)
    assert.ok(claim)
    await renewLease(db, claim.lease)
    await addStep(db, claim.lease, 'confirming')
    await markSubmitted(db, claim.lease)
    await endAttempt(db, claim.lease, { status: 'completed', result: { kind: 'booked' } })
    await cancelAction(db, id + 1, OWNER.id)
    await claimNextAction(db, 'w1', AMPLE)

    assert.ok(seen.length > 9, `only ${seen.length} queries were heard`)
    assert.deepEqual(await tableScans(queue.databaseUrl, seen), [])
  })

  it('of showing and telling go by an index', async () => {
    const id = await queue.book()

    await listActionsOf(db.read, OWNER.id, 10)
    await listOpenActionsOf(db.read, OWNER.id)
    await listActionsInProgress(db.read)
    await listSteps(db.read, id)
    await listEndedOf(db.read, OWNER.id, 2000)
    await findLastFailureOf(db.read, OWNER.id)
    await listAttempts(db.read, id)
    await hasAskedToBook(db.read, OWNER.id)
    await listBookingsAhead(db.read, queue.clock.now(), queue.clock.now().add({ minutes: 15 }))
    await listDueNotices(db.read, queue.clock.now())

    assert.equal(seen.length, 10)
    assert.deepEqual(await tableScans(queue.databaseUrl, seen), [])
  })

  it('of counting how it went go by an index', async () => {
    await queue.book()
    await queue.drain()

    await readStatistics(db.read, 'everybody', 30, queue.clock.now())

    assert.equal(seen.length, 4)
    assert.deepEqual(await tableScans(queue.databaseUrl, seen), [])
  })

  it('of looking at a watched slot go by an index', async () => {
    const [first] = queue.accounts
    assert.ok(first)
    const { portal, slot, deadline } = newBook(first, 0)
    await queue.db.write(async (tx, now) => {
      const shown = { ...slot, end: '09:00', instructor: null, spots: 0, state: 'available' as const }
      await replaceTimetable(tx, portal, [shown], now)
    })
    await enqueueAction(queue.db, { ...newBook(first, 0), watch: 'tell' })
    const seenFull = { state: 'available' as const, spots: 0 }

    await db.write((tx, now) => takeTurn(tx, { portal, slot, opensAt: now }, now))
    await db.write((tx, now) => shareLook(tx, { portal, slot, seen: seenFull, by: 0, again: deadline }, now))
    await db.write((tx, now) => shareTimetable(tx, portal, now))
    await listWatchedOn(db.read, portal, slot.date)

    assert.ok(seen.length > 7, `only ${seen.length} queries were heard`)
    assert.deepEqual(await tableScans(queue.databaseUrl, seen), [])
  })

  it('of every news while a plan is open go by an index', async () => {
    const made = await createPlan(queue.db, newPlan(queue.accounts))
    assert.ok(made.outcome === 'created')
    const [row] = await listOpenPlans(db)
    assert.ok(row)
    const aim = { kind: 'spread', hour: 13, place: 'X1', option: 'X1 A' } as const
    const moves = queue.accounts.map(({ id }) => ({ do: 'try' as const, account: id, ...aim }))
    await advancePlan(db, row, FACTS, () => moves)
    await setPlanMessage(db, made.planId, 7)
    assert.equal((await listPlanMessages(db.read)).length, 1)
    await findPlan(db.read, made.planId)
    await tellLateWins(db)
    await stopPlan(db, OWNER.id, made.planId)
    await advancePlan(db, row, FACTS, () => [])

    assert.ok(seen.length > 20, `only ${seen.length} queries were heard`)
    assert.deepEqual(await tableScans(queue.databaseUrl, seen), [])
  })
})
