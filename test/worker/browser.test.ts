import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { waitForEnd } from '../../src/db/actions/read.ts'
import { patience } from '../support/patience.ts'
import { openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

describe('a browser that fails under the work', () => {
  let house: WholeHouse
  before(async () => {
    house = await openWholeHouse()
    await house.portal.setFault({ id: 'otp-skipped' })
    await house.startWorker()
  })
  after(() => house.close())
  afterEach(async () => {
    await house.portal.clearFaults('hold')
    await house.portal.expireSessions()
    for (const { username, slotId } of (await house.portal.state()).bookings)
      await house.portal.cancelByHand({ username, slotId })
  })

  for (const [what, signal, route] of [
    ['crashes during the login', 'SIGKILL', '/Account/Login'],
    ['crashes while it chooses the slot', 'SIGKILL', '/Booking/ChooseActivity'],
    ['crashes with the submit on its way', 'SIGKILL', 'BookAppointment'],
    ['hangs during the login', 'SIGSTOP', '/Account/Login'],
  ] as const) {
    it(`is replaced when it ${what}, and the booking is made once`, async () => {
      await house.portal.setFault({ id: 'hold', route, mode: 'once' })
      const submitsBefore = await countSubmits(house)
      const id = await house.enqueueBooking()
      await house.portal.waitFor({ path: route, phase: 'held' })

      process.kill(browserPid(house), signal)
      await house.portal.release()
      const action = await waitForEnd(house.db, id, patience())

      assert.equal(action.result?.kind, 'booked', JSON.stringify(action.error))
      assert.equal(action.attempt, 1, 'the same attempt went on')
      assert.equal((await house.portal.state()).bookings.length, 1)
      assert.equal((await countSubmits(house)) - submitsBefore, 1)
    })
  }
})

/** The newest browser that the worker has started. */
function browserPid(house: WholeHouse): number {
  const pid = /"pid":(\d+),"msg":"browser started"/.exec(
    house
      .output()
      .split('\n')
      .findLast((line) => /browser started/.test(line)) ?? '',
  )
  assert.ok(pid)
  return Number(pid[1])
}

async function countSubmits(house: WholeHouse): Promise<number> {
  return (await house.portal.requests()).filter(({ path }) => path.endsWith('/BookAppointment')).length
}
