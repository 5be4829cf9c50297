import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listBookingsOf } from '../../src/db/bookings.ts'
import { ANNA, fillTimetable, openHouse, slot, TODAY } from './support.ts'
import { claim } from './worker.ts'

describe('booking a class', () => {
  it('goes from the menu to the result, and cancels again', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [slot(), slot({ start: '20:00', end: '21:00', course: 'Pilates', siteId: '2' })])
    const chat = await house.chat(ANNA)

    await chat.send('/start')
    await chat.press(/New booking/)
    await chat.press(/Tomorrow, Sun 22 Nov · 2 classes/)
    await chat.press(/18:30 Yoga · 5 spots/)
    await chat.see(/You can book it now/)
    const popup = await chat.press(/Book it/)
    assert.equal(popup, 'Queued as #1')
    await chat.see(/queued as #1/)
    const work = await claim(house.db)
    await chat.see(/claimed/)
    await work.step('logging-in')
    await chat.see(/▸ logging in…/)
    await work.booked()
    await chat.see(/Booked: Yoga/)

    await chat.press(/Cancel it/)
    await chat.see(/Really cancel Yoga, tomorrow, Sun 22 Nov, 18:30\?/)
    await chat.press(/Yes, cancel it/)
    await chat.see(/queued as #2/)
    const cancelling = await claim(house.db)
    await cancelling.end({ status: 'completed', result: { kind: 'cancelled' } })
    await chat.see(/Cancelled: Yoga/)
    await chat.idle()
    assert.deepEqual(await house.control.violations(), [])
    assert.equal((await listBookingsOf(house.db.read, ANNA.id, { date: TODAY, time: '00:00' })).length, 1)
    assert.equal((await chat.messages()).filter(({ from }) => from === 'bot').length, 1)
  })
})
