import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { getAccount } from '../../src/db/accounts.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { changeCredentials, pauseAccount } from '../../src/db/own-accounts.ts'
import type { PortalSession } from '../../src/portals/contract.ts'
import { PortalError } from '../../src/portals/errors.ts'
import { getPortal } from '../../src/portals/registry.ts'
import { endingOfFailure } from '../../src/worker/failure.ts'
import { check } from '../../src/worker/jobs/check.ts'
import type { Job } from '../../src/worker/jobs/job.ts'
import { OWNER } from '../support/house.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

const facts = getPortal('polimisport')

let queue: TestQueue
let logins: number
beforeEach(async () => {
  queue = await openTestQueue()
  logins = 0
})
afterEach(() => queue.close())

const session: Partial<PortalSession> = {
  isLoggedIn: async () => false,
  async login() {
    logins += 1
    throw new PortalError('bad-credentials', 'wrong')
  },
}

/** The owner asks for a check of a login that the portal refuses, and a worker does it; answers how it ended. */
async function press() {
  const { db, clock, log } = queue
  const id = await queue.ask('check', OWNER.id)
  const { action, lease } = await queue.mustClaim()
  if (action.type !== 'check') throw new Error('no check')
  const account = await getAccount(db.read, action.accountId)
  const job = { action, account, facts, session, db, log } as Job<typeof action>
  await check(job).then(
    () => assert.fail('it was taken'),
    (error: unknown) => {
      const failure = { action, account, facts, error, outcomeUnknown: false, evidence: null, now: clock.now() }
      return endAttempt(db, lease, endingOfFailure(failure))
    },
  )
  return JSON.parse((await queue.row(id)).error ?? '').kind
}

describe('the check of a login that the portal has refused', () => {
  it('submits the same again once an hour at most, and new credentials at once', async () => {
    const counts: number[] = []
    for (const minutes of [0, 0, 59, 1, 59, 1]) {
      queue.clock.move({ minutes })
      assert.equal(await press(), 'bad-credentials')
      counts.push(logins)
    }
    assert.deepEqual(counts, [1, 1, 1, 2, 2, 3])

    const [account] = queue.accounts
    assert.ok(account)
    const change = { userId: OWNER.id, accountId: account.id, change: { password: 'better' } }
    await changeCredentials(queue.db, queue.vault, change)
    await press()
    assert.equal(logins, 4)
  })

  it('is not held up where only its owner has suspended it', async () => {
    const [account] = queue.accounts
    await pauseAccount(queue.db, OWNER.id, account?.id ?? 0)
    await press()
    assert.equal(logins, 1)
  })
})
