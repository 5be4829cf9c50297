import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { findAction, waitForEnd } from '../../src/db/actions/read.ts'
import { patience } from '../support/patience.ts'
import { kill9, openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

describe('a worker asked to stop', () => {
  let house: WholeHouse
  before(async () => {
    house = await openWholeHouse()
    await house.portal.setFault({ id: 'otp-skipped' })
  })
  after(() => house.close())
  afterEach(async () => {
    await house.portal.clearFaults('hold')
    for (const { username, slotId } of (await house.portal.state()).bookings)
      await house.portal.cancelByHand({ username, slotId })
  })

  /** A worker in the middle of a booking, held by the site at `route`. */
  const workerAt = async (route: string) => {
    const worker = await house.startWorker()
    await house.portal.setFault({ id: 'hold', route, mode: 'once' })
    const id = await house.enqueueBooking()
    await house.portal.waitFor({ path: route, phase: 'held' })
    return { worker, id }
  }

  it('ends what it has begun, and claims nothing more', async () => {
    const { worker, id } = await workerAt('BookAppointment')

    worker.process.kill('SIGTERM')
    await worker.logged('worker stopping')
    await house.portal.release()
    const how = await worker.ended

    assert.equal(how, 'code 0')
    assert.equal((await findAction(house.db.read, id))?.result?.kind, 'booked')
    assert.equal((await house.portal.state()).bookings.length, 1)
    const workers = await house.db.read.selectFrom('workers').select('id').execute()
    assert.deepEqual(workers, [], 'it has signed off')
  })

  it('hands back at once what it has begun when it is asked twice', async () => {
    const { worker, id } = await workerAt('/Booking/ChooseActivity')

    worker.process.kill('SIGINT')
    await worker.logged('worker stopping')
    worker.process.kill('SIGINT')
    const how = await worker.ended

    const handedBack = await findAction(house.db.read, id)
    assert.equal(how, 'code 0')
    assert.deepEqual([handedBack?.status, handedBack?.attempt], ['pending', 0])
    await house.portal.release()
    const next = await house.startWorker()
    const action = await waitForEnd(house.db, id, patience())
    assert.equal(action.result?.kind, 'booked', JSON.stringify(action.error))
    assert.equal((await house.portal.state()).bookings.length, 1)
    await kill9(next)
  })
})
