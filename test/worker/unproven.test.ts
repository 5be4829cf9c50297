import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { SHOT_DEFAULTS } from '../../src/core/config.ts'
import type { Account } from '../../src/db/accounts.ts'
import type { ActionError, BookAction } from '../../src/db/actions/action.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { findAction } from '../../src/db/actions/read.ts'
import type { PortalBooking, PortalSession } from '../../src/portals/contract.ts'
import { PortalError } from '../../src/portals/errors.ts'
import { getPortal } from '../../src/portals/registry.ts'
import { endingOfFailure } from '../../src/worker/failure.ts'
import { book } from '../../src/worker/jobs/book.ts'
import type { Job } from '../../src/worker/jobs/job.ts'
import { shotTools } from '../../src/worker/shot/tools.ts'
import { OWNER, openTestHouse, type TestHouse, testClock } from '../support/house.ts'

const BOOKING: PortalBooking = {
  ...{ date: '2026-11-27', start: '18:30', end: '19:30', location: 'Giuriati - Corsi Platinum', course: 'YOGA' },
  cancellable: true,
}
const UNPROVEN = new PortalError('refused', 'the site said OK, its list does not show it', { unproven: true })

/** What an attempt leaves to the next one. */
type Left = Pick<Job, 'outcome'> & { error: ActionError | null }
const UNTRIED: Left = { error: null, outcome: { state: 'none', submittedAt: null } }

let house: TestHouse
let account: Account
const clock = testClock('2026-11-26T12:00:00Z')
before(async () => {
  house = await openTestHouse(clock)
  account = await house.addAccount(OWNER.id, { username: '10000001', password: 'secret' })
})
after(() => house.close())

/** A portal that says "booked", and lists what `list` holds. */
async function portalSaying(error: PortalError) {
  const slot = { ...BOOKING, siteId: null }
  const asked = { userId: OWNER.id, accountId: account.id, portal: 'polimisport', origin: `test:${performance.now()}` }
  const deadline = clock.now().add({ hours: 5 })
  const { id } = await enqueueAction(house.db, { ...asked, type: 'book', slot, deadline })
  const action = await findAction(house.db.read, id)
  assert.equal(action?.type, 'book')
  const list: PortalBooking[] = []
  const portal = { submits: 0, list }
  const session = {
    isLoggedIn: async () => true,
    readBookings: async () => list,
    async book(_slot, beforeSubmit) {
      await beforeSubmit()
      portal.submits++
      throw error
    },
  } as Partial<PortalSession> as PortalSession
  /** One attempt, after a former one that left this. */
  const attempt = async (former: Left = UNTRIED) => {
    const outcome = { ...former.outcome }
    const unknown = outcome.state === 'unknown'
    const job: Job<BookAction> = {
      action: { ...(action as BookAction), attempt: 1, outcomeUnknown: unknown, error: former.error },
      ...{ account, facts: getPortal('polimisport'), session, outcome, db: house.db, log: house.log },
      signal: new AbortController().signal,
      shots: shotTools(house.db.clock, SHOT_DEFAULTS),
      standBy: () => undefined,
      step: async () => undefined,
      async beforeSubmit() {
        Object.assign(outcome, { state: 'unknown', submittedAt: clock.now() })
      },
    }
    const thrown = await book(job).then(
      ({ result }) => ({ result }),
      (error: unknown) => ({ error }),
    )
    if ('result' in thrown) return { result: thrown.result, ending: undefined, former }
    const { facts } = job
    const outcomeUnknown = outcome.state === 'unknown'
    const failure = { action: job.action, account, facts, error: thrown.error, outcomeUnknown, evidence: null }
    const ending = endingOfFailure({ ...failure, now: clock.now() })
    assert.ok('error' in ending)
    return { result: undefined, ending, former: { error: ending.error, outcome } }
  }
  return { portal, attempt }
}

describe('a booking that the portal accepted and does not list', () => {
  it('is asked for again before it is told, and told as booked when it shows', async () => {
    const { portal, attempt } = await portalSaying(UNPROVEN)
    const { ending, former } = await attempt()
    assert.equal(ending?.status, 'pending')
    if (ending?.status !== 'pending') return
    assert.ok(ending.outcomeUnknown)
    assert.ok(ending.runAt.since(clock.now()).total('seconds') >= 30)
    clock.set(`${ending.runAt}`)
    portal.list.push(BOOKING)
    const { result } = await attempt(former)
    assert.deepEqual(result, { kind: 'booked' })
    assert.equal(portal.submits, 1)
  })

  it('is refused once the list has had its time, and not sent again', async () => {
    const { portal, attempt } = await portalSaying(UNPROVEN)
    const { ending, former } = await attempt()
    assert.equal(ending?.status, 'pending')
    if (ending?.status !== 'pending') return
    // Too early: it is asked for once more.
    const early = await attempt(former)
    assert.equal(early.ending?.status, 'pending')
    clock.set(`${ending.runAt}`)
    const late = await attempt(former)
    assert.equal(late.ending?.status, 'failed')
    assert.deepEqual(late.former.error, { kind: 'refused', message: UNPROVEN.message })
    assert.equal(portal.submits, 1)
  })

  it('is told at once where the portal itself has refused it', async () => {
    const { portal, attempt } = await portalSaying(new PortalError('refused', 'no', { portalSays: 'No.' }))
    assert.equal((await attempt()).ending?.status, 'failed')
    assert.equal(portal.submits, 1)
  })
})
