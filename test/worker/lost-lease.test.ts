import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { LEASE_MS } from '../../src/db/actions/lease.ts'
import { waitForEnd } from '../../src/db/actions/read.ts'
import type { PortalSession, SessionInput } from '../../src/portals/contract.ts'
import type { Worker } from '../../src/worker/worker.ts'
import { patience, until } from '../support/patience.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'
import { startWorkerWithoutBrowser } from '../support/worker-without-browser.ts'

let queue: TestQueue
let worker: Worker
/** What happens at the portal, in order. */
let log: string[]
let firstAsks: PromiseWithResolvers<void>
before(async () => {
  queue = await openTestQueue()
  log = []
  firstAsks = Promise.withResolvers()
  worker = await startWorkerWithoutBrowser(queue, 2, sessionIn)
})
after(async () => {
  await worker.stop()
  await queue.close()
})

/** The site answers the first session never: only the end of its context frees it, as in a browser. */
function sessionIn({ context }: SessionInput): Partial<PortalSession> {
  log.push('opened')
  const isFirst = log.length === 1
  context.once('close', () => log.push('context closed'))
  return {
    async isLoggedIn() {
      if (!isFirst) return true
      firstAsks.resolve()
      return await new Promise((_, reject) => context.once('close', () => reject(new Error('the context was closed'))))
    },
    readBookings: async () => [],
    async book({ siteId: _, ...slot }, beforeSubmit) {
      await beforeSubmit()
      log.push('booked')
      return { ...slot, end: null, cancellable: true }
    },
    close: async () => {
      log.push('left')
    },
  }
}

/** Whether the worker has claimed the action once more. */
async function isClaimedAgain(): Promise<boolean> {
  const rows = await queue.db.read.selectFrom('attempts').select('outcome').execute()
  return rows.some(({ outcome }) => outcome === 'lost')
}

describe('a worker that stood still for longer than its lease', () => {
  it('takes the action up again in a context of its own, once its first attempt knows of the loss', async () => {
    const id = await queue.book()
    await firstAsks.promise
    queue.clock.move({ milliseconds: LEASE_MS + 1 })
    await until(isClaimedAgain)

    queue.db.waker.poke('work') // the first attempt looks at its lease
    const ended = await waitForEnd(queue.db, id, patience())

    assert.equal(ended.result?.kind, 'booked', JSON.stringify(ended.error))
    assert.deepEqual(log, ['opened', 'context closed', 'left', 'opened', 'booked', 'left'])
  })
})
