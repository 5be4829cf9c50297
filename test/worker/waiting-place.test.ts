import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { endAttempt } from '../../src/db/actions/work.ts'
import { PortalError, type WaitingPlace } from '../../src/portals/errors.ts'
import { getPortal } from '../../src/portals/registry.ts'
import { endingOfFailure } from '../../src/worker/failure.ts'
import { OWNER } from '../support/house.ts'
import { openTestQueue } from '../support/queue.ts'

/** A booking that ends with a place on the waiting list; answers its error and the notices of it. */
async function bookAndWait(t: TestContext, waitingPlace: WaitingPlace) {
  const queue = await openTestQueue()
  t.after(() => queue.close())
  const id = await queue.book()
  const { action, lease } = await queue.mustClaim()
  const [account] = queue.accounts
  assert.ok(account)
  const error = new PortalError('slot-full', 'a place on the waiting list', { waitingPlace })
  const about = { action, account, facts: getPortal(account.portal), now: queue.clock.now() }
  await endAttempt(queue.db, lease, endingOfFailure({ ...about, error, outcomeUnknown: false, evidence: null }))
  const notices = (await queue.notices()).filter(({ kind }) => kind === 'waiting-place')
  return { row: await queue.row(id), notices }
}

describe('a place on the waiting list', () => {
  it('that was given back is said with the result alone', async (t) => {
    const { row, notices } = await bookAndWait(t, 'given-back')
    assert.equal(row.status, 'failed')
    assert.equal(JSON.parse(row.error ?? '').waitingPlace, 'given-back')
    assert.deepEqual(notices, [])
  })

  it('that could not be given back is told to the owner of the account', async (t) => {
    const { row, notices } = await bookAndWait(t, 'kept')
    assert.equal(JSON.parse(row.error ?? '').waitingPlace, 'kept')
    const { date, time_slot: start, location } = row
    const expected = {
      portal: 'polimisport',
      actionId: row.id,
      account: 'Polimisport 1',
      date,
      start,
      location,
      course: 'YOGA',
    }
    assert.deepEqual(
      notices.map(({ user_id, data }) => [user_id, JSON.parse(data)]),
      [[OWNER.id, { kind: 'waiting-place', ...expected }]],
    )
  })
})
