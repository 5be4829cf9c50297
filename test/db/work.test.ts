import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { AccountSuspendedError } from '../../src/db/actions/lease.ts'
import { findAction, listActionsInProgress, listAttempts, listSteps } from '../../src/db/actions/read.ts'
import { addStep, endAttempt, markSubmitted, releaseAction } from '../../src/db/actions/work.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { pauseAccount, resumeAccount } from '../../src/db/own-accounts.ts'
import { OWNER } from '../support/house.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue()
})
afterEach(() => queue.close())

const account = () => queue.accounts[0] ?? assert.fail()
const DOWN = { kind: 'portal-down', message: '503' } as const
const booking = { date: '2026-11-24', start: '06:00', end: '07:00', location: 'Gym', course: 'YOGA', cancellable: true }
const count = async (table: 'user_bookings' | 'attempts' | 'notices') =>
  (await queue.db.read.selectFrom(table).select('id').execute()).length

describe('the work on an action', () => {
  it('tells its steps in order', async () => {
    const id = await queue.book({ chatMessageId: 3 })
    assert.deepEqual(await listActionsInProgress(queue.db.read), [])
    const { lease } = await queue.mustClaim()

    await addStep(queue.db, lease, 'logging-in')
    queue.clock.move({ seconds: 2 })
    await addStep(queue.db, lease, 'confirming')

    assert.deepEqual(
      (await listSteps(queue.db.read, id)).map(({ name, attempt, at }) => [name, attempt, at.slice(17, 19)]),
      [
        ['logging-in', 1, '00'],
        ['confirming', 1, '02'],
      ],
    )
    assert.deepEqual(
      (await listActionsInProgress(queue.db.read)).map((action) => action.id),
      [id],
    )
  })

  it('notes durably that the request is about to be sent', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()

    assert.equal(await markSubmitted(queue.db, lease), true)

    const action = await findAction(queue.db.read, id)
    assert.deepEqual([action?.submittedAt, action?.outcomeUnknown], ['2026-11-23T12:00:00.000Z', true])
  })
})

describe('the work on an action of an account that is suspended meanwhile', () => {
  it('sends nothing, and waits until the account is used again', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    const woken = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    await queue.db.waker.listen('news', woken[0].resolve)
    await queue.db.waker.listen('work', woken[1].resolve)
    await pauseAccount(queue.db, OWNER.id, account().id)
    await Promise.all(woken.map(({ promise }) => promise))

    await assert.rejects(markSubmitted(queue.db, lease), AccountSuspendedError)
    await releaseAction(queue.db, lease)

    const { status, submitted_at, outcome_unknown, attempt } = await queue.row(id)
    assert.deepEqual([status, submitted_at, outcome_unknown, attempt], ['pending', null, 0, 0])
    assert.equal(await queue.claim(), undefined)
    await resumeAccount(queue.db, OWNER.id, account().id)
    assert.equal((await queue.claim())?.action.id, id)
  })

  it('ends when its user took it back as well', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    await pauseAccount(queue.db, OWNER.id, account().id)
    await cancelAction(queue.db, id, OWNER.id)

    assert.equal(await markSubmitted(queue.db, lease), false)
  })
})

describe('ending an attempt', () => {
  it('writes result, effects, audit and notice together', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim('w7')
    await markSubmitted(queue.db, lease)
    queue.clock.move({ milliseconds: 1_234 })

    await endAttempt(queue.db, lease, {
      status: 'completed',
      result: { kind: 'booked' },
      evidence: 'action-1-1',
      effects: async (tx) => void (await recordBooking(tx, account(), booking, queue.clock.now())),
    })

    const action = await findAction(queue.db.read, id)
    assert.deepEqual([action?.status, action?.result, action?.error], ['completed', { kind: 'booked' }, null])
    assert.deepEqual([action?.outcomeUnknown, action?.completedAt], [false, '2026-11-23T12:00:01.234Z'])
    const [attempt] = await listAttempts(queue.db.read, id)
    assert.deepEqual(
      [attempt?.outcome, attempt?.ms, attempt?.worker_id, attempt?.evidence, attempt?.error],
      ['completed', 1_234, 'w7', 'action-1-1', null],
    )
    assert.deepEqual([await count('user_bookings'), await count('notices')], [1, 1])
    const row = await queue.row(id)
    assert.deepEqual([row.lease_until, row.worker_id], [null, null])
  })

  it('writes a result that its effects have counted', async () => {
    const id = await queue.ask('sync', null)
    const { lease } = await queue.mustClaim()
    const result = { kind: 'synced' as const, bookings: 2, added: 0, removed: 0 }

    await endAttempt(queue.db, lease, {
      status: 'completed',
      result,
      effects: async () => {
        result.added = 2
      },
    })

    assert.deepEqual((await findAction(queue.db.read, id))?.result, { ...result, added: 2 })
    assert.equal(await count('notices'), 0)
  })

  it('writes nothing at all when its effects fail', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    const before = await queue.row(id)

    const ended = endAttempt(queue.db, lease, {
      status: 'completed',
      result: { kind: 'booked' },
      effects: async (tx) => {
        await recordBooking(tx, account(), booking, queue.clock.now())
        throw new Error('the disk is full')
      },
    })

    await assert.rejects(ended, /the disk is full/)
    assert.deepEqual(await queue.row(id), before)
    assert.deepEqual([await count('user_bookings'), await count('attempts'), await count('notices')], [0, 0, 0])
    await endAttempt(queue.db, lease, { status: 'cancelled' })
  })

  it('keeps the reason of a failure, and whether the outcome is known', async () => {
    for (const outcomeUnknown of [true, undefined]) {
      const id = await queue.book()
      const { lease } = await queue.mustClaim()
      await markSubmitted(queue.db, lease)
      const error = { ...DOWN, portalSays: 'Riprova', ...(outcomeUnknown && { outcomeUnknown }) }

      await endAttempt(queue.db, lease, { status: 'failed', error })

      const action = await findAction(queue.db.read, id)
      assert.deepEqual([action?.status, action?.error], ['failed', error])
      assert.equal(action?.outcomeUnknown, outcomeUnknown === true)
    }
  })

  it('tells the user once, however often it was tried', async () => {
    await queue.book()
    const runAt = queue.clock.now()
    for (let n = 0; n < 3; n++) {
      const { lease } = await queue.mustClaim()
      await endAttempt(queue.db, lease, {
        status: 'pending',
        runAt,
        error: DOWN,
        outcomeUnknown: false,
        countsAsAttempt: true,
      })
    }

    assert.equal(await count('notices'), 0)
    await queue.drain()

    assert.equal(await count('notices'), 1)
    assert.equal(await count('attempts'), 4)
  })
})

describe('another attempt', () => {
  const retried = async (changes: { outcomeUnknown: boolean; countsAsAttempt: boolean }) => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    await markSubmitted(queue.db, lease)
    const runAt = queue.clock.now().add({ seconds: 3 })
    await endAttempt(queue.db, lease, { status: 'pending', runAt, error: DOWN, ...changes })
    return await queue.row(id)
  }

  it('waits for its time without a lease, with the last error', async () => {
    const row = await retried({ outcomeUnknown: false, countsAsAttempt: true })

    assert.deepEqual(
      [row.status, row.run_at, row.lease_until, row.worker_id],
      ['pending', '2026-11-23T12:00:03.000Z', null, null],
    )
    assert.deepEqual(JSON.parse(row.error ?? ''), DOWN)
    assert.equal(row.attempt, 1)
  })

  it('forgets the submit only when surely nothing was done', async () => {
    const known = await retried({ outcomeUnknown: false, countsAsAttempt: true })
    const unknown = await retried({ outcomeUnknown: true, countsAsAttempt: true })

    assert.deepEqual([known.submitted_at, known.outcome_unknown], [null, 0])
    assert.deepEqual([unknown.submitted_at, unknown.outcome_unknown], ['2026-11-23T12:00:00.000Z', 1])
  })

  it('uses up no attempt while it only waits for the opening', async () => {
    const row = await retried({ outcomeUnknown: false, countsAsAttempt: false })

    assert.equal(row.attempt, 0)
    queue.clock.move({ seconds: 3 })
    const { action, lease } = await queue.mustClaim()
    assert.equal(action.attempt, 1)
    assert.ok(lease.token > 1)
  })
})

describe('handing an action back', () => {
  it('leaves it as it was, at once for the next worker', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim('w1')

    await releaseAction(queue.db, lease)

    const next = await queue.mustClaim('w2')
    assert.deepEqual([next.action.id, next.action.attempt, next.action.outcomeUnknown], [id, 1, false])
    assert.deepEqual(
      (await listAttempts(queue.db.read, id)).map(({ outcome }) => outcome),
      ['released'],
    )
    assert.equal(await count('notices'), 0)
  })

  it('does not forget that it may have reached the portal', async () => {
    await queue.book()
    const { lease } = await queue.mustClaim()
    await markSubmitted(queue.db, lease)

    await releaseAction(queue.db, lease)

    assert.equal((await queue.mustClaim()).action.outcomeUnknown, true)
  })
})
