import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { isOpen } from '../../src/db/actions/action.ts'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import type { Claim } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { LeaseLostError, renewLease } from '../../src/db/actions/lease.ts'
import { endAttempt, markSubmitted, releaseAction } from '../../src/db/actions/work.ts'
import { OWNER } from '../support/house.ts'
import { newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

const WORKERS = [0, 1, 2] as const
const ERROR = { kind: 'network', message: 'down' } as const

/** What people, workers and time may do; the number says which of several. */
const event = fc.record({
  kind: fc.constantFrom(
    ...([
      'press',
      'cancel',
      'claim',
      'claim',
      'submit',
      'renew',
      'succeed',
      'retry',
      'release',
      'vanish',
      'wait',
    ] as const),
  ),
  which: fc.nat(5),
})

let queue: TestQueue
before(async () => {
  queue = await openTestQueue(2)
})
after(() => queue.close())

/** A portal that does what is submitted, and how often it did so for each action. */
type World = { held: Map<number, Claim>; told: number[]; submits: Map<number, number> }

async function play({ kind, which }: { kind: string; which: number }, { held, told, submits }: World): Promise<void> {
  const { db, clock } = queue
  const worker = which % WORKERS.length
  const claim = held.get(worker)
  /** Does what only the holder of the lease may; a stale worker is refused, and forgets the action. */
  const withLease = async (work: (claim: Claim) => Promise<unknown>, keeps = false) => {
    if (!claim) return
    await work(claim).catch((error) => assert.ok(error instanceof LeaseLostError, String(error)))
    if (!keeps) held.delete(worker)
  }
  switch (kind) {
    case 'press': {
      const account = queue.accounts[which % 2] ?? assert.fail()
      told.push((await enqueueAction(db, newBook(account, which))).id)
      return
    }
    case 'cancel':
      await cancelAction(db, told.at(-1 - which) ?? 0, OWNER.id)
      return
    case 'claim': {
      const next = claim ? undefined : await queue.claim(`w${worker}`)
      if (next) held.set(worker, next)
      return
    }
    case 'submit':
      return await withLease(async ({ action, lease }) => {
        // Whoever finds the outcome unknown asks the portal, and does not submit what it holds.
        if (action.outcomeUnknown && submits.has(action.id)) return
        if (submits.has(action.id) || !(await markSubmitted(db, lease))) return
        submits.set(action.id, (submits.get(action.id) ?? 0) + 1)
      }, true)
    case 'renew':
      return await withLease(({ lease }) => renewLease(db, lease), true)
    case 'succeed':
      return await withLease(async ({ action, lease }) => {
        if (!submits.has(action.id)) return await releaseAction(db, lease)
        await endAttempt(db, lease, { status: 'completed', result: { kind: 'booked' } })
      })
    case 'retry':
      return await withLease(({ action, lease }) => {
        const runAt = clock.now().add({ seconds: which })
        const unknown = { outcomeUnknown: submits.has(action.id), countsAsAttempt: true }
        return endAttempt(db, lease, { status: 'pending', runAt, error: ERROR, ...unknown })
      })
    case 'release':
      return await withLease(({ lease }) => releaseAction(db, lease))
    case 'vanish':
      held.delete(worker)
      return
    case 'wait':
      clock.move({ seconds: 8 })
      return
  }
}

/** What holds after every event. */
async function check({ submits }: World): Promise<void> {
  const rows = await queue.db.read.selectFrom('booking_actions').selectAll().execute()
  const processing = rows.filter((row) => row.status === 'processing')
  assert.equal(new Set(processing.map((row) => row.account_id)).size, processing.length, 'two of one account at work')
  const open = rows.filter(isOpen)
  assert.equal(new Set(open.map((row) => row.dedupe_key)).size, open.length, 'two open actions for one wish')
  const notices = new Map((await queue.notices()).map((row) => [JSON.parse(row.data).actionId, row]))
  for (const row of rows) {
    assert.equal(row.status === 'processing', row.lease_until !== null, `#${row.id}: ${row.status} and its lease`)
    assert.equal(isOpen(row), row.completed_at === null, `#${row.id}: ${row.status} and its end`)
    if (isOpen(row)) assert.ok(!notices.has(row.id), `#${row.id} is told to have ended`)
    else if (row.status !== 'cancelled')
      assert.ok(notices.has(row.id), `#${row.id}: nobody is told that it is ${row.status}`)
    if (submits.has(row.id)) {
      assert.notEqual(row.status, 'cancelled', `#${row.id} was submitted, and yet is cancelled`)
      if (isOpen(row)) assert.equal(row.outcome_unknown, 1, `#${row.id} forgot that it was submitted`)
    }
  }
}

/** Time goes on and one worker does its work: every action comes to its end. */
async function settle({ submits }: World): Promise<void> {
  for (let calm = 0; calm < 3; calm++) {
    queue.clock.move({ seconds: 30 })
    for (let claim = await queue.claim('last'); claim; claim = await queue.claim('last')) {
      const { action, lease } = claim
      if (!submits.has(action.id) && !(await markSubmitted(queue.db, lease))) {
        await endAttempt(queue.db, lease, { status: 'cancelled' })
        continue
      }
      submits.set(action.id, 1)
      await endAttempt(queue.db, lease, { status: 'completed', result: { kind: 'booked' } })
      calm = 0
    }
  }
}

describe('whatever people, workers and time do to the queue', () => {
  it('keeps its promises, and everything comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 10, maxLength: 40 }), async (events) => {
        await queue.db.write(async (tx) => {
          await tx.deleteFrom('notices').execute()
          await tx.deleteFrom('booking_actions').execute()
        })
        queue.clock.set('2026-11-23T12:00:00Z')
        const world: World = { held: new Map(), told: [], submits: new Map() }

        for (const each of events) {
          await play(each, world)
          await check(world)
        }
        await settle(world)
        await check(world)

        const open = await queue.db.read
          .selectFrom('booking_actions')
          .select('id')
          .where('completed_at', 'is', null)
          .execute()
        assert.deepEqual(open, [])
      }),
      { numRuns: 60 },
    )
  })
})
