import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { findInWork, listActions, queueOverview } from '../../src/db/actions/overview.ts'
import { addStep, endAttempt } from '../../src/db/actions/work.ts'
import { coolPortal } from '../../src/db/portal-states.ts'
import { beatWorker } from '../../src/db/workers.ts'
import { GUEST, OWNER } from '../support/house.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue(3)
})
afterEach(() => queue.close())

const ERROR = { kind: 'network', message: 'down' } as const

describe('the overview of the queue', () => {
  it('counts what is open exactly and what ended in the last day, with all that holds it up', async () => {
    const { db, clock } = queue
    await queue.book()
    await queue.drain()
    clock.move({ hours: 25 })
    const [, second, third] = queue.accounts
    assert.ok(second && third)
    await queue.ask('check', OWNER.id, second)
    await queue.drain()
    const later = await queue.ask('sync', OWNER.id, third)
    const { lease } = await queue.mustClaim()
    const runAt = clock.now().add({ minutes: 5 })
    await endAttempt(db, lease, {
      status: 'pending',
      runAt,
      error: ERROR,
      outcomeUnknown: false,
      countsAsAttempt: true,
    })
    const deadline = clock.now().add({ hours: 1 })
    const working = await queue.book({ deadline })
    await addStep(db, (await queue.mustClaim('w9')).lease, 'confirming')
    clock.move({ seconds: 3 })
    const due = await queue.book({ deadline })
    await beatWorker(db, 'w9')
    await db.write((tx, now) => coolPortal(tx, 'elsewhere', now.add({ minutes: 10 }), 'blocked'))

    const seen = await queueOverview(db.read, clock.now())

    assert.deepEqual(seen.waiting, { due: 1, later: 1 })
    assert.equal(seen.oldestDue?.id, due)
    assert.deepEqual(
      seen.inWork.map(({ id, workerId, step }) => [id, workerId, step]),
      [[working, 'w9', 'confirming']],
    )
    assert.deepEqual(seen.endedLately, { completed: 1, failed: 0, cancelled: 0, expired: 0 })
    assert.deepEqual(
      seen.workers.map(({ id }) => id),
      ['w9'],
    )
    assert.deepEqual(
      seen.cooling.map(({ portal }) => portal),
      ['elsewhere'],
    )
    assert.equal(seen.noticesOwed, 2)
    assert.equal(await findInWork(db.read, queue.accounts[0]?.id ?? 0), working)
    const idsOf = async (state: 'open' | 'ended' | 'pending') =>
      (await listActions(db.read, { state, userId: undefined, limit: 10 })).map(({ id }) => id)
    assert.deepEqual(await idsOf('open'), [due, working, later])
    assert.deepEqual(await idsOf('ended'), [2, 1])
    assert.deepEqual(await idsOf('pending'), [due, later])
    assert.deepEqual(await listActions(db.read, { state: undefined, userId: GUEST.id, limit: 10 }), [])
  })
})
