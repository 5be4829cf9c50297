import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { waitForEnd } from '../../src/db/actions/read.ts'
import { pauseAccount, resumeAccount } from '../../src/db/own-accounts.ts'
import type { PortalSession } from '../../src/portals/contract.ts'
import type { Worker } from '../../src/worker/worker.ts'
import { OWNER } from '../support/house.ts'
import { patience } from '../support/patience.ts'
import { newBook, openTestQueue, type TestQueue } from '../support/queue.ts'
import { startWorkerWithoutBrowser } from '../support/worker-without-browser.ts'

let queue: TestQueue
let worker: Worker
/** What happens right before the request that books is sent. */
let before: () => Promise<unknown>
let sent: number
beforeEach(async () => {
  queue = await openTestQueue()
  sent = 0
  worker = await startWorkerWithoutBrowser(queue, 1, () => session)
})
afterEach(async () => {
  await worker.stop()
  await queue.close()
})

const session: Partial<PortalSession> = {
  isLoggedIn: async () => true,
  async book({ siteId: _, ...slot }, beforeSubmit) {
    await before()
    await beforeSubmit()
    sent += 1
    return { ...slot, end: null, cancellable: true }
  },
  close: async () => undefined,
}

describe('a worker that is about to book with an account that its owner pauses', () => {
  it('sends nothing, gives the booking back, and makes it when the account is used again', async () => {
    const [account] = queue.accounts
    assert.ok(account)
    before = () => pauseAccount(queue.db, OWNER.id, account.id)
    const released = givenBack()
    const id = await queue.book(newBook(account, 0))
    await released

    const { status, error, submitted_at } = await queue.row(id)
    assert.deepEqual([status, error, submitted_at, sent], ['pending', null, null, 0])

    before = async () => undefined
    await resumeAccount(queue.db, OWNER.id, account.id)
    const ended = await waitForEnd(queue.db, id, patience())
    assert.deepEqual([ended.result?.kind, sent], ['booked', 1])
  })
})

/** Resolves when an attempt has ended with the action given back. */
async function givenBack(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = async () => {
    const rows = await queue.db.read.selectFrom('attempts').select('outcome').execute()
    if (rows.length > 0) resolve()
  }
  const unlisten = await queue.db.waker.listen('news', () => void look())
  await promise
  unlisten()
}
