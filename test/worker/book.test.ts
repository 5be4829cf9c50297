import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { SHOT_DEFAULTS } from '../../src/core/config.ts'
import type { PortalBooking, PortalFacts, PortalSession } from '../../src/portals/contract.ts'
import { PortalError } from '../../src/portals/errors.ts'
import { getPortal } from '../../src/portals/registry.ts'
import { book } from '../../src/worker/jobs/book.ts'
import type { Job } from '../../src/worker/jobs/job.ts'
import { shotTools } from '../../src/worker/shot/tools.ts'
import { NOON, openTestQueue, type TestQueue } from '../support/queue.ts'

const SLOT = { date: '2026-11-26', start: '13:00', location: 'Giuriati - Corsi Platinum', course: 'YOGA' }
const HELD: PortalBooking = { ...SLOT, end: '14:00', cancellable: true }

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue()
})
afterEach(() => queue.close())

/** The booking of a slot that opens at `opening`, as a worker has claimed it; `steps` says what it did. */
async function jobAt(opening: string, session: Partial<PortalSession>, openingTold?: Temporal.Instant) {
  await queue.book({ slot: { ...SLOT, end: '14:00', siteId: null } })
  const { action } = await queue.mustClaim()
  if (action.type !== 'book') throw new Error('no booking')
  const [account] = queue.accounts
  assert.ok(account)
  const steps: string[] = []
  const facts: PortalFacts = { ...getPortal('polimisport'), opening: () => Temporal.Instant.from(opening) }
  const error = { kind: 'not-open-yet' as const, message: 'not open yet', opensAt: `${openingTold}` }
  const job: Job<typeof action> = {
    action: openingTold ? { ...action, error } : action,
    account,
    facts,
    session: { isLoggedIn: async () => true, readBookings: async () => [], ...session } as PortalSession,
    db: queue.db,
    log: queue.log,
    signal: new AbortController().signal,
    shots: shotTools(queue.clock, SHOT_DEFAULTS),
    standBy: () => void steps.push('stands by'),
    step: async (name) => void steps.push(name),
    beforeSubmit: async () => {},
    outcome: { state: 'none', submittedAt: null },
  }
  return { job, steps }
}

describe('a booking', () => {
  it('that arming finds to be held already is known to the house from then on', async () => {
    const opening = Temporal.Instant.from(NOON).add({ seconds: 60 }).toString()
    const { job } = await jobAt(opening, {
      arm: async () => {
        throw new PortalError('already-booked', 'held')
      },
      readBookings: async () => [HELD],
    })

    await assert.rejects(book(job), { kind: 'already-booked' })

    const rows = await queue.db.read.selectFrom('user_bookings').selectAll().execute()
    assert.deepEqual(
      rows.map(({ date, time_slot, course_name }) => [date, time_slot, course_name]),
      [[SLOT.date, SLOT.start, SLOT.course]],
    )
  })

  it('waits, logged in, for an opening that only the portal knows', async () => {
    const told = queue.clock.now().add({ seconds: 60 })
    const bookedAt: string[] = []
    const { job, steps } = await jobAt(
      '2026-11-20T12:00:00Z',
      {
        async book() {
          bookedAt.push(queue.clock.now().toString())
          return HELD
        },
      },
      told,
    )
    const wait = job.standBy
    job.standBy = () => {
      wait()
      queue.clock.move({ seconds: 60 })
    }

    const { result } = await book(job)

    assert.equal(result.kind, 'booked')
    assert.deepEqual(steps, ['waiting-for-opening', 'stands by'])
    assert.deepEqual(bookedAt, [told.toString()])
  })
})
