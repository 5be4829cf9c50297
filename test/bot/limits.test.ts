import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { limitedUntil } from '../../src/db/actions/limit.ts'
import { listActionsOf } from '../../src/db/actions/read.ts'
import { CARLA, OLGA, openOwnedHouse } from './invitations.ts'
import { ANNA, fillTimetable, quiet, screen, slot } from './support.ts'

const SLOTS = ['17:00', '18:00', '19:00', '20:00', '21:00'].map((start, index) => slot({ start, siteId: `${index}` }))

describe('the limit of requests within an hour', () => {
  it('says in a sentence when it goes on, and then goes on', async () => {
    await using house = await openOwnedHouse({ actionsPerHour: 3 })
    await fillTimetable(house.db, SLOTS)
    const anna = await house.chat(ANNA)
    await anna.send('/start')
    await quiet(house, anna)
    for (const id of [1, 2, 3]) {
      assert.equal(await anna.pressData(`book-slot:1:${id}`), `Queued as #${id}`)
      house.clock.advance({ minutes: 10 })
    }

    const refusal = 'That is a lot: 3 requests within an hour. I take the next one from 11:01.'
    assert.equal(await anna.pressData('book-slot:1:4'), refusal)
    await anna.send('/refresh')
    assert.equal((await screen(house, anna)).text, refusal)
    assert.equal((await listActionsOf(house.db.read, ANNA.id, 10)).length, 3)
    house.clock.advance({ minutes: 31 })

    assert.equal(await anna.pressData('book-slot:1:4'), 'Queued as #4')
    assert.match((await anna.pressData('book-slot:1:5')) ?? '', /from 11:11/)
  })

  it('does not count a second press, nor an update that comes again', async () => {
    await using house = await openOwnedHouse({ actionsPerHour: 1 })
    await fillTimetable(house.db, SLOTS)
    const anna = await house.chat(ANNA)
    await anna.send('/start')
    await quiet(house, anna)
    await anna.pressData('book-slot:1:1')
    const before = (await house.control.calls({ method: 'answerCallbackQuery' })).length

    await house.control.repeatUpdate()
    await anna.send('/help')
    await anna.see(/What I can do/)
    await house.bot.idle()
    const calls = (await house.control.calls({ method: 'answerCallbackQuery' })).slice(before)
    assert.match(JSON.stringify(calls), /Already in the queue as #1/)
    assert.equal(await anna.pressData('book-slot:1:1'), 'Already in the queue as #1')
    assert.match((await anna.pressData('book-slot:1:2')) ?? '', /a lot/)
  })

  it('is everybody’s own, the owner’s too', async () => {
    await using house = await openOwnedHouse({ actionsPerHour: 1 })
    await fillTimetable(house.db, SLOTS)
    const [annas, carlas] = [await house.chat(ANNA), await house.chat(CARLA)]
    await house.addUser(CARLA)
    await house.addUser(OLGA)
    for (const chat of [annas, carlas, house.olga]) {
      await chat.send('/start')
      await quiet(house, chat)
    }

    assert.match((await annas.pressData('check:1')) ?? '', /Queued/)
    assert.match((await carlas.pressData('check:2')) ?? '', /Queued/)
    assert.match((await house.olga.pressData('check:3')) ?? '', /Queued/)
    for (const [index, chat] of [annas, carlas, house.olga].entries())
      assert.match((await chat.pressData(`sync:${index + 1}`)) ?? '', /a lot/)
  })

  it('lets everybody through who has asked for less', async () => {
    await using house = await openOwnedHouse()
    assert.equal(await limitedUntil(house.db.read, ANNA.id, 1, house.clock.now()), undefined)
  })
})
