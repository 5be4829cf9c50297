import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import type { Claim } from '../../src/db/actions/claim.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { LEASE_MS, LeaseLostError } from '../../src/db/actions/lease.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import type { Seen } from '../../src/db/slot-looks.ts'
import { shareLook } from '../../src/db/slot-looks.ts'
import { replaceTimetable } from '../../src/db/slots.ts'
import { LOOK_COUNTS } from '../../src/planner/looking.ts'
import type { TimetableSlot } from '../../src/portals/contract.ts'
import { PortalError } from '../../src/portals/errors.ts'
import { getPortal } from '../../src/portals/registry.ts'
import { endingOfFailure } from '../../src/worker/failure.ts'
import { StillFull } from '../../src/worker/jobs/watch.ts'
import { sharedLook } from '../../src/worker/shared-look.ts'
import { AMPLE, NOON, newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

const WATCHERS = 4
const YOGA: TimetableSlot = {
  ...{ date: '2026-11-24', start: '18:00', end: '19:00', course: 'YOGA', siteId: 'A', instructor: null },
  ...{ location: 'Giuriati - Corsi Platinum', spots: 0, state: 'available' },
}
const FULL: Seen = { state: 'available', spots: 0 }
const FREE: Seen = { state: 'available', spots: 2 }
const facts = getPortal('polimisport')

/** What people, workers and time can do. */
type Step =
  | { do: 'watch'; who: number }
  | { do: 'claim'; workers: number }
  | { do: 'answer'; which: number; seen: Seen }
  | { do: 'fail'; which: number }
  | { do: 'vanish'; which: number }
  | { do: 'wait'; seconds: number }

const which = fc.nat(WATCHERS - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: which.map((who): Step => ({ do: 'watch', who })) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }).map((workers): Step => ({ do: 'claim', workers })) },
  { weight: 3, arbitrary: which.map((which): Step => ({ do: 'answer', which, seen: FULL })) },
  { weight: 1, arbitrary: which.map((which): Step => ({ do: 'answer', which, seen: FREE })) },
  { weight: 1, arbitrary: which.map((which): Step => ({ do: 'fail', which })) },
  { weight: 1, arbitrary: which.map((which): Step => ({ do: 'vanish', which })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(1, 10, 25, 44, 46, 130, 240).map((seconds): Step => ({ do: 'wait', seconds })),
  },
)

describe('one look for all who wait, whatever comes between', () => {
  let queue: TestQueue
  let other: Database
  before(async () => {
    queue = await openTestQueue(WATCHERS)
    other = await openDatabase({ url: queue.databaseUrl, clock: queue.clock })
  })
  after(async () => {
    await other.close()
    await queue.close()
  })

  it('asks the site at most once in 45 seconds, and leaves nobody without an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const world = await openWorld(queue, other)
        for (const step of steps) await world.take(step)
        await world.settle()
      }),
      { numRuns: 60 },
    )
  })
})

/** The queue with nobody watching; what `take` does is checked against what was seen and when. */
async function openWorld(queue: TestQueue, other: Database) {
  const { db, clock } = queue
  clock.set(NOON)
  await db.write(async (tx) => {
    await tx.deleteFrom('booking_actions').execute()
    await tx.deleteFrom('slots').execute()
  })
  await db.write((tx, now) => replaceTimetable(tx, 'polimisport', [YOGA], now))
  clock.move({ minutes: 5 })
  /** Who is looking at this moment, in order. */
  const looking: Claim[] = []
  let lastAsked = Number.NEGATIVE_INFINITY
  let lastSeen: { seen: Seen; at: number } | undefined
  const now = () => clock.now().epochMilliseconds

  async function claimOne(on: Database): Promise<void> {
    const claim = await claimNextAction(on, 'w', AMPLE)
    if (!claim) return
    const { action } = claim
    assert.ok(action.type === 'book')
    // What a vanished worker may have done is asked for first, by each for itself.
    const shared = await sharedLook({
      db: on,
      claim: { ...claim, action: { ...action, outcomeUnknown: false } },
      facts,
    })
    switch (shared.next) {
      case 'put-back':
        assert.ok(now() - lastAsked < LOOK_COUNTS.seconds * 1000, 'nobody is looking that it could wait for')
        return
      case 'go': {
        if (shared.seen) {
          assert.deepEqual(lastSeen?.seen, FREE)
          return await end(claim)
        }
        assert.ok(now() - lastAsked >= LOOK_COUNTS.seconds * 1000, 'two are looking')
        assert.ok(!lastSeen || now() - lastSeen.at >= LOOK_COUNTS.seconds * 1000, 'it was just seen')
        lastAsked = now()
        looking.push(claim)
        return
      }
      case 'still-full':
        assert.deepEqual(lastSeen?.seen, FULL)
        assert.ok(lastSeen && now() - lastSeen.at < LOOK_COUNTS.seconds * 1000, 'an old answer')
        return await failWith(claim, shared.error)
      case 'done':
        return assert.fail('nobody wants only to be told')
    }
  }

  async function end({ lease }: Claim): Promise<void> {
    await endAttempt(db, lease, { status: 'completed', result: { kind: 'booked' } })
  }

  async function failWith({ action, lease }: Claim, error: PortalError): Promise<void> {
    const [account] = queue.accounts
    assert.ok(account)
    const failure = { action, account, facts, error, outcomeUnknown: false, evidence: null, now: clock.now() }
    await endAttempt(db, lease, endingOfFailure(failure))
  }

  /** What a worker writes comes to nothing once it has lost its lease. */
  async function unlessLost(work: Promise<void>): Promise<boolean> {
    return work.then(
      () => true,
      (error) => {
        if (error instanceof LeaseLostError) return false
        throw error
      },
    )
  }

  async function answer(claim: Claim, seen: Seen): Promise<void> {
    if (seen === FREE) {
      const { portal, id: by } = claim.action
      await db.write((tx, at) => shareLook(tx, { portal, slot: YOGA, seen, by }, at))
      lastSeen = { seen, at: now() }
      await assertTold(claim, (runAt) => runAt <= now())
      await unlessLost(end(claim))
      return
    }
    if (!(await unlessLost(failWith(claim, new StillFull(seen))))) return
    lastSeen = { seen, at: now() }
    await assertTold(claim, (runAt) => runAt > now() + LOOK_COUNTS.seconds * 1000)
  }

  /** All who wait have been told, but those whose worker vanished: they ask first what it did. */
  async function assertTold({ action }: Claim, isRight: (runAt: number) => boolean): Promise<void> {
    const rows = await db.read.selectFrom('booking_actions').selectAll().where('status', '=', 'pending').execute()
    for (const row of rows.filter(({ id, outcome_unknown }) => id !== action.id && outcome_unknown === 0))
      assert.ok(isRight(Temporal.Instant.from(row.run_at).epochMilliseconds), `#${row.id} was not told`)
  }

  const taken = (which: number) => looking.splice(which % Math.max(1, looking.length), 1)[0]

  async function take(step: Step): Promise<void> {
    switch (step.do) {
      case 'watch': {
        const account = queue.accounts[step.who]
        assert.ok(account)
        const deadline = clock.now().add({ hours: 28 })
        await enqueueAction(db, { ...newBook(account, 0), slot: YOGA, watch: 'book', deadline })
        return
      }
      case 'claim':
        await Promise.all(Array.from({ length: step.workers }, (_, n) => claimOne(n % 2 === 0 ? db : other)))
        return
      case 'answer': {
        const claim = taken(step.which)
        return claim && (await answer(claim, step.seen))
      }
      case 'fail': {
        const claim = taken(step.which)
        if (claim) await unlessLost(failWith(claim, new PortalError('portal-down', 'it is down')))
        return
      }
      case 'vanish':
        taken(step.which)
        return
      case 'wait':
        clock.move({ seconds: step.seconds })
    }
  }

  /** Sooner or later everybody has a place, when there are places. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 40; round++) {
      const open = await db.read.selectFrom('booking_actions').select('id').where('completed_at', 'is', null).execute()
      if (open.length === 0) return
      clock.move({ milliseconds: LEASE_MS + 1 })
      await claimOne(db)
      for (const claim of looking.splice(0)) await answer(claim, FREE)
    }
    assert.fail('somebody waits for ever')
  }

  return { take, settle }
}
