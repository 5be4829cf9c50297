import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findAction, listActionsOf } from '../../src/db/actions/read.ts'
import { findBookingOf, recordBooking } from '../../src/db/bookings.ts'
import { ANNA, BRUNO, fillTimetable, openHouse, quiet, STRANGER, slot, TOMORROW } from './support.ts'

describe('whoever the house does not know', () => {
  it('gets no answer at all, whatever they do', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [slot()])
    const stranger = await house.chat(STRANGER)
    const before = (await house.control.calls()).length

    const id = await stranger.send('/start')
    await stranger.send('let me in')
    await stranger.sendPhoto(PIXEL)
    await stranger.edit(id, '/status 1')
    // A press of a stranger is never answered, so nothing can be waited for but the next answer to somebody known.
    for (const data of ['menu', 'book-slot:1:1', 'settings', 'nonsense'])
      void stranger.pressData(data, { messageId: 1, timeoutMs: 100 }).catch(() => undefined)
    const anna = await house.chat(ANNA)
    await anna.send('/start')
    await anna.see(/Hi Anna/)

    const calls = (await house.control.calls()).slice(before).filter(({ method }) => method !== 'getUpdates')
    assert.deepEqual(
      calls.map(({ params }) => params['chat_id']),
      [ANNA.id],
    )
    assert.deepEqual(await listActionsOf(house.db.read, STRANGER.id, 10), [])
  })

  it('stays unknown when they block and unblock', async () => {
    await using house = await openHouse()
    const stranger = await house.chat(STRANGER)
    await stranger.send('hello')

    await stranger.block()
    await stranger.unblock()
    const anna = await house.chat(ANNA)
    await anna.send('/start')
    await anna.see(/Hi Anna/)

    assert.equal((await stranger.messages()).filter(({ from }) => from === 'bot').length, 0)
  })
})

describe("somebody else's ids", () => {
  it('are answered like outdated ones, and change nothing', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [slot(), slot({ start: '20:00', siteId: '2' })])
    const [anna] = await house.addUser(ANNA)
    const [bruno] = await house.addUser({ ...BRUNO, language_code: 'en' })
    assert.ok(anna && bruno)
    const annas = await house.chat(ANNA)
    await annas.send('/start')
    await annas.idle()
    await annas.pressData(`book-slot:${anna.id}:1`)
    const booking = await house.db.write((tx) =>
      recordBooking(
        tx,
        anna,
        { date: TOMORROW, start: '20:00', end: '21:00', location: 'L', course: 'C', cancellable: true },
        house.clock.now(),
      ),
    )
    const chat = await house.chat({ ...BRUNO, language_code: 'en' })
    await chat.send('/start')

    const outdated = [
      ...[`days:${anna.id}`, `day:${anna.id}:${TOMORROW}:0`, `slot:${anna.id}:1`, `book-slot:${anna.id}:2`],
      ...['action:1', 'again:1', 'take-back:1', 'other-classes:1', `sync:${anna.id}`, `refresh:${anna.id}`],
      ...[`check:${anna.id}`, `times:${anna.id}:${TOMORROW}:0`, `timetable-of:${anna.id}`],
      ...[`history:all:${anna.id}:0`, `history-file:all:${anna.id}:csv`, 'why:1', `stats-of:30:${anna.id}`],
    ]
    for (const data of outdated) assert.match((await chat.pressData(data)) ?? '', /outdated/, data)
    for (const data of [`ask-cancel:${booking}`, `cancel:${booking}`, `to-calendar:${booking}`])
      assert.match((await chat.pressData(data)) ?? '', /no longer in your list/, data)
    await chat.send('/status 1')
    await chat.see(/You have no request #1/)
    await chat.send('/cancel 1')
    await quiet(house, chat)

    assert.deepEqual(await listActionsOf(house.db.read, BRUNO.id, 10), [])
    assert.equal((await findAction(house.db.read, 1))?.status, 'pending')
    assert.ok(await findBookingOf(house.db.read, ANNA.id, booking))
    assert.doesNotMatch(await chat.transcript(), /Yoga/)
  })
})

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
