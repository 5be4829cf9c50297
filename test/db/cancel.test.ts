import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { findAction } from '../../src/db/actions/read.ts'
import { endAttempt, markSubmitted, releaseAction } from '../../src/db/actions/work.ts'
import { GUEST, OWNER } from '../support/house.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue()
})
afterEach(() => queue.close())

const NETWORK = { kind: 'network', message: 'down' } as const
const cancel = (id: number, userId: number = OWNER.id) => cancelAction(queue.db, id, userId)
const retry = (outcomeUnknown: boolean) =>
  ({ status: 'pending', runAt: queue.clock.now(), error: NETWORK, outcomeUnknown, countsAsAttempt: true }) as const
const statusOf = async (id: number) => (await queue.row(id)).status

describe('taking an action back', () => {
  it('ends it at once while it waits', async () => {
    const id = await queue.book()

    assert.equal(await cancel(id), 'cancelled')

    const action = await findAction(queue.db.read, id)
    assert.deepEqual([action?.status, action?.completedAt], ['cancelled', '2026-11-23T12:00:00.000Z'])
    assert.equal(await queue.claim(), undefined)
  })

  it('is a request while a worker is at it', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()

    assert.equal(await cancel(id), 'requested')
    assert.equal(await cancel(id), 'requested')

    assert.equal(await statusOf(id), 'processing')
    assert.equal(await markSubmitted(queue.db, lease), false)
    assert.equal((await queue.row(id)).submitted_at, null)
    await endAttempt(queue.db, lease, { status: 'cancelled' })
    assert.equal(await statusOf(id), 'cancelled')
  })

  it('comes too late once the request is on its way', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    assert.equal(await markSubmitted(queue.db, lease), true)

    assert.equal(await cancel(id), 'too-late')

    assert.equal((await queue.row(id)).cancel_requested, 0)
    assert.equal(await markSubmitted(queue.db, lease), true)
  })

  it('comes too late while what was sent waits to be looked up', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    await markSubmitted(queue.db, lease)
    await endAttempt(queue.db, lease, retry(true))

    assert.equal(await cancel(id), 'too-late')

    assert.equal(await statusOf(id), 'pending')
  })

  it('works again once it is sure that nothing was done', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    await markSubmitted(queue.db, lease)
    await endAttempt(queue.db, lease, retry(false))

    assert.equal(await cancel(id), 'cancelled')
  })

  it('comes to nothing when it has ended, in whatever way', async () => {
    for (const ending of [
      { status: 'completed', result: { kind: 'booked' } },
      { status: 'failed', error: NETWORK },
      { status: 'expired', error: NETWORK },
      { status: 'cancelled' },
    ] as const) {
      const id = await queue.book()
      await endAttempt(queue.db, (await queue.mustClaim()).lease, ending)

      assert.equal(await cancel(id), 'ended')
      assert.equal(await statusOf(id), ending.status)
    }
  })

  it('is for its own user alone', async () => {
    const id = await queue.book()
    const cron = await queue.ask('refresh', null)

    assert.equal(await cancel(id, GUEST.id), 'unknown')
    assert.equal(await cancel(cron), 'unknown')
    assert.equal(await cancel(999), 'unknown')

    assert.deepEqual([await statusOf(id), await statusOf(cron)], ['pending', 'pending'])
  })

  it('or submitting: whichever is first, the other one learns of it', async () => {
    for (let n = 0; n < 10; n++) {
      const id = await queue.book()
      const { lease } = await queue.mustClaim()

      const presses = [() => markSubmitted(queue.db, lease), () => cancel(id)]
      const [one, two] = await Promise.all((n % 2 ? presses : presses.toReversed()).map((press) => press()))
      const [submitted, answer] = n % 2 ? [one, two] : [two, one]

      assert.equal(answer, submitted ? 'too-late' : 'requested')
      await endAttempt(queue.db, lease, { status: 'cancelled' })
    }
  })

  it('holds when the attempt fails meanwhile: there is no other one', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    await cancel(id)

    await endAttempt(queue.db, lease, { ...retry(false), runAt: queue.clock.now().add({ hours: 40 }) })

    assert.equal(await statusOf(id), 'cancelled')
    assert.equal((await queue.row(id)).error, null)
    assert.deepEqual(
      (await queue.notices()).map(({ kind }) => kind),
      ['action-ended'],
    )
  })

  it('waits for the portal’s answer when the attempt leaves the outcome unknown', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    await cancel(id)

    await endAttempt(queue.db, lease, retry(true))

    const { action } = await queue.mustClaim()
    assert.deepEqual([action.id, action.cancelRequested, action.outcomeUnknown], [id, true, true])
  })

  it('holds when the worker stops meanwhile', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    await cancel(id)

    await releaseAction(queue.db, lease)

    assert.equal(await statusOf(id), 'cancelled')
    assert.equal((await queue.notices()).length, 1)
    assert.equal(await queue.claim(), undefined)
  })
})
