import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readBotState } from '../../src/db/bot-state.ts'
import { findUser } from '../../src/db/users.ts'
import { ANNA, BRUNO, openHouse, quiet, screen } from './support.ts'

const ENGLISH = ['📅 New booking', '📋 My bookings', '🔄 Recurring', '🗓️ Timetable', '🖼 My week', '⚙️ Settings']
const ITALIAN = [
  '📅 Nuova Prenotazione',
  '📋 Le Mie Prenotazioni',
  '🔄 Periodiche',
  '🗓️ Orari Corsi',
  '🖼 Settimana',
  '⚙️ Impostazioni',
]

describe('the menu', () => {
  it('is the one of the documents, in each language', async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO)
    const anna = await house.chat(ANNA)
    const bruno = await house.chat(BRUNO)

    await anna.send('/start')
    await bruno.send('/start')

    assert.deepEqual((await screen(house, anna)).labels, ENGLISH)
    assert.deepEqual((await screen(house, bruno)).labels, ITALIAN)
    assert.match((await screen(house, bruno)).text, /Ciao Bruno!/)
    assert.equal((await findUser(house.db.read, BRUNO.id))?.first_name, 'Bruno')
    assert.equal(await readBotState(house.db.read, `language:${BRUNO.id}`), 'it')
  })

  it('opens every screen and comes back', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')

    // The week is a picture, and comes in a message of its own.
    for (const label of ENGLISH.filter((name) => !name.includes('week'))) {
      await chat.press(label)
      await chat.press('‹ Menu')
      assert.deepEqual((await screen(house, chat)).labels, ENGLISH)
    }

    assert.equal((await chat.messages()).length, 2, 'all in one message')
  })

  it('fits a phone: four rows at most, of two buttons at most', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await quiet(house, chat)

    const rows = Map.groupBy(await chat.buttons(), ({ row }) => row)
    assert.ok(rows.size <= 4)
    for (const row of rows.values()) assert.ok(row.length <= 2)
  })

  it('answers the five questions in a help that fits a phone', async () => {
    await using house = await openHouse()
    for (const user of [ANNA, { ...BRUNO, id: 8 }]) {
      await house.addUser(user)
      const chat = await house.chat(user)
      await chat.send('/help')
      const { text } = await screen(house, chat)
      assert.ok(text.split('\n').length <= 25, text)
      assert.equal(text.match(/\?$/gm)?.length, 5, text)
    }
  })

  it('lists its commands in both languages', async () => {
    await using house = await openHouse()
    const names = [
      'start',
      'book',
      'bookings',
      'recurring',
      'week',
      'timetable',
      'accounts',
      'status',
      'why',
      'history',
      'stats',
      'calendar',
      'cancel',
      'refresh',
      'help',
    ]
    const anna = await house.chat(ANNA)
    const bruno = await house.chat(BRUNO)
    await anna.send('/help')
    await anna.see(/What I can do/)

    const { commands } = await anna.view()
    const { commands: italian } = await bruno.view()
    assert.deepEqual(
      commands.map(({ command }) => command),
      names,
    )
    assert.equal(commands[1]?.description, 'Book a class')
    assert.equal(italian[1]?.description, 'Prenota una lezione')
  })

  it('answers every command', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    const answers = [
      ['/start', /Hi Anna/],
      ['/book', /no classes to show yet/],
      ['/bookings', /My bookings/],
      ['/timetable', /no classes to show yet/],
      ['/status', /not asked for anything yet/],
      ['/why', /Nothing you asked for has failed/],
      ['/history', /Nothing here yet/],
      ['/stats', /Nothing yet/],
      ['/calendar', /no bookings ahead/],
      ['/cancel', /number of the request too/],
      ['/accounts', /Accounts[\s\S]*Polimisport/],
      ['/help', /What I can do/],
      ['/refresh', /queued as #1/],
      ['/help@bookwright_bot', /What I can do/],
    ] as const

    for (const [command, answer] of answers) {
      await chat.send(command)
      await quiet(house, chat)
      assert.match((await chat.last())?.text ?? '', answer, command)
    }
  })

  it('answers everything else briefly, with the menu', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    const photo = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )

    await chat.sendPhoto(photo, '/start')
    await chat.sendDocument('my list.pdf', 'x')
    const shown = await screen(house, chat)
    assert.match(shown.text, /I did not get that/)
    assert.deepEqual(shown.labels, ENGLISH)
    await chat.send('/nonsense')
    assert.match((await screen(house, chat)).text, /do not know that command/)
    assert.equal((await chat.messages()).filter(({ from }) => from === 'bot').length, 3)
  })

  it('ignores what is edited', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    const id = await chat.send('hello')
    await chat.see(/no classes to show yet/)
    await chat.edit(id, '/status')
    await chat.send('/help')
    await chat.see(/What I can do/)

    assert.equal((await chat.messages()).filter(({ from }) => from === 'bot').length, 2)
  })
})

describe('who comes back', () => {
  it('is remembered after a block', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await quiet(house, chat)

    await chat.block()
    await quiet(house, chat)
    assert.notEqual((await findUser(house.db.read, ANNA.id))?.blocked_at, null)
    await chat.unblock()
    await quiet(house, chat)

    assert.equal((await findUser(house.db.read, ANNA.id))?.blocked_at, null)
  })
})
