import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { suspendAccount } from '../../src/db/accounts.ts'
import { findAction, listActionsOf } from '../../src/db/actions/read.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { removeWorker } from '../../src/db/workers.ts'
import type { TimetableSlot } from '../../src/portals/contract.ts'
import {
  ANNA,
  BRUNO,
  fillTimetable,
  type House,
  openHouse,
  quiet,
  screen,
  showing,
  slot,
  TODAY,
  TUESDAY,
} from './support.ts'
import { claim } from './worker.ts'

async function openWith(slots: readonly TimetableSlot[], options: { user?: typeof ANNA; accounts?: string[] } = {}) {
  const house = await openHouse(options)
  await fillTimetable(house.db, slots)
  const chat = await house.chat(options.user ?? ANNA)
  await chat.send('/start')
  await chat.idle()
  return { house, chat }
}

const actionsOf = (house: House, userId = ANNA.id) => listActionsOf(house.db.read, userId, 100)

describe('booking a class', () => {
  it('goes from the menu to the result, and cancels again', async () => {
    const { house, chat } = await openWith([slot(), slot({ start: '20:00', end: '21:00', course: 'Pilates' })])
    await using _ = house

    await chat.press(/New booking/)
    await chat.press(/Tomorrow, Sun 22 Nov · 2 classes/)
    await chat.press(/18:30 Yoga · 5 spots/)
    await chat.see(/You can book it now/)
    assert.equal(await chat.press(/Book it/), 'Queued as #1')
    await chat.see(/queued as #1/)
    const work = await claim(house.db)
    await chat.see(/claimed/)
    await work.booked()
    await chat.see(/Booked: Yoga\ntomorrow, Sun 22 Nov, 18:30–19:30 · Giuriati/)
    await chat.press(/Cancel it/)
    await chat.see(/Really cancel Yoga, tomorrow, Sun 22 Nov, 18:30\?/)
    assert.equal(await chat.press(/Yes, cancel it/), 'Queued as #2')
    const cancelling = await claim(house.db)
    assert.equal(cancelling.action.type, 'cancel')
    await cancelling.end({ status: 'completed', result: { kind: 'cancelled' } })
    await chat.see(/Cancelled: Yoga/)

    await quiet(house, chat)
    const ofBot = (await chat.messages()).filter(({ from }) => from === 'bot')
    assert.equal(ofBot.length, 1, 'all of it in one message')
    assert.deepEqual(await house.control.violations(), [])
  })

  it('says so when the site wants a booking paid', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    for (const label of [/New booking/, /Tomorrow/, /Yoga/, /Book it/]) await chat.press(label)
    const work = await claim(house.db)
    await work.end({ status: 'completed', result: { kind: 'booked', unpaid: true } })

    await chat.see(/Booked: Yoga\n.*\n💶 The site wants it paid: do that there, or it may be lost\./)
  })

  it('keeps the result when another press of the same button is served late', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    await chat.press(/New booking/)
    await chat.press(/Tomorrow/)
    await chat.press(/18:30 Yoga/)
    const card = await chat.see(/You can book it now/)
    const data = card.buttons.find(({ label }) => label.includes('Book it'))?.data ?? ''
    await chat.press(/Book it/)
    await (await claim(house.db)).booked()
    await chat.see(/Booked: Yoga/)

    await chat.pressData(data, { messageId: card.id })
    await quiet(house, chat)

    await chat.see(/Booked: Yoga/)
    assert.equal((await actionsOf(house)).length, 1)
  })

  it('speaks Italian to whoever uses Telegram in Italian', async () => {
    const { house, chat } = await openWith([slot()], { user: BRUNO })
    await using _ = house

    await chat.press('Nuova Prenotazione')
    await chat.press('Domani, dom 22 nov · 1 corso')
    await chat.press('18:30 Yoga · 5 posti')
    assert.equal(await chat.press('Prenota'), 'In coda come #1')
    const work = await claim(house.db)
    await chat.see(/Prenoto Yoga[\s\S]*in coda come #1[\s\S]*presa in carico/)
    await work.booked()
    await chat.see(/Prenotato: Yoga\ndomani, dom 22 nov, 18:30–19:30/)

    assert.deepEqual((await screen(house, chat)).labels, [
      '📆 Aggiungi al calendario',
      '❌ Disdici',
      '🔄 Ogni settimana',
      '📋 Le Mie Prenotazioni',
      'Altri corsi di quel giorno',
      '‹ Menu',
    ])
  })

  it('makes two presses one action', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    await chat.pressData('slot:1:1')

    const popups = await chat.pressTwice('Book it')

    assert.deepEqual(popups, ['Queued as #1', 'Already in the queue as #1'])
    assert.equal((await actionsOf(house)).length, 1)
    await chat.see(/queued as #1/)
  })

  it('makes fifty presses one action and goes on', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house

    await Promise.all(Array.from({ length: 50 }, () => chat.pressData('book-slot:1:1')))
    await chat.send('/help')

    await chat.see(/What I can do/)
    assert.equal((await actionsOf(house)).length, 1)
    assert.deepEqual(await house.control.violations(), [])
  })

  it('takes an update that comes again for the same request', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    await chat.pressData('book-slot:1:1')
    const work = await claim(house.db)
    await work.booked()
    await chat.see(/Booked: Yoga/)

    await house.control.repeatUpdate()
    await quiet(house, chat)
    await chat.send('/status')

    await chat.see(/#1 Yoga.*: booked/)
    assert.equal((await actionsOf(house)).length, 1)
    assert.match((await chat.messages())[1]?.text ?? '', /Booked: Yoga/, 'the result still stands')
  })

  it('keeps an older card of the same class up to date', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    await chat.pressData('slot:1:1')
    await chat.press('Book it')
    await chat.send('/book')
    await chat.press(/Tomorrow/)
    await chat.press(/Yoga/)
    await chat.press('Show #1')

    const work = await claim(house.db)
    await work.booked()
    await chat.see(/Booked: Yoga/)
    await quiet(house, chat)

    await showing(chat, 'Booked: Yoga', 2)
  })

  it('shows long days in pages', async () => {
    const slots = Array.from({ length: 19 }, (_, n) =>
      slot({ start: `${10 + Math.floor(n / 2)}:${n % 2}0`, siteId: `${n}` }),
    )
    const { house, chat } = await openWith(slots)
    await using _ = house

    await chat.press(/New booking/)
    await chat.press(/19 classes/)
    assert.deepEqual((await screen(house, chat)).labels.slice(8), ['1/3', '›', '‹ Back', '‹ Menu'])
    await chat.press('›')
    assert.deepEqual((await screen(house, chat)).labels.slice(8), ['‹', '2/3', '›', '‹ Back', '‹ Menu'])
    await chat.press('›')
    assert.deepEqual((await screen(house, chat)).labels.slice(3), ['‹', '3/3', '‹ Back', '‹ Menu'])
    await chat.press('19:00')
    await quiet(house, chat)
    await chat.press('‹ Back')
    assert.deepEqual((await screen(house, chat)).labels.slice(3), ['‹', '3/3', '‹ Back', '‹ Menu'], 'back to its page')
    await chat.press(/^‹$/)
    await chat.press('2/3')

    assert.equal((await screen(house, chat)).labels.length, 13)
  })

  it('shows nasty names as they are, and cuts long ones', async () => {
    const nasty = `<b>&"'</i> ${'x'.repeat(200)}`
    const emoji = '🧘🏽‍♀️'.repeat(60)
    const { house, chat } = await openWith([
      slot({ course: nasty, instructor: '<3 & co' }),
      slot({ course: emoji, location: `${emoji} - Corsi`, start: '19:00', siteId: '2' }),
      slot({ course: '<script>', location: '<i> - "&"', start: '19:30', siteId: '3' }),
    ])
    await using _ = house

    await chat.pressData('day:1:2026-11-22:0')
    await chat.pressData('slot:1:1')
    await chat.see(/<b>&"'<\/i> x+…\n[\s\S]*with <3 & co/)
    for (const data of ['slot:1:2', 'slot:1:3', 'book-slot:1:1', 'book-slot:1:2', 'book-slot:1:3'])
      await chat.pressData(data)
    for (const command of ['/bookings', '/status', '/status 1', '/status 2', '/timetable']) await chat.send(command)
    await chat.pressData('times:1:2026-11-22:0')
    await chat.see(/<script>/)
    for (let n = 0; n < 3; n++) await (await claim(house.db)).fail('refused', { portalSays: nasty.repeat(3) })
    await chat.see(/The site says: “<b>/)
    await quiet(house, chat)

    const failed = (await house.control.calls()).filter(({ status }) => status !== 200 && status !== undefined)
    assert.deepEqual(
      failed.filter(({ error }) => !error?.includes('not modified')),
      [],
    )
    assert.deepEqual(await house.control.violations(), [])
  })

  it('says why a class cannot be booked, and from when', async () => {
    const { house, chat } = await openWith([
      slot({ date: TODAY, start: '09:00', siteId: '1' }),
      slot({ date: TODAY, start: '20:00', spots: 0, state: 'disabled', siteId: '2' }),
      slot({ date: TODAY, start: '20:30', spots: null, state: 'disabled', siteId: '3' }),
      slot({ date: TUESDAY, siteId: '4' }),
      slot({ date: TODAY, start: '21:00', siteId: '5' }),
    ])
    await using _ = house
    const [account] = await house.addUser(ANNA)
    assert.ok(account)
    const held = { location: 'Giuriati - Corsi Platinum', course: 'YOGA', cancellable: true }
    await house.db.write((tx) =>
      recordBooking(tx, account, { date: TODAY, start: '21:00', end: '22:00', ...held }, house.clock.now()),
    )

    const expected = [
      ['book-slot:1:1', /already begun/],
      ['book-slot:1:2', /It is full/],
      ['book-slot:1:3', /does not let it be booked/],
      ['book-slot:1:4', /Not open yet: it can be booked from Sun 22 Nov, 00:00/],
      ['book-slot:1:5', /You have booked it/],
    ] as const
    for (const [data, reason] of expected) {
      assert.match((await chat.pressData(data)) ?? '', reason)
      await chat.see(reason)
      assert.ok(!(await screen(house, chat)).labels.includes('✅ Book it'))
    }

    assert.deepEqual(await actionsOf(house), [])
    await chat.pressData(`day:1:${TODAY}:0`)
    const { labels } = await screen(house, chat)
    assert.deepEqual(
      labels.filter((label) => label.includes('Yoga')).map((label) => label.slice(0, 8)),
      ['🔴 20:00 ', '⚪ 20:30 ', '✅ 21:00 '].map((label) => label.slice(0, 8)),
      'the one that has begun is hidden',
    )
  })

  it('says so when a button is outdated', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    await chat.pressData('slot:1:1')
    await fillTimetable(house.db, [slot({ course: 'Other', siteId: '2' })])

    assert.match((await chat.press('Book it')) ?? '', /no longer on the timetable/)
    assert.match((await chat.pressData('slot:1:999')) ?? '', /no longer on the timetable/)
    assert.match((await chat.pressData('reserve:1')) ?? '', /outdated/)
    assert.match((await chat.pressData('slot:1:2:3:4')) ?? '', /outdated/)
    await chat.pressData('day:1:2026-10-01:0')
    await chat.see(/no more classes/)
  })

  it('still understands a button after a restart, a week later', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    await chat.pressData('day:1:2026-11-22:0')
    await house.bot.stop()
    house.clock.advance({ hours: 7 * 24 })
    await house.startBot()

    assert.match((await chat.pressData('book-slot:1:1')) ?? '', /already begun/)
    await quiet(house, chat)
    await chat.press('Back')
    await chat.see(/no more classes/)
  })

  it('asks for the account only where there are several', async () => {
    const { house, chat } = await openWith([slot()], { accounts: ['Mine', 'Partner'] })
    await using _ = house

    await chat.press('New booking')
    await chat.see('For which account?')
    await chat.press('Partner')
    await chat.press(/Tomorrow/)
    await chat.press(/Yoga/)
    await chat.press('Book it')

    assert.equal((await findAction(house.db.read, 1))?.accountId, 2)
    await chat.send('/timetable')
    await chat.see(/Timetable\n/)
    await chat.send('/bookings')
    await chat.see(/Mine: not yet read from the site/)
    assert.deepEqual((await screen(house, chat)).labels, [
      '⏳ Show #1',
      '🕘 History',
      '🔄 Refresh Mine',
      '🔄 Refresh Partner',
      '‹ Menu',
    ])
  })

  it('explains how to add an account', async () => {
    const { house, chat } = await openWith([slot()], { accounts: [] })
    await using _ = house

    for (const command of ['/book', '/timetable', '/bookings', '/recurring']) {
      await chat.send(command)
      const { text, labels } = await screen(house, chat)
      assert.match(text, /no account here yet/, command)
      assert.ok(labels.includes('➕ Add an account'), command)
    }
    await chat.send('/refresh')
    await chat.see(/no account here yet/)
  })

  it('does not try an account that is suspended', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    const [account] = await house.addUser(ANNA)
    assert.ok(account)
    await house.db.write((tx) => suspendAccount(tx, account, house.clock.now()))

    await chat.see(/refused the login of Polimisport/)
    await chat.pressData('book-slot:1:1')
    await chat.see(/I will not try again until it is mended/)
    await chat.pressData('refresh:1')
    await chat.send('/refresh')
    await quiet(house, chat)

    assert.deepEqual(await actionsOf(house), [])
  })

  it('offers to read an empty timetable', async () => {
    const { house, chat } = await openWith([])
    await using _ = house

    await chat.press('New booking')
    await chat.see(/no classes to show yet/)
    assert.equal(await chat.press('Refresh the timetable'), 'Queued as #1')
    const work = await claim(house.db)
    await fillTimetable(house.db, [slot()])
    await work.end({ status: 'completed', result: { kind: 'refreshed', slots: 1, days: 1 } })

    await chat.see(/Timetable read: 1 class in 1 day\.[\s\S]*Timetable read just now/)
  })

  it('counts of today only what has not begun', async () => {
    const { house, chat } = await openWith([
      slot({ date: TODAY, start: '09:00', siteId: '1' }),
      slot({ date: TODAY, start: '20:00', siteId: '2' }),
    ])
    await using _ = house

    await chat.press('New booking')
    await chat.press('Today, Sat 21 Nov · 1 class')
    house.clock.advance({ hours: 12 })
    await chat.send('/book')

    await chat.see(/no classes to show yet/)
  })

  it('says so when nobody is working', async () => {
    const { house, chat } = await openWith([slot()])
    await using _ = house
    await removeWorker(house.db, 'worker-1')

    await chat.pressData('book-slot:1:1')

    await chat.see(/queued as #1\n💤 Nobody is working right now/)
  })
})
