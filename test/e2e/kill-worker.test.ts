import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { FaultInput } from '../../sim/polimisport/faults.ts'
import { kill9, openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

/** Where the worker is when it is killed: a request that the site holds, or has answered in its mind only. */
type Moment = { name: string; hold: Extract<FaultInput, { id: 'hold' }> }

const hold = (route: string, more: Partial<Moment['hold']> = {}): Moment['hold'] => ({
  id: 'hold',
  mode: 'once',
  route,
  onRelease: 'cut',
  ...more,
})
const MOMENTS: Moment[] = [
  { name: 'opening the login page', hold: hold('/Account/Login') },
  { name: 'sending the password', hold: hold('/IdentificazioneUnica.do', { method: 'POST' }) },
  { name: 'choosing the slot', hold: hold('/Booking/ChooseActivity') },
  { name: 'submitting, before the site has it', hold: hold('BookAppointment') },
  { name: 'submitting, with the request on its way', hold: hold('BookAppointment', { onRelease: 'go-on' }) },
  { name: 'waiting for the answer of a booking that was made', hold: hold('BookAppointment', { at: 'after' }) },
]

describe('a worker killed in the middle of a booking', () => {
  let house: WholeHouse
  before(async () => {
    house = await openWholeHouse()
    // A code is good once: a new worker would have to wait for the next one.
    await house.portal.setFault({ id: 'otp-skipped' })
    await house.startBot()
    const worker = await house.startWorker()
    await house.runScript('src/scripts/refresh-courses.ts')
    await kill9(worker)
  })
  after(() => house.close())

  for (const [index, { name, hold }] of MOMENTS.entries()) {
    it(`ends right after a restart: ${name}`, async () => {
      const { ada, portal } = house
      await portal.expireSessions()
      await portal.setFault(hold)
      const worker = await house.startWorker()
      await ada.send('/book')
      await ada.press(/Tomorrow/)
      await ada.press(/🟢/)
      const card = await ada.see(/You can book it now/)
      await ada.press(/Book it/)
      await waitUntilHeld(house, hold.route ?? '*')

      await kill9(worker)
      await portal.release()
      await portal.clearFaults('hold')
      const next = await house.startWorker()
      await house.endLease()

      const result = await ada.see(/Booked/, { after: card })
      const { bookings } = await portal.state()
      assert.equal(bookings.length, 1, 'the site holds exactly one booking')
      await ada.idle()
      const results = (await ada.messages()).filter(({ text }) => /Booked/.test(text))
      assert.equal(results.length, index + 1, 'one result a booking')
      assert.match(result.text, /✅ Booked/)
      await kill9(next)
      await cleanUp(house)
    })
  }
})

async function waitUntilHeld(house: WholeHouse, route: string): Promise<void> {
  await house.portal.waitFor({ path: route, phase: 'held' })
}

/** Leaves the chat as it is, and the site empty for the next moment. */
async function cleanUp({ portal, db }: WholeHouse): Promise<void> {
  for (const { username, slotId } of (await portal.state()).bookings) await portal.cancelByHand({ username, slotId })
  await db.write((tx) => tx.deleteFrom('user_bookings').execute())
}
