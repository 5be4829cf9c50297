import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CARLA, DARIO, invite, openOwnedHouse } from './invitations.ts'
import { fillTimetable, quiet, screen, slot } from './support.ts'
import { claim } from './worker.ts'

describe('a new user', () => {
  it('is led from the link to the first booking, one obvious button at a time', async () => {
    await using house = await openOwnedHouse()
    await fillTimetable(house.db, [slot()])
    const carla = await house.chat(CARLA)
    await carla.send(await invite(house))
    const first = await screen(house, carla)
    assert.match(first.text, /Three short steps:\n1️⃣ Add your account on the site\n2️⃣ Choose a class\n3️⃣ Done/)
    assert.deepEqual(first.labels, ['➕ Add my account'])
    await carla.send('/start')
    assert.deepEqual((await screen(house, carla)).labels, ['➕ Add my account'], 'until there is an account')

    await carla.press('Add my account')
    await carla.press('Polimisport')
    for (const answer of ['10777001', 'correct-horse-battery']) {
      await quiet(house, carla)
      await carla.send(answer)
    }
    await carla.press('There is no second factor')
    await carla.see(/Checking the login of Polimisport/)
    await (await claim(house.db)).end({ status: 'completed', result: { kind: 'checked' } })
    await carla.see(/The login of Polimisport works\.\n\nNow book your first class!/)
    assert.deepEqual((await screen(house, carla)).labels, ['📅 Book my first class', '‹ Menu'])

    await carla.press('Book my first class')
    await carla.press('Tomorrow')
    await carla.press('Yoga')
    await carla.press('Book it')
    await carla.see(/Booking Yoga/)
    await carla.send('/start')
    assert.ok((await screen(house, carla)).labels.includes('📅 New booking'))
  })

  it('is led in Italian too', async () => {
    await using house = await openOwnedHouse()
    const dario = await house.chat(DARIO)
    await dario.send(await invite(house))
    await dario.see(/Tre passi brevi:\n1️⃣ Aggiungi il tuo account/)
    const [account] = await house.addUser(DARIO)
    await dario.pressData(`check:${account?.id}`)
    await (await claim(house.db)).end({ status: 'completed', result: { kind: 'checked' } })

    await dario.see(/Ora prenota la tua prima lezione!/)
  })

  it('is not told again once a class was asked for', async () => {
    await using house = await openOwnedHouse()
    await fillTimetable(house.db, [slot()])
    const [account] = await house.addUser(CARLA)
    const carla = await house.chat(CARLA)
    await carla.send('/start')
    await quiet(house, carla)
    await carla.pressData(`book-slot:${account?.id}:1`)
    await (await claim(house.db)).booked()
    await carla.send('/start')
    await quiet(house, carla)
    await carla.pressData(`check:${account?.id}`)
    await (await claim(house.db)).end({ status: 'completed', result: { kind: 'checked' } })

    await carla.see(/The login of Polimisport works/)
    await carla.seeNot(/first class/)
  })
})
