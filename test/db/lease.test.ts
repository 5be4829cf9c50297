import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { suspendAccount } from '../../src/db/accounts.ts'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import type { Claim } from '../../src/db/actions/claim.ts'
import { LEASE_MS, LeaseLostError, renewLease } from '../../src/db/actions/lease.ts'
import { findAction, listAttempts, listSteps } from '../../src/db/actions/read.ts'
import { addStep, endAttempt, markSubmitted, releaseAction } from '../../src/db/actions/work.ts'
import { insertNotice } from '../../src/db/notices.ts'
import { OWNER } from '../support/house.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue()
})
afterEach(() => queue.close())

const account = () => queue.accounts[0] ?? assert.fail()
const letLeaseRunOut = () => queue.clock.move({ milliseconds: LEASE_MS + 1 })
/** The same action claimed by one worker, and after its lease ran out by another. */
async function claimTwice(): Promise<{ stale: Claim; current: Claim }> {
  await queue.book()
  const stale = await queue.mustClaim('stale')
  letLeaseRunOut()
  return { stale, current: await queue.mustClaim('current') }
}

describe('a lease', () => {
  it('is held as long as it is renewed', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()

    for (let n = 0; n < 5; n++) {
      queue.clock.move({ seconds: 15 })
      await renewLease(queue.db, lease)
      assert.equal(await queue.claim('w2'), undefined)
    }

    assert.equal((await queue.row(id)).lease_until, '2026-11-23T12:01:35.000Z')
  })

  it('is held to its last millisecond', async () => {
    await queue.book()
    await queue.mustClaim()

    queue.clock.move({ milliseconds: LEASE_MS })
    assert.equal(await queue.claim('w2'), undefined)

    queue.clock.move({ milliseconds: 1 })
    assert.ok(await queue.claim('w2'))
  })

  it('may be renewed late while nobody else has the action', async () => {
    await queue.book()
    const { lease } = await queue.mustClaim()

    letLeaseRunOut()
    await renewLease(queue.db, lease)

    assert.equal(await queue.claim('w2'), undefined)
  })

  it('tells that the user wants the action back', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    assert.deepEqual(await renewLease(queue.db, lease), { cancelRequested: false })

    await cancelAction(queue.db, id, OWNER.id)

    assert.deepEqual(await renewLease(queue.db, lease), { cancelRequested: true })
  })
})

describe('a worker that stops', () => {
  for (const [outcome, known] of [
    ['none', { submitted_at: null, outcome_unknown: 0 }],
    ['unknown', { outcome_unknown: 1 }],
  ] as const) {
    it(`after it noted a submit gives the action back with the outcome ${outcome}`, async () => {
      const id = await queue.book()
      const { lease } = await queue.mustClaim()
      await markSubmitted(queue.db, lease)

      await releaseAction(queue.db, lease, outcome)

      const row = await queue.row(id)
      assert.partialDeepStrictEqual(row, { status: 'pending', attempt: 0, ...known })
      assert.equal(row.submitted_at !== null, outcome === 'unknown')
    })
  }
})

describe('a worker that lost its lease', () => {
  it('can neither renew it, nor tell a step, nor submit', async () => {
    const { stale, current } = await claimTwice()
    const before = await queue.row(current.action.id)

    await assert.rejects(renewLease(queue.db, stale.lease), LeaseLostError)
    await assert.rejects(addStep(queue.db, stale.lease, 'confirming'), LeaseLostError)
    await assert.rejects(markSubmitted(queue.db, stale.lease), LeaseLostError)

    assert.deepEqual(await queue.row(current.action.id), before)
    assert.deepEqual(
      (await listSteps(queue.db.read, current.action.id)).map(({ name }) => name),
      [],
    )
  })

  it('writes nothing of its result: no effects, no audit, no notice', async () => {
    const { stale, current } = await claimTwice()
    const { id } = current.action
    const before = [await queue.row(id), await listAttempts(queue.db.read, id)]

    const late = endAttempt(queue.db, stale.lease, {
      status: 'completed',
      result: { kind: 'booked' },
      effects: async (tx) => {
        await suspendAccount(tx, account(), queue.clock.now())
        await insertNotice(tx, {
          userId: OWNER.id,
          notice: { kind: 'account-suspended', accountId: account().id },
          now: queue.clock.now(),
        })
      },
    })

    await assert.rejects(late, LeaseLostError)
    assert.deepEqual([await queue.row(id), await listAttempts(queue.db.read, id)], before)
    assert.deepEqual(await queue.notices(), [])
    assert.ok(await findAction(queue.db.read, id))
    assert.equal((await queue.db.read.selectFrom('accounts').select('state').executeTakeFirst())?.state, 'active')
  })

  it('gives nothing back that is another one’s now', async () => {
    const { stale, current } = await claimTwice()
    const before = await queue.row(current.action.id)

    await releaseAction(queue.db, stale.lease)

    assert.deepEqual(await queue.row(current.action.id), before)
  })

  it('is refused even when the other one has ended it, or the queue only took it back', async () => {
    const { stale, current } = await claimTwice()
    await endAttempt(queue.db, current.lease, { status: 'completed', result: { kind: 'booked' } })
    await assert.rejects(endAttempt(queue.db, stale.lease, { status: 'cancelled' }), LeaseLostError)

    await queue.book()
    const first = await queue.mustClaim('first')
    await queue.db.write((tx) => suspendAccount(tx, account(), queue.clock.now()))
    letLeaseRunOut()
    assert.equal(await queue.claim(), undefined)
    await assert.rejects(renewLease(queue.db, first.lease), LeaseLostError)
    await assert.rejects(markSubmitted(queue.db, first.lease), LeaseLostError)
    await assert.rejects(endAttempt(queue.db, first.lease, { status: 'cancelled' }), LeaseLostError)
  })

  it('does not get a new right by a later claim of its own', async () => {
    const { stale } = await claimTwice()
    letLeaseRunOut()
    const again = await queue.mustClaim('stale')

    await assert.rejects(endAttempt(queue.db, stale.lease, { status: 'cancelled' }), LeaseLostError)

    await endAttempt(queue.db, again.lease, { status: 'completed', result: { kind: 'booked' } })
    assert.equal((await queue.row(again.action.id)).status, 'completed')
  })
})

describe('an action whose worker vanished', () => {
  it('goes back to the queue, its outcome unknown, and the loss is in the audit', async () => {
    const { current } = await claimTwice()

    assert.equal(current.action.outcomeUnknown, true)
    assert.equal(current.action.attempt, 2)
    const [lost, ...more] = await listAttempts(queue.db.read, current.action.id)
    assert.deepEqual(more, [])
    assert.deepEqual([lost?.outcome, lost?.worker_id, lost?.ms], ['lost', 'stale', LEASE_MS + 1])
  })

  it('ends after its workers have vanished too often, and the user is told once', async () => {
    const id = await queue.book({ deadline: queue.clock.now().add({ hours: 10 }) })

    for (let n = 1; n <= 10; n++) {
      assert.equal((await queue.mustClaim()).action.attempt, n)
      letLeaseRunOut()
    }
    assert.equal(await queue.claim(), undefined)

    const action = await findAction(queue.db.read, id)
    assert.deepEqual(
      [action?.status, action?.error?.kind, action?.error?.outcomeUnknown],
      ['failed', 'worker-lost', undefined],
    )
    assert.deepEqual(
      (await queue.notices()).map(({ kind }) => kind),
      ['action-ended'],
    )
    assert.equal((await listAttempts(queue.db.read, id)).length, 10)
  })

  it('says that the outcome is unknown when it had been submitted', async () => {
    const id = await queue.book()
    await markSubmitted(queue.db, (await queue.mustClaim()).lease)

    for (let n = 1; n <= 10; n++) {
      letLeaseRunOut()
      await queue.claim()
    }

    const error = (await findAction(queue.db.read, id))?.error
    assert.deepEqual([error?.kind, error?.outcomeUnknown], ['worker-lost', true])
  })

  it('is not given up for one loss after many attempts that ended by themselves', async () => {
    const id = await queue.book()
    const error = { kind: 'network', message: 'down' } as const
    for (let n = 0; n < 15; n++) {
      const { lease } = await queue.mustClaim()
      const retry = { runAt: queue.clock.now(), error, outcomeUnknown: true, countsAsAttempt: true }
      await endAttempt(queue.db, lease, { status: 'pending', ...retry })
    }

    await queue.mustClaim()
    letLeaseRunOut()

    assert.equal((await queue.mustClaim()).action.id, id)
  })

  it('is cancelled when its user had asked for it back and nothing was sent', async () => {
    const id = await queue.book()
    await queue.mustClaim()
    assert.equal(await cancelAction(queue.db, id, OWNER.id), 'requested')

    letLeaseRunOut()

    assert.equal(await queue.claim(), undefined)
    assert.equal((await queue.row(id)).status, 'cancelled')
    assert.equal((await queue.notices()).length, 1)
  })
})

describe('a deadline', () => {
  it('ends what still waits, and the user is told', async () => {
    const id = await queue.book({ deadline: queue.clock.now().add({ minutes: 5 }) })

    queue.clock.move({ minutes: 5 })
    assert.equal(await queue.claim(), undefined)

    const action = await findAction(queue.db.read, id)
    assert.deepEqual([action?.status, action?.error?.kind], ['expired', 'expired'])
    assert.equal(action?.completedAt, '2026-11-23T12:05:00.000Z')
    assert.deepEqual(
      (await queue.notices()).map(({ kind }) => kind),
      ['action-ended'],
    )
  })

  it('keeps what the last attempt met as the reason', async () => {
    const id = await queue.book({ deadline: queue.clock.now().add({ minutes: 5 }) })
    const { lease } = await queue.mustClaim()
    const runAt = queue.clock.now().add({ minutes: 4 })
    const error = { kind: 'portal-down', message: '503' } as const
    await endAttempt(queue.db, lease, { status: 'pending', runAt, error, outcomeUnknown: false, countsAsAttempt: true })

    queue.clock.move({ minutes: 6 })
    await queue.claim()

    const action = await findAction(queue.db.read, id)
    assert.deepEqual([action?.status, action?.error?.kind], ['expired', 'portal-down'])
  })

  it('does not end what may have reached the portal: a worker asks there first', async () => {
    const id = await queue.book({ deadline: queue.clock.now().add({ seconds: 10 }) })
    await markSubmitted(queue.db, (await queue.mustClaim()).lease)
    letLeaseRunOut()

    const { action } = await queue.mustClaim()

    assert.equal(action.id, id)
    assert.equal(action.outcomeUnknown, true)
  })

  it('ends it all the same when the account is suspended, for then nobody can ask', async () => {
    const id = await queue.book({ deadline: queue.clock.now().add({ seconds: 10 }) })
    await markSubmitted(queue.db, (await queue.mustClaim()).lease)
    await queue.db.write((tx) => suspendAccount(tx, account(), queue.clock.now()))
    letLeaseRunOut()

    assert.equal(await queue.claim(), undefined)

    const action = await findAction(queue.db.read, id)
    assert.deepEqual([action?.status, action?.error?.outcomeUnknown], ['expired', true])
  })
})
