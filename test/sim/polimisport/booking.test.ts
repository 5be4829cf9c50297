import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PolimisportSim } from '../../../sim/polimisport/server.ts'
import { italian } from '../../../sim/polimisport/texts.ts'
import { alternative } from '../../../sim/polimisport/texts-alternative.ts'
import { ADA, BRUNO, openSite, Visitor } from './visitor.ts'

const { refusals } = italian
const TUESDAY = '2026-10-13'
const THURSDAY = '2026-10-15'

/** A class with room on some day, on a site where Ada is logged in. */
async function slotOn(site: PolimisportSim, date: string) {
  const slot = (await site.slots(date)).find((one) => one.activity === 'classes' && one.spots > 1)
  assert.ok(slot)
  return slot
}

async function adaAt(site: PolimisportSim): Promise<Visitor> {
  const ada = new Visitor(site)
  await ada.logIn(ADA)
  return ada
}

describe('the timetable pages', () => {
  it('hold no slot before their script asks', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)

    const page = await (
      await ada.get('/Booking/BookActivity?activityId=245765508040862101&activityFlags=Classes')
    ).text()

    assert.match(page, /id="day-schedule-container"/)
    assert.ok(!page.includes('event-slot'))
  })

  it('offer both activities', async (t) => {
    const site = await openSite(t)
    const page = await (await (await adaAt(site)).get('/Booking/ChooseActivity')).text()

    assert.match(page, /Giuriati - Corsi Platinum/)
    assert.match(page, /Giuriati - Fit Center/)
  })

  it('answer one day of one activity, with ids as strings', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)

    const classes = await ada.schedule(TUESDAY)
    const gym = await ada.schedule(TUESDAY, '245765508040862208')

    assert.equal(classes.status, 'OK')
    assert.ok(classes.data.every(({ AppointmentId }) => /^\d{18}$/.test(AppointmentId)))
    assert.ok(classes.data.every(({ SkillName }) => SkillName !== null))
    assert.deepEqual([gym.data.length, gym.data[0]?.TimeStart, gym.data[0]?.SkillName], [10, '07:00', null])
  })

  it('show as available only what can be booked now', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)
    const gym = '245765508040862208'

    const [today, late, tooFar] = [
      await ada.schedule('2026-10-12', gym),
      await ada.schedule('2026-10-14', gym),
      await ada.schedule(THURSDAY, gym),
    ]

    assert.ok(today.data.filter(({ TimeStart }) => TimeStart <= '12:00').every(({ Status }) => Status === 'Disabled'))
    assert.ok(late.data.some(({ Status }) => Status === 'Available'))
    assert.ok(tooFar.data.every(({ Status }) => Status === 'Disabled'))
  })

  it('refuse a question that makes no sense', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)

    for (const [date, activity] of [
      ['2026-02-31', undefined],
      ['tomorrow', undefined],
      [TUESDAY, '1'],
    ] as const) {
      assert.equal((await ada.schedule(date, activity)).status, 'ERROR')
    }
  })

  it('do not answer what does not exist, nor posts by GET', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)

    for (const path of [
      '/Nothing',
      '/Booking/BookAppointment',
      '/Booking/GetActivitySchedule',
      '/Booking/DeleteBooking',
    ]) {
      assert.equal((await ada.get(path)).status, 404, path)
    }
    assert.equal((await ada.get('/booking/index')).status, 200, 'case does not matter')
  })
})

describe('booking', () => {
  it('takes a spot, shows it as booked and on the list', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)
    const slot = await slotOn(site, TUESDAY)

    const answer = await ada.book(slot.id)

    assert.deepEqual([answer.status, answer.message, answer.canBookAgain], ['OK', italian.booked, true])
    const shown = (await ada.schedule(TUESDAY)).data.find(({ AppointmentId }) => AppointmentId === slot.id)
    assert.deepEqual([shown?.Status, shown?.EventDescription3], ['Booked', `Posti disponibili: ${slot.spots - 1}`])
    assert.match(await (await ada.get('/Booking')).text(), /<div class="event-info-schedule">13\/10\/2026<\/div>/)
  })

  it('is refused before midnight two days ahead, and not a moment later', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)
    const slot = await slotOn(site, THURSDAY)

    await site.setClock({ at: '2026-10-12T23:59:59.999', frozen: true })
    assert.equal((await ada.book(slot.id)).message, refusals['not-open'])
    await site.setClock({ at: '2026-10-13T00:00', frozen: true })
    assert.equal((await ada.book(slot.id)).status, 'OK')
  })

  it('is refused for what has begun, is full, is booked already or does not exist', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)
    const slot = await slotOn(site, TUESDAY)
    const [full, past] = [(await site.slots(TUESDAY)).at(-1), (await site.slots('2026-10-12'))[0]]
    assert.ok(full && past)
    await site.changeSlot({ do: 'fill', slotId: full.id })

    assert.equal((await ada.book(past.id)).message, refusals.past)
    assert.equal((await ada.book(full.id)).message, refusals.full)
    assert.equal((await ada.book(slot.id)).status, 'OK')
    assert.equal((await ada.book(slot.id)).message, refusals['already-booked'])
    assert.equal((await ada.book('900013720261013999')).message, refusals.unknown)
    assert.equal((await ada.book('1; drop table')).message, refusals.unknown)
    assert.equal((await site.state()).bookings.length, 1)
  })

  it('tolerates two classes at one time', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)
    const twins = (await site.slots(TUESDAY)).filter(({ time, activity }) => time === '18:30' && activity === 'classes')

    for (const { id } of twins) {
      await site.changeSlot({ do: 'change', slotId: id, to: { taken: 0 } })
      assert.equal((await ada.book(id)).status, 'OK')
    }
  })

  it('gives the last spot to one of two people', async (t) => {
    const site = await openSite(t)
    const [ada, bruno] = [await adaAt(site), new Visitor(site)]
    await bruno.logIn(BRUNO)
    const slot = await slotOn(site, TUESDAY)
    await site.changeSlot({ do: 'change', slotId: slot.id, to: { taken: slot.capacity - 1 } })

    const answers = await Promise.all([ada.book(slot.id), bruno.book(slot.id)])

    assert.deepEqual(answers.map(({ status }) => status).sort(), ['ERROR', 'OK'])
    assert.equal((await site.state()).bookings.length, 1)
  })

  it('speaks other words when told to', async (t) => {
    const site = await openSite(t, { texts: alternative })
    const ada = await adaAt(site)

    assert.equal((await ada.book('900013720261013999')).message, alternative.refusals.unknown)
    assert.match(await (await ada.get('/Booking')).text(), new RegExp(alternative.list.empty))
  })

  it('offers the waiting list where there is one', async (t) => {
    const site = await openSite(t, { waitlist: true })
    const ada = await adaAt(site)
    const slot = await slotOn(site, TUESDAY)
    await site.changeSlot({ do: 'fill', slotId: slot.id })

    const view = await (await ada.get(`/Booking/ConfirmActivityBooking?appointmentID=${slot.id}`)).text()
    await ada.post('/Booking/JoinWaitingList', { appointmentID: slot.id })

    assert.match(view, /Lista d&#39;attesa/)
    assert.ok(!view.includes('btnConfirmAppointmentBooking'))
    const { waitingLists, bookings } = await site.state()
    assert.deepEqual([waitingLists, bookings], [[{ slotId: slot.id, usernames: [ADA.username] }], []])
  })
})

describe('cancelling', () => {
  it('returns the spot', async (t) => {
    const site = await openSite(t)
    const ada = await adaAt(site)
    const slot = await slotOn(site, TUESDAY)
    await ada.book(slot.id)
    const [booking] = (await site.state()).bookings
    assert.ok(booking)

    const answer = await (await ada.post('/Booking/DeleteBooking', { bookingId: booking.id })).json()

    assert.equal((answer as { status: string }).status, 'OK')
    assert.equal((await slotOn(site, TUESDAY)).spots, slot.spots)
    assert.deepEqual((await site.state()).bookings, [])
  })

  it("does not touch somebody else's booking", async (t) => {
    const site = await openSite(t)
    const bruno = new Visitor(site)
    await bruno.logIn(BRUNO)
    const booking = await site.bookByHand({ username: ADA.username, slotId: (await slotOn(site, TUESDAY)).id })

    const answer = await (await bruno.post('/Booking/DeleteBooking', { bookingId: booking.id })).json()

    assert.equal((answer as { status: string }).status, 'ERROR')
    assert.equal((await site.state()).bookings.length, 1)
  })
})
