import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Chat } from '../../sim/telegram/client.ts'
import { listRulesOf } from '../../src/db/periodic-bookings.ts'
import { ANNA, BRUNO, fillTimetable, type House, MONDAY, openHouse, quiet, STRANGER, screen, slot } from './support.ts'

const TIMETABLE = [
  slot({ date: MONDAY, start: '18:00', end: '18:55' }),
  slot({ date: MONDAY, start: '18:30', end: '19:25', course: 'Zumba', siteId: '2' }),
  slot({ date: MONDAY, start: '18:30', end: '19:25', course: 'Pilates', siteId: '3' }),
  slot(),
]

async function rules(house: House, user = ANNA) {
  return (await listRulesOf(house.db.read, user.id)).map(
    ({ weekday, time_slot, course_name, mode, state }) => `${weekday} ${time_slot} ${course_name} ${mode} ${state}`,
  )
}

/** Presses the labels one after another. */
async function press(house: House, chat: Chat, ...labels: (string | RegExp)[]): Promise<void> {
  for (const label of labels) {
    await quiet(house, chat)
    await chat.press(label)
  }
  await quiet(house, chat)
}

describe('recurring bookings in the chat', () => {
  it('are made step by step, and listed with what comes next', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await chat.see('None yet')

    await press(house, chat, 'New recurring', 'Monday', '18:30', 'Pilates', 'Ask first', 'Save')

    assert.deepEqual(await rules(house), ['1 18:30 Pilates ask active'])
    const card = await screen(house, chat)
    assert.match(card.text, /✅ Saved\.[\s\S]*Pilates[\s\S]*Every Monday, 18:30–19:25 · Giuriati/)
    assert.match(card.text, /Next: Mon 23 Nov – I ask you in a moment/)
    assert.equal((await chat.messages()).filter(({ from }) => from === 'bot').length, 1)
  })

  it('take a time and a class that are written, as they are on the timetable', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await press(house, chat, 'New recurring', 'Monday')

    await chat.send('late')
    await chat.see('I need a time, such as 18:30')
    await chat.send('18.30')
    await chat.see('which class?')
    await chat.send('zumba')
    await press(house, chat, 'Book by itself', 'Save')

    assert.deepEqual(await rules(house), ['1 18:30 Zumba automatic active'])
  })

  it('take a class that the timetable does not know', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await press(house, chat, 'New recurring', 'Friday')

    await chat.send('9')
    await chat.see('which class?')
    await chat.send('Acro <yoga> & co')
    await press(house, chat, 'Book, then ask', 'Save')

    assert.deepEqual(await rules(house), ['5 09:00 Acro <yoga> & co book-then-ask active'])
    assert.match((await screen(house, chat)).text, /Acro <yoga> & co/)
  })

  it('are made from a class with two presses, and only once', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/book')
    await press(house, chat, /Mon 23 Nov/, /18:00 Yoga/, 'Every week', 'Ask first', 'Save')
    assert.deepEqual(await rules(house), ['1 18:00 Yoga ask active'])

    await chat.send('/book')
    await press(house, chat, /Mon 23 Nov/, /18:00 Yoga/, 'Every week')

    assert.match((await screen(house, chat)).text, /Every Monday, 18:00/)
    assert.deepEqual(await rules(house), ['1 18:00 Yoga ask active'])
  })

  it('are left in the middle by /cancel, and nothing is saved', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await press(house, chat, 'New recurring', 'Monday')

    const choice = (await chat.buttons()).find(({ label }) => label === '18:30')?.data ?? ''

    await chat.send('/cancel')

    await chat.see('never mind')
    assert.equal(await chat.pressData(choice), 'This button is outdated. Press /start for a fresh menu.')
    assert.deepEqual(await rules(house), [])
  })

  it('go on after a restart in the middle', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await press(house, chat, 'New recurring', 'Monday')
    await house.bot.stop()

    await house.startBot()
    await press(house, chat, '18:00')
    await house.bot.stop()
    await house.startBot()
    await press(house, chat, 'Yoga', 'Ask first', 'Save')

    assert.deepEqual(await rules(house), ['1 18:00 Yoga ask active'])
  })

  it('answer a sticker or a stray word in the middle with help, and go on', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await press(house, chat, 'New recurring')

    await chat.send('Monday please')

    await chat.see('Pick one of the buttons above')
    await press(house, chat, 'Monday', '18:00', 'Yoga', 'Ask first', 'Save')
    assert.deepEqual(await rules(house), ['1 18:00 Yoga ask active'])
  })

  it('are paused, resumed, skipped, changed and deleted', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await press(house, chat, 'New recurring', 'Monday', '18:00', 'Yoga', 'Ask first', 'Save')

    await press(house, chat, 'Skip the next one')
    assert.match((await screen(house, chat)).text, /Next: Mon 23 Nov – skipped/)
    await press(house, chat, 'Pause', '2 weeks')
    assert.match((await screen(house, chat)).text, /Paused; goes on Sat 5 Dec/)
    await press(house, chat, 'Resume')
    assert.deepEqual(await rules(house), ['1 18:00 Yoga ask active'])
    await press(house, chat, 'How it is booked', 'Book by itself')
    assert.deepEqual(await rules(house), ['1 18:00 Yoga automatic active'])
    await press(house, chat, 'Delete', 'No, keep it', 'Delete', 'Yes, delete it')

    assert.deepEqual(await rules(house), [])
    assert.match((await screen(house, chat)).text, /None yet/)
  })

  it('ask at a time of their own', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await press(house, chat, 'New recurring', 'Monday', '18:00', 'Yoga', 'Ask first', 'Save')
    const times = async () => {
      const [rule] = await listRulesOf(house.db.read, ANNA.id)
      return [rule?.lead_minutes, rule?.ask_hours, rule?.cancel_hours]
    }

    await press(house, chat, 'When I ask', '6 h')
    assert.deepEqual(await times(), [360, 5, 1])
    await press(house, chat, 'When I ask', 'As in my settings')
    assert.deepEqual(await times(), [null, 5, 1])
    await press(house, chat, 'How it is booked', 'Book, then ask', 'When I ask', 'Ask 8 h before')
    assert.deepEqual(await times(), [null, 8, 2])
    await press(house, chat, 'How it is booked', 'Book by itself')
    assert.ok(!(await screen(house, chat)).labels.includes('⏱ When I ask'))
  })

  it('belong to whoever made them', async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO)
    const anna = await house.chat(ANNA)
    const bruno = await house.chat(BRUNO)
    await fillTimetable(house.db, TIMETABLE)
    await anna.send('/recurring')
    await press(house, anna, 'New recurring', 'Monday', '18:00', 'Yoga', 'Ask first', 'Save')
    await bruno.send('/recurring')
    await bruno.see('Ancora nessuna')

    for (const data of [
      'rule:1',
      'rule-pause:1:0',
      'rule-delete:1',
      'rule-skip:1',
      'rule-mode:1:automatic',
      'every-week:1:1',
    ])
      assert.match((await bruno.pressData(data)) ?? '', /non è più attuale/, data)
    assert.deepEqual(await rules(house), ['1 18:00 Yoga ask active'])
    const stranger = await house.chat(STRANGER)
    await stranger.send('/recurring')
    await stranger.idle()
    assert.equal((await stranger.messages()).filter(({ from }) => from === 'bot').length, 0)
  })

  it('ask for which account where there are several', async () => {
    await using house = await openHouse({ accounts: ['Mine', 'Mum'] })
    const chat = await house.chat(ANNA)
    await fillTimetable(house.db, TIMETABLE)
    await chat.send('/recurring')
    await press(house, chat, 'New recurring', 'Mum', 'Monday', '18:00', 'Yoga', 'Ask first')
    assert.match((await screen(house, chat)).text, /Account: Mum/)

    await press(house, chat, 'Start over', 'Monday', '18:30', 'Zumba', 'Ask first', 'Save')

    const [rule] = await listRulesOf(house.db.read, ANNA.id)
    assert.equal(rule?.account_id, 2)
    assert.equal(rule?.course_name, 'Zumba')
  })
})
