import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { suspendAccount } from '../../src/db/accounts.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { beginOccurrence } from '../../src/db/confirmations.ts'
import { insertNotice, type Notice } from '../../src/db/notices.ts'
import { bookingOfOccurrence } from '../../src/db/occurrence-actions.ts'
import { addRule, findRule } from '../../src/db/periodic-bookings.ts'
import { findUser, updateUser } from '../../src/db/users.ts'
import { until } from '../support/patience.ts'
import { ANNA, BRUNO, fillTimetable, type House, MONDAY, openHouse, quiet, screen, slot, TOMORROW } from './support.ts'
import { claim } from './worker.ts'

async function open(user = ANNA) {
  const house = await openHouse({ user })
  const chat = await house.chat(user)
  await chat.send('/start')
  await chat.press('⚙️')
  return { house, chat, me: async () => await findUser(house.db.read, user.id) }
}

const GONE: Notice = {
  kind: 'booking-gone',
  portal: 'polimisport',
  location: 'Giuriati - Corsi Platinum',
  course: 'Yoga',
  date: TOMORROW,
  start: '18:30',
}

/** A bot can only write to whoever has written to it. */
async function startedChat(house: House) {
  const chat = await house.chat(ANNA)
  await chat.send('/start')
  await quiet(house, chat)
  return chat
}

async function owe(house: House, notice: Notice): Promise<void> {
  await house.db.write((tx) => insertNotice(tx, { userId: ANNA.id, notice, now: house.clock.now() }), ['news'])
}

/** What became of the notices, once none is owed any more. */
async function settled(house: House): Promise<string[]> {
  let states: string[] = []
  await until(async () => {
    const rows = await house.db.read.selectFrom('notices').select('state').orderBy('id').execute()
    states = rows.map(({ state }) => state)
    return !states.includes('pending')
  })
  return states
}

/** Whether each message the bot sent came without a sound. */
async function silences(house: House): Promise<boolean[]> {
  const calls = await house.control.calls({ method: 'sendMessage' })
  return calls.map(({ params }) => JSON.stringify(params).includes('disable_notification'))
}

describe('the settings', () => {
  it('show what is set, and every screen leads back', async () => {
    const { house, chat } = await open()
    await using _ = house

    const { text, labels } = await screen(house, chat)
    assert.equal(
      text,
      '⚙️ Settings\n\nLanguage: English\nQuiet hours: none\nNotices: all on\nQuestions: 1 h before the booking',
    )
    assert.deepEqual(labels, [
      '🌐 Language',
      '🌙 Quiet hours',
      '🔔 Notices',
      '⏱ Questions',
      '🔑 Accounts',
      '🗑 Delete my data',
      '‹ Menu',
    ])
    for (const label of ['🌐 Language', '🌙 Quiet hours', '🔔 Notices', '⏱ Questions']) {
      await chat.press(label)
      await chat.press('‹ Back')
      assert.deepEqual((await screen(house, chat)).labels, labels)
    }
    assert.equal((await chat.messages()).filter(({ from }) => from === 'bot').length, 1)
  })

  it('change the language for good', async () => {
    const { house, chat } = await open()
    await using _ = house

    await chat.press('Language')
    assert.equal(await chat.press('Italiano'), 'Ora parlo italiano.')
    assert.deepEqual((await screen(house, chat)).labels, ['🇮🇹 Italiano ✓', '🇬🇧 English', '‹ Indietro'])
    await house.bot.stop()
    await house.startBot()
    await chat.press('Indietro')

    await chat.see(/Lingua: italiano\nOre di silenzio: nessuna\nAvvisi: tutti attivi\nDomande: 1 h prima/)
  })

  it('take quiet hours by a button, and off again', async () => {
    const { house, chat, me } = await open()
    await using _ = house

    await chat.press('Quiet hours')
    await chat.press('23:00–07:00')
    assert.ok((await screen(house, chat)).labels.includes('23:00–07:00 ✓'))
    assert.deepEqual([(await me())?.quiet_from, (await me())?.quiet_to], ['23:00', '07:00'])
    await chat.press('Back')
    await chat.see(/Quiet hours: 23:00–07:00/)
    await chat.press('Quiet hours')
    await chat.press('Off')
    await chat.see(/Quiet hours: none/)
    assert.equal((await me())?.quiet_from, null)
    assert.match((await chat.pressData('set-quiet:2500:0700')) ?? '', /outdated/)
  })

  it('take quiet hours that are written, after a restart too', async () => {
    const { house, chat, me } = await open(BRUNO)
    await using _ = house

    await chat.press('Ore di silenzio')
    await chat.press('Altre ore')
    await chat.see(/22:30-7:15/)
    await chat.send('sempre')
    await chat.see(/due orari/)
    await house.bot.stop()
    await house.startBot()
    await chat.send('dalle 22:30 alle 7:15')
    await chat.see(/Ore di silenzio: 22:30–07:15/)
    assert.deepEqual([(await me())?.quiet_from, (await me())?.quiet_to], ['22:30', '07:15'])
    await chat.press('Altre ore')
    await chat.press('Indietro')
    await chat.see(/Ore di silenzio: 22:30–07:15/)
  })

  it('take the lead time of questions', async () => {
    const { house, chat, me } = await open()
    await using _ = house

    await chat.press('Questions')
    assert.deepEqual((await screen(house, chat)).labels, ['15 min', '30 min', '1 h ✓', '2 h', '6 h', '12 h', '‹ Back'])
    await chat.press('6 h')
    await chat.see(/Questions: 6 h before/)
    assert.equal((await me())?.lead_minutes, 360)
    assert.match((await chat.pressData('lead:7')) ?? '', /outdated/)
  })

  it('switch notices off and on, a press twice being one', async () => {
    const { house, chat, me } = await open()
    await using _ = house

    await chat.press('Notices')
    await chat.pressTwice('late result')
    await chat.press('gone from the site')
    assert.deepEqual((await screen(house, chat)).labels, [
      '🔕 A late result is there',
      '🔕 A booking is gone from the site',
      '🔔 A recurring booking worked',
      '‹ Back',
    ])
    assert.equal((await me())?.muted, '["ping","booking-gone"]')
    await chat.press('Back')
    await chat.see(/Notices: 2 switched off/)
    await chat.press('Notices')
    await chat.press('late result')
    await chat.see(/Notices: one switched off/)
    assert.match((await chat.pressData('mute:account-suspended:off')) ?? '', /outdated/)
  })
})

describe('what comes unasked', () => {
  it('makes no sound in the quiet hours of the portal, and only then', async () => {
    await using house = await openHouse()
    const chat = await startedChat(house)
    // It is ten in Rome, and nine by the clock of the world.
    await updateUser(house.db, ANNA.id, { quiet_from: '10:00', quiet_to: '11:00' })

    await owe(house, GONE)
    await chat.see(/no longer among your bookings/)
    await settled(house)
    house.clock.advance({ hours: 1 })
    await owe(house, GONE)
    await settled(house)
    await quiet(house, chat)

    assert.deepEqual(await silences(house), [false, true, false])
  })

  it('does not make silent what was asked for', async () => {
    await using house = await openHouse()
    const chat = await startedChat(house)
    await updateUser(house.db, ANNA.id, { quiet_from: '09:00', quiet_to: '11:00' })
    await chat.send('/help')
    await quiet(house, chat)

    assert.deepEqual(await silences(house), [false, false])
  })

  it('is dropped where it was switched off, but for trouble with an account', async () => {
    await using house = await openHouse()
    const chat = await startedChat(house)
    const [account] = await house.addUser(ANNA)
    assert.ok(account)
    await updateUser(house.db, ANNA.id, { muted: '["booking-gone","something-older"]' })

    await owe(house, GONE)
    await house.db.write((tx) => suspendAccount(tx, account, house.clock.now()), ['news'])
    await chat.see(/refused the login/)

    assert.deepEqual(await settled(house), ['dropped', 'sent'])
    await chat.seeNot(/no longer among/)
  })

  it('does not ping late where that was switched off', async () => {
    await using house = await openHouse()
    const chat = await startedChat(house)
    await fillTimetable(house.db, [slot()])
    await updateUser(house.db, ANNA.id, { muted: '["ping"]' })
    await chat.pressData('book-slot:1:1')
    const work = await claim(house.db)
    house.clock.advance({ seconds: 25 })
    await work.booked()
    await chat.see(/Booked: Yoga/)

    assert.deepEqual(await settled(house), ['sent'])
    await chat.seeNot(/↑/)
  })

  for (const how of ['worked', 'failed'] as const)
    it(`of a recurring booking that ${how} is ${how === 'worked' ? 'dropped where switched off' : 'always told'}`, async () => {
      await using house = await openHouse()
      const { db } = house
      const chat = await startedChat(house)
      const [account] = await house.addUser(ANNA)
      assert.ok(account)
      await updateUser(db, ANNA.id, { muted: '["recurring"]' })
      const { id } = await addRule(db, {
        userId: ANNA.id,
        accountId: account.id,
        portal: 'polimisport',
        location: 'Giuriati - Corsi Platinum',
        course: 'Yoga',
        weekday: 1,
        start: '18:30',
        end: '19:30',
        mode: 'automatic',
      })
      const rule = await findRule(db.read, id)
      assert.ok(rule)
      const occurrence = await db.write((tx, now) =>
        beginOccurrence(tx, rule, { date: MONDAY, state: 'automatic' }, now, false),
      )
      assert.ok(occurrence)
      const action = await enqueueAction(db, bookingOfOccurrence(rule, occurrence))
      await db.write((tx) =>
        tx.updateTable('pending_confirmations').set({ action_id: action.id }).where('id', '=', occurrence.id).execute(),
      )
      house.clock.advance({ hours: 24 })
      const work = await claim(db)
      await (how === 'worked' ? work.booked() : work.fail('slot-full'))

      assert.deepEqual(await settled(house), [how === 'worked' ? 'dropped' : 'sent'])
      await quiet(house, chat)
      assert.equal((await chat.messages()).length, how === 'worked' ? 2 : 3)
    })
})
