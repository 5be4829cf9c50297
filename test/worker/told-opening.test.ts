import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { toStamp } from '../../src/core/clock.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { PortalError } from '../../src/portals/errors.ts'
import { getPortal } from '../../src/portals/registry.ts'
import { endingOfFailure } from '../../src/worker/failure.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

const facts = getPortal('polimisport')

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue()
})
afterEach(() => queue.close())

/** The next attempt ends with what the portal says; answers the action's row. */
async function refuse(error: PortalError) {
  const { action, lease } = await queue.mustClaim()
  const [account] = queue.accounts
  assert.ok(account)
  const now = queue.clock.now()
  const failure = { action, account, facts, error, outcomeUnknown: false, evidence: null, now }
  await endAttempt(queue.db, lease, endingOfFailure(failure))
  return await queue.row(action.id)
}

const notOpen = (opensAt: Temporal.Instant) => new PortalError('not-open-yet', 'not open yet', { opensAt })
const aMoment = () => notOpen(queue.clock.now().add({ milliseconds: 1_500 }))

describe('a slot that opens later than by our table', () => {
  it('is claimed ahead of the opening that the portal tells, and tried for five minutes after it', async () => {
    // Open since yesterday by our table.
    const told = queue.clock.now().add({ hours: 2 })
    await queue.book()

    const first = await refuse(notOpen(told))
    assert.deepEqual([first.status, first.run_at], ['pending', toStamp(told.subtract({ seconds: 90 }))])

    queue.clock.set(first.run_at)
    const ahead = await refuse(notOpen(told))
    assert.deepEqual([ahead.status, ahead.run_at], ['pending', toStamp(told)])

    queue.clock.set(ahead.run_at)
    const late = await refuse(aMoment())
    assert.deepEqual([late.status, late.run_at], ['pending', toStamp(told.add({ milliseconds: 1_500 }))])

    queue.clock.set(late.run_at)
    const troubled = await refuse(new PortalError('portal-down', 'the site answered 500'))
    queue.clock.set(toStamp(told.add({ minutes: 1 })))
    const minute = await refuse(aMoment())
    assert.deepEqual([troubled.status, minute.run_at], ['pending', toStamp(told.add({ minutes: 2 }))])

    queue.clock.set(toStamp(told.add({ minutes: 5 })))
    assert.equal((await refuse(aMoment())).status, 'failed')
  })

  it('ends when the portal tells none, long after our table', async () => {
    await queue.book()
    assert.equal((await refuse(aMoment())).status, 'failed')
  })
})
