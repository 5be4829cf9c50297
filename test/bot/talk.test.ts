import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import { listBotState } from '../../src/db/bot-state.ts'
import { patience } from '../support/patience.ts'
import { ANNA, BRUNO, type House, openHouse, quiet, screen } from './support.ts'

const PASSWORD = '/pa55word <&> 🔑'
const SECRET = 'JBSWY3DPEHPK3PXP'

/** Anna is asked for the password of a new account. */
async function askedForPassword(house: House): Promise<Chat> {
  const chat = await house.chat(ANNA)
  await chat.send('/accounts')
  await chat.press('Add an account')
  await chat.press('Polimisport')
  await chat.see(/Codice Persona/)
  await chat.send('10012345')
  await chat.see(/What is the password/)
  await quiet(house, chat)
  return chat
}

const accountsOf = (house: House) => house.db.read.selectFrom('accounts').select(['id', 'name']).execute()
const dataOf = async (chat: Chat, label: string) => {
  const found = (await chat.messages()).flatMap(({ buttons }) => buttons).findLast((one) => one.label.includes(label))
  assert.ok(found?.data, `no button ${label}`)
  return found.data
}

/** Waits until the bot has forgotten what it had written down. */
async function forgotten(house: House, chat: Chat, prefix: string): Promise<void> {
  const limit = patience()
  for (;;) {
    const kept = await listBotState(house.db.read, prefix)
    if (kept.length === 0) return
    if (limit.aborted) throw new Error(`${prefix} is still written down: ${JSON.stringify(kept)}`)
    await quiet(house, chat)
  }
}

/** Waits until the bot has written something down. */
async function written(house: House, chat: Chat, prefix: string): Promise<void> {
  const limit = patience()
  while ((await listBotState(house.db.read, prefix)).length === 0) {
    limit.throwIfAborted()
    await chat.view()
  }
}

async function restart(house: House): Promise<void> {
  await house.bot.stop()
  await house.startBot()
}

describe('a conversation', () => {
  it('goes on after a restart at every question', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await restart(house)
    await chat.press('Polimisport')
    await chat.see(/Codice Persona/)
    await restart(house)
    await chat.send('10012345')
    await chat.see(/What is the password/)
    await restart(house)
    const password = await chat.send(PASSWORD)
    await chat.see(/code from an app/)
    await chat.gone(password)
    await restart(house)
    await chat.press('no second factor')

    await chat.see(/Checking the login of Polimisport 2/)
    assert.equal((await accountsOf(house)).length, 2)
    await forgotten(house, chat, 'conversation:')
  })

  it('takes an answer that comes again for no second answer', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)

    await house.control.repeatUpdate()
    await quiet(house, chat)
    assert.match((await screen(house, chat)).text, /What is the password/)
    await restart(house)
    // What was not confirmed comes again to the next process; it may not have been asked what follows.
    await house.control.repeatUpdate()
    await quiet(house, chat)
    assert.match((await screen(house, chat)).text, /What is the password/)
    const password = await chat.send(PASSWORD)
    await chat.see(/code from an app/)
    await chat.gone(password)
    await house.control.repeatUpdate()
    await quiet(house, chat)

    assert.match((await screen(house, chat)).text, /code from an app/)
    await chat.press('no second factor')
    await chat.see(/Checking the login/)
  })

  it('starts again where the press that started it comes again', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await quiet(house, chat)

    await house.control.repeatUpdate()
    await quiet(house, chat)

    assert.equal((await chat.messages()).filter(({ text }) => text.includes('For which site?')).length, 1)
    await chat.press('Polimisport')
    await chat.see(/Codice Persona/)
    await chat.send('10012345')
    await chat.see(/What is the password/)
  })

  it('ends with /cancel, and asks for nothing any more', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)

    await chat.send('/cancel')

    await chat.see(/never mind/)
    await chat.see(/Left unanswered/)
    await chat.seeNot(/What is the password/)
    await chat.send('hello')
    await chat.see(/no classes to show yet/)
    assert.equal((await accountsOf(house)).length, 1)
  })

  for (const leave of ['/bookings', '/leave', '/users', '/help@bookwright_bot', '/cancel@bookwright_bot', '/start'])
    it(`is left by ${leave}`, async () => {
      await using house = await openHouse()
      const chat = await askedForPassword(house)

      await chat.send(leave)

      await chat.see(/Left unanswered/)
      await forgotten(house, chat, 'conversation:')
    })

  it('is left by a button that leads elsewhere, and its buttons are outdated then', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await askedForPassword(house)
    const stop = await dataOf(chat, 'Stop')

    await chat.press('My bookings')

    await chat.see(/Left unanswered/)
    assert.match((await chat.pressData(stop)) ?? '', /outdated/)
    assert.match((await chat.pressData(stop)) ?? '', /outdated/)
  })

  it('goes on while other buttons are pressed', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)

    assert.match((await chat.pressData('slot:1:1')) ?? '', /no longer on the timetable/)
    const password = await chat.send(PASSWORD)

    await chat.see(/code from an app/)
    await chat.gone(password)
  })

  it('takes a choice that was not offered, and one of another question, for outdated', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)
    const stop = await dataOf(chat, 'Stop')
    const [name, key] = stop.split(':')

    for (const forged of [`${name}:${key}:none`, `${name}:${key}x:stop`, `${name}:${key}:`, `${name}:0:stop`, 'talk'])
      assert.match((await chat.pressData(forged)) ?? '', /outdated/, forged)
    await house.addUser(BRUNO)
    const bruno = await house.chat(BRUNO)
    await bruno.send('/start')
    assert.match((await bruno.pressData(stop)) ?? '', /non è più attuale/)

    const password = await chat.send(PASSWORD)
    await chat.see(/code from an app/)
    await chat.gone(password)
  })

  it('answers a second press with nothing worse than a word', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)

    const answers = await chat.pressTwice('Stop')

    assert.deepEqual(answers.map((answer) => /outdated/.test(answer ?? '')).sort(), [false, true])
    await chat.see(/never mind/)
  })

  it('says what to do with what it cannot use', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/accounts')
    await chat.press('Add an account')
    await chat.press('Polimisport')
    await chat.see(/Codice Persona/)

    await chat.sendDocument('my list.pdf', 'x')
    await chat.see(/Pick one of the buttons/)
    await chat.send('/nonsense')
    await chat.see(/do not know that command/)
    await chat.send('10012345')
    await chat.see(/What is the password/)
  })

  it('takes the buttons off a question answered in words', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)

    const questions = (await chat.messages()).filter(({ text }) => /Codice Persona/.test(text))
    assert.deepEqual(
      questions.map(({ buttons }) => buttons.length),
      [0, 1],
    )
  })

  it('is over after an hour, and still takes a secret out of the chat', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)
    house.clock.advance({ minutes: 61 })

    const password = await chat.send(PASSWORD)

    await chat.gone(password)
    await chat.see(/more than an hour ago/)
    await chat.send('hello')
    await chat.see(/no classes to show yet/)
    assert.equal((await accountsOf(house)).length, 1)
  })

  it('lets the rest of the bot answer a press after an hour', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)
    house.clock.advance({ minutes: 61 })

    assert.match((await chat.press('Stop')) ?? '', /outdated/)
    await forgotten(house, chat, 'conversation:')
  })

  it('is over for somebody who was removed', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)
    await house.db.write((tx) => tx.deleteFrom('users').where('id', '=', ANNA.id).execute())

    await chat.send(PASSWORD)
    await quiet(house, chat)

    assert.deepEqual(await accountsOf(house), [])
  })
})

describe('a message with a secret', () => {
  it('is deleted whatever it is', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)
    const photo = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )

    for (const sent of [
      await chat.sendPhoto(photo, 'my password is x'),
      await chat.sendDocument('password.txt', 'x'),
      await chat.send(PASSWORD),
      await chat.sendPhoto(photo),
      await chat.sendDocument('secret.pdf', 'x'),
      await chat.send('nonsense'),
      await chat.send('/cancel-my-password'),
      await chat.send(SECRET),
    ])
      await chat.gone(sent)
    await chat.see(/Checking the login/)
  })

  it('that cannot be deleted is pointed out to its writer', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)
    await house.control.fail('deleteMessage', { with: 400, description: "Bad Request: message can't be deleted" })

    const sent = await chat.send(PASSWORD)

    const told = await chat.see(/please delete it yourself/)
    assert.equal(told.replyTo?.id, sent)
    await chat.see(/code from an app/)
    await quiet(house, chat)
    await forgotten(house, chat, 'erase:')
  })

  it('is deleted in the end when Telegram stumbles', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)
    for (const fault of [500, 'drop-before', 'drop-after'] as const)
      await house.control.fail('deleteMessage', { with: fault })

    const sent = await chat.send(PASSWORD)

    await chat.gone(sent)
    await quiet(house, chat)
    await chat.seeNot(/delete it yourself/)
  })

  it('is deleted by the next process when this one ends before', async () => {
    await using house = await openHouse()
    const chat = await askedForPassword(house)
    await house.control.fail('deleteMessage', { with: 'hang' })
    const sent = await chat.send(PASSWORD)
    await written(house, chat, 'erase:')
    await house.bot.stop()
    assert.ok((await chat.messages()).some(({ id }) => id === sent))

    await house.startBot()

    await chat.gone(sent)
    await forgotten(house, chat, 'erase:')
  })
})
