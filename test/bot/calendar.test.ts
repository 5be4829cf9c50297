import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import ICAL from 'ical.js'
import type { Chat } from '../../sim/telegram/client.ts'
import { listAccountsOf } from '../../src/db/accounts.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import type { PortalBooking } from '../../src/portals/contract.ts'
import { ANNA, BRUNO, fillTimetable, type House, MONDAY, openHouse, quiet, slot, TODAY, TUESDAY } from './support.ts'
import { claim } from './worker.ts'

function booking(change: Partial<PortalBooking> = {}): PortalBooking {
  return {
    date: MONDAY,
    start: '18:00',
    end: '19:00',
    location: 'Giuriati - Corsi Platinum',
    course: 'Pilates <3',
    cancellable: true,
    ...change,
  }
}

/** Puts bookings into the list of the user's n-th account; answers their ids. */
async function hold(house: House, userId: number, nth: number, ...bookings: PortalBooking[]): Promise<number[]> {
  const account = (await listAccountsOf(house.db.read, userId))[nth]
  assert.ok(account)
  return house.db.write(async (tx) => {
    const ids: number[] = []
    for (const one of bookings) ids.push(await recordBooking(tx, account, one, house.clock.now()))
    return ids
  })
}

/** The files that have come so far, the oldest first, as another program reads them. */
async function filesIn(house: House, chat: Chat) {
  await quiet(house, chat)
  const messages = (await chat.messages()).filter(({ document }) => document)
  return Promise.all(
    messages.map(async ({ text, document }) => {
      assert.ok(document)
      const component = new ICAL.Component(ICAL.parse((await chat.download(document)).toString('utf8')))
      const events = component.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
      return { text, name: document.name, mimeType: document.mimeType, events }
    }),
  )
}

const startOf = (event: ICAL.Event) => `${event.startDate} ${event.startDate.zone?.tzid}`

describe('the calendar', () => {
  it('takes a booking from its card', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [slot({ date: MONDAY })])
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    await chat.pressData('book-slot:1:1')
    await (await claim(house.db)).booked()
    await chat.see(/Booked: Yoga/)

    assert.equal(await chat.press('Add to calendar'), undefined)
    const [file, ...others] = await filesIn(house, chat)

    assert.deepEqual(others, [])
    assert.equal(file?.name, 'yoga-2026-11-23.ics')
    assert.equal(file.mimeType, 'text/calendar')
    assert.equal(file.text, '📆 Yoga, Mon 23 Nov, 18:30: open the file to add it to your calendar.')
    assert.deepEqual(file.events.map(startOf), ['2026-11-23T18:30:00 Europe/Rome'])
    assert.deepEqual(
      file.events.map(({ summary, location, description }) => [summary, location, description]),
      [['Yoga', 'Giuriati - Corsi Platinum', 'Booked on Polimisport.']],
    )
    assert.match((await chat.see(/Booked: Yoga/)).text, /^✅/, 'the card stays')
    assert.deepEqual(await house.control.violations(), [])
  })

  it('takes all that is to come, of all accounts and of nobody else', async () => {
    await using house = await openHouse({ user: BRUNO, accounts: ['Mio', 'Di Anna, sì'] })
    await house.addUser(ANNA)
    await hold(house, BRUNO.id, 0, booking(), booking({ date: TODAY, start: '09:00', course: 'Already over' }))
    await hold(house, BRUNO.id, 1, booking({ date: TUESDAY, start: '07:00', end: null, course: 'Nuoto' }))
    await hold(house, ANNA.id, 0, booking({ course: "Anna's" }))
    const chat = await house.chat(BRUNO)

    await chat.send('/calendar')
    const [file] = await filesIn(house, chat)

    assert.equal(file?.name, 'bookwright.ics')
    assert.match(file.text, /^📆 2 prenotazioni per il tuo calendario/)
    assert.deepEqual(
      file.events.map((event) => [event.summary, startOf(event), event.description]),
      [
        ['Pilates <3', '2026-11-23T18:00:00 Europe/Rome', 'Prenotato su Polimisport.\nAccount: Mio'],
        ['Nuoto', '2026-11-24T07:00:00 Europe/Rome', 'Prenotato su Polimisport.\nAccount: Di Anna, sì'],
      ],
    )
  })

  it('comes from My bookings too, and a second time holds the same events', async () => {
    await using house = await openHouse()
    await hold(house, ANNA.id, 0, booking())
    const chat = await house.chat(ANNA)
    await chat.send('/bookings')
    await chat.press('📆 Calendar')
    await quiet(house, chat)
    house.clock.advance({ hours: 5 })
    await chat.press('📆 Calendar')

    const [first, second] = await filesIn(house, chat)

    assert.ok(first?.events[0]?.uid)
    assert.equal(first.events[0].uid, second?.events[0]?.uid)
    assert.notDeepEqual(
      first.events[0].component.getFirstPropertyValue('dtstamp'),
      second?.events[0]?.component.getFirstPropertyValue('dtstamp'),
    )
  })

  it('says so when there is nothing to put in, or no longer', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/bookings')
    await chat.see(/No bookings/)
    assert.doesNotMatch((await chat.buttons()).map(({ label }) => label).join(), /📆/)

    await chat.send('/calendar')
    await chat.see(/no bookings ahead/)
    assert.match((await chat.pressData('to-calendar:1')) ?? '', /no longer in your list/)
    assert.deepEqual(await filesIn(house, chat), [])
  })

  it("does not give somebody else's booking", async () => {
    await using house = await openHouse()
    await house.addUser(BRUNO)
    const [id] = await hold(house, ANNA.id, 0, booking())
    const chat = await house.chat(BRUNO)
    await chat.send('/start')
    await chat.idle()

    assert.match((await chat.pressData(`to-calendar:${id}`)) ?? '', /non è più nel tuo elenco/)
    await chat.send('/calendar')
    assert.deepEqual(await filesIn(house, chat), [])
  })

  it('names the file of whatever is called whatever', async () => {
    await using house = await openHouse()
    const names = ['🧘🏽‍♀️', '../../etc/passwd', 'Pump Attività & Co. <b>', 'x'.repeat(300)]
    const ids = await hold(house, ANNA.id, 0, ...names.map((course, n) => booking({ course, start: `1${n}:00` })))
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    for (const id of ids) await chat.pressData(`to-calendar:${id}`)

    assert.deepEqual(
      (await filesIn(house, chat)).map(({ name }) => name),
      [
        'bookwright-2026-11-23.ics',
        'etc-passwd-2026-11-23.ics',
        'pump-attivita-co-b-2026-11-23.ics',
        `${'x'.repeat(40)}-2026-11-23.ics`,
      ],
    )
    assert.deepEqual(await house.control.violations(), [])
  })
})
