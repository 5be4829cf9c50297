import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Account, listAccountsOf } from '../../src/db/accounts.ts'
import { findAction } from '../../src/db/actions/read.ts'
import { recordBooking, replaceBookings } from '../../src/db/bookings.ts'
import type { PortalBooking } from '../../src/portals/contract.ts'
import {
  ANNA,
  BRUNO,
  fillTimetable,
  type House,
  MONDAY,
  openHouse,
  quiet,
  screen,
  showing,
  slot,
  TODAY,
  TOMORROW,
} from './support.ts'
import { claim } from './worker.ts'

function booking(change: Partial<PortalBooking> = {}): PortalBooking {
  return {
    date: MONDAY,
    start: '18:00',
    end: '19:00',
    location: 'Giuriati - Corsi Platinum',
    course: 'Pilates',
    cancellable: true,
    ...change,
  }
}

async function hold(house: House, bookings: PortalBooking[], userId = ANNA.id): Promise<Account> {
  const [account] = await listAccountsOf(house.db.read, userId)
  assert.ok(account)
  await house.db.write(async (tx) => {
    for (const one of bookings) await recordBooking(tx, account, one, house.clock.now())
  })
  return account
}

describe('my bookings', () => {
  it('lists what is to come, with what is in the queue', async () => {
    await using house = await openHouse()
    await hold(house, [
      booking(),
      booking({ date: TODAY, start: '09:00', course: 'Already over' }),
      booking({ date: TOMORROW, start: '10:00', course: null, location: 'Giuriati - Fit Center', cancellable: false }),
    ])
    const chat = await house.chat(ANNA)
    await chat.send('/refresh')
    await chat.send('/bookings')

    const { text, labels } = await screen(house, chat)
    assert.equal(
      text,
      [
        '📋 My bookings',
        '',
        '• Tomorrow, Sun 22 Nov, 10:00–19:00 Fit Center · Giuriati',
        '• Mon 23 Nov, 18:00–19:00 Pilates · Giuriati',
        '',
        'In the queue',
        '⏳ #1 Timetable',
        '',
        'Not yet read from the site.',
      ].join('\n'),
    )
    assert.deepEqual(labels, [
      '❌ Pilates, Mon 23 Nov, 18:00',
      '⏳ Show #1',
      '📆 Calendar',
      '🕘 History',
      '🔄 Refresh from the site',
      '‹ Menu',
    ])
  })

  it('reads them from the site and shows the new list in place', async () => {
    await using house = await openHouse({ user: BRUNO })
    const account = await hold(house, [], BRUNO.id)
    const chat = await house.chat(BRUNO)
    await chat.send('/bookings')
    await chat.see(/Nessuna prenotazione/)

    assert.equal(await chat.press('Aggiorna dal sito'), 'In coda come #1')
    const work = await claim(house.db)
    await work.step('reading-bookings')
    await work.end({
      status: 'completed',
      result: { kind: 'synced', bookings: 1, added: 1, removed: 0 },
      effects: async (tx) => {
        await replaceBookings(tx, account, [booking()], house.clock.now())
      },
    })

    await chat.see(
      /Aggiornato: 1 in più\.\n\n📋 Le mie prenotazioni\n\n• Lun 23 nov, 18:00–19:00 Pilates · Giuriati\n\nLette dal sito proprio ora/,
    )
    assert.equal((await chat.messages()).length, 2)
  })

  it('asks once, and keeps a booking when told to', async () => {
    await using house = await openHouse()
    await hold(house, [booking()])
    const chat = await house.chat(ANNA)
    await chat.send('/bookings')
    await chat.press('❌ Pilates')
    await chat.see('Really cancel Pilates, Mon 23 Nov, 18:00?')
    await chat.press('No, keep it')

    await chat.see('My bookings')
    assert.equal(await findAction(house.db.read, 1), undefined)
  })

  it('refuses to cancel what is gone, has begun, or cannot be cancelled', async () => {
    await using house = await openHouse()
    await hold(house, [booking({ cancellable: false }), booking({ date: TODAY, start: '10:30' })])
    const chat = await house.chat(ANNA)
    await chat.send('/bookings')

    assert.match((await chat.pressData('ask-cancel:99')) ?? '', /no longer in your list/)
    assert.match((await chat.pressData('cancel:99')) ?? '', /no longer in your list/)
    assert.match((await chat.pressData('ask-cancel:1')) ?? '', /no longer offers to cancel/)
    assert.match((await chat.pressData('cancel:1')) ?? '', /no longer offers to cancel/)
    house.clock.advance({ hours: 1 })
    assert.match((await chat.pressData('cancel:2')) ?? '', /already begun/)
    assert.equal(await findAction(house.db.read, 1), undefined)
  })

  it('shows many bookings in pages', async () => {
    await using house = await openHouse()
    await hold(
      house,
      Array.from({ length: 10 }, (_, n) => booking({ start: `1${n}:00`, course: 'L'.repeat(200) + n })),
    )
    const chat = await house.chat(ANNA)
    await chat.send('/bookings')

    assert.equal((await screen(house, chat)).labels.length, 8 + 2 + 4)
    await chat.press('›')
    assert.equal((await screen(house, chat)).labels.length, 2 + 2 + 4)
    assert.deepEqual(await house.control.violations(), [])
  })
})

describe('taking back', () => {
  it('takes back at once what waits', async () => {
    await using house = await openHouse()
    const chat = await house.chat(ANNA)
    await chat.send('/refresh')
    await chat.see(/queued as #1/)

    assert.equal(await chat.press('Take it back'), 'Taken back.')
    await chat.see(/↩️ Taken back\./)

    assert.equal((await findAction(house.db.read, 1))?.status, 'cancelled')
    assert.match((await chat.pressData('take-back:1')) ?? '', /already ended/)
  })

  it('asks the worker to stop, and says when it is too late', async () => {
    await using house = await openHouse()
    await hold(house, [booking()])
    const chat = await house.chat(ANNA)
    await chat.send('/bookings')
    await chat.press('❌ Pilates')
    await chat.press('Yes, cancel it')
    const work = await claim(house.db)
    await chat.see(/claimed/)

    assert.match((await chat.press('Take it back')) ?? '', /asked for it to stop/)
    await chat.see(/Taking it back…/)
    await work.end({ status: 'cancelled' })
    await chat.see(/Taken back: your booking of Pilates stands\./)
  })

  it('asks whether to cancel the booking that a finished request made', async () => {
    await using house = await openHouse()
    await fillTimetable(house.db, [slot()])
    const chat = await house.chat(ANNA)
    await chat.send('/start')
    await chat.idle()
    await chat.pressData('book-slot:1:1')
    await (await claim(house.db)).booked()
    await chat.see(/Booked: Yoga/)

    await chat.send('/cancel 1')
    await chat.see('Really cancel Yoga, tomorrow, Sun 22 Nov, 18:30?')
    await chat.press('Yes, cancel it')

    await chat.see(/Cancelling Yoga[\s\S]*queued as #2/)
  })

  it('works by command, in every state', async () => {
    await using house = await openHouse()
    await hold(house, [booking()])
    const chat = await house.chat(ANNA)
    await chat.send('/refresh')
    await chat.see(/queued as #1/)
    await quiet(house, chat)
    await chat.send('/cancel #1')
    await chat.see(/Taken back/)
    await chat.send('/cancel 1')
    await chat.see(/Request #1 has ended, and there is no booking of it to cancel/)
    await chat.send('/cancel 99')
    await chat.see(/You have no request #99/)
    await chat.send('/cancel everything')
    await chat.see(/Write the number of the request too/)
    await quiet(house, chat)

    // In the answer, and where it was asked for.
    await showing(chat, '↩️ Taken back.', 2)
  })
})
