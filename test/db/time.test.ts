import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { LeaseLostError, renewLease } from '../../src/db/actions/lease.ts'
import { listAttempts } from '../../src/db/actions/read.ts'
import { endAttempt, markSubmitted } from '../../src/db/actions/work.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

const DONE = { status: 'completed', result: { kind: 'booked' } } as const

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue(1)
})
afterEach(() => queue.close())

describe('a clock that jumps', () => {
  it('ahead: the action is another worker’s, who asks the portal first, and the first one is refused', async () => {
    const id = await queue.book()
    const first = await queue.mustClaim('w1')
    await markSubmitted(queue.db, first.lease)

    queue.clock.move({ hours: 1 })
    const second = await queue.mustClaim('w2')

    assert.deepEqual([second.action.id, second.action.outcomeUnknown], [id, true])
    await assert.rejects(endAttempt(queue.db, first.lease, DONE), LeaseLostError)
    await endAttempt(queue.db, second.lease, DONE)
    assert.equal((await queue.notices()).length, 1)
  })

  it('back: the worker goes on, nobody else gets the action, and no duration is negative', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim('w1')

    queue.clock.move({ hours: -1 })
    await renewLease(queue.db, lease)
    assert.equal(await queue.claim('w2'), undefined)
    await endAttempt(queue.db, lease, DONE)

    const [attempt] = await listAttempts(queue.db.read, id)
    assert.deepEqual([attempt?.outcome, attempt?.ms], ['completed', 0])
  })

  it('back: what a worker vanished with goes back once its lease has run out by that clock', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim('w1')
    queue.clock.move({ hours: -1 })
    // A last renewal brings the lease down to the new time.
    await renewLease(queue.db, lease)

    queue.clock.move({ seconds: 21 })
    assert.equal((await queue.mustClaim('w2')).action.id, id)
  })
})

describe('what waits', () => {
  it('is passed only by what came before its turn, however much people ask for', async () => {
    const cron = await queue.ask('refresh', null)
    const turn = (await queue.row(cron)).turn_at
    const claimed: number[] = []
    // Twice as much is asked for as one worker can do.
    for (let minutes = 0; !claimed.includes(cron); minutes += 10) {
      assert.ok(minutes < 600, 'it waits for ever')
      const deadline = queue.clock.now().add({ hours: 24 })
      await queue.book({ deadline })
      await queue.book({ deadline })
      queue.clock.move({ minutes: 10 })
      const { action, lease } = await queue.mustClaim()
      claimed.push(action.id)
      await endAttempt(queue.db, lease, DONE)
    }

    const rows = await Promise.all(claimed.slice(0, -1).map((id) => queue.row(id)))
    assert.ok(rows.length > 6, 'others went first')
    assert.ok(rows.every((row) => row.created_at < turn))
  })
})
