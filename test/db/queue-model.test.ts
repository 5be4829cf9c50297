import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { activateAccount } from '../../src/db/accounts.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { ENGINE } from '../support/engines.ts'
import { GUEST, OWNER, openTestHouse, testClock } from '../support/house.ts'
import { AMPLE, NOON } from '../support/queue.ts'
import { anything } from './queue-model/commands.ts'
import { emptyModel } from './queue-model/model.ts'
import { emptyQueue, type Real } from './queue-model/real.ts'

/** To see a failure again: the seed that it printed. */
const SEED = process.env['BOOKWRIGHT_TEST_SEED']
const RUNS = ENGINE === 'SQLite' ? 400 : 200

let real: Real
before(async () => {
  const clock = testClock(NOON)
  const house = await openTestHouse(clock)
  const accounts = []
  for (const [n, { id }] of [OWNER, OWNER, GUEST, GUEST].entries())
    accounts.push(await house.addAccount(id, { username: `somebody${n}`, password: 'pw' }))
  real = { house, clock, accounts, leases: new Map() }
})
after(() => real.house.close())

/** Time goes on and one worker does its work: answers what is open all the same. */
async function settle({ house, clock, accounts }: Real): Promise<number[]> {
  const { db } = house
  await db.write(async (tx, now) => {
    for (const { id } of accounts) await activateAccount(tx, id, now)
  })
  for (let rounds = 0; rounds < 3; rounds++) {
    clock.move({ minutes: 5 })
    for (let next = await claim(); next; next = await claim())
      await endAttempt(db, next.lease, { status: 'completed', result: { kind: 'checked' } })
  }
  const open = await db.read.selectFrom('booking_actions').select('id').where('completed_at', 'is', null).execute()
  return open.map(({ id }) => id)

  function claim() {
    return claimNextAction(db, 'last', AMPLE)
  }
}

describe('whatever people, workers and time do to the queue', () => {
  it('it is as the model says after each step, and everything comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (commands) => {
        await emptyQueue(real)
        await fc.asyncModelRun(() => ({ model: emptyModel(), real }), commands)
        assert.deepEqual(await settle(real), [])
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 100_000, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
    )
  })
})
