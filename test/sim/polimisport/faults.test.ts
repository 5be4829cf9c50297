import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { FAULT_LINES, type FaultInput } from '../../../sim/polimisport/faults.ts'
import type { PolimisportSim } from '../../../sim/polimisport/server.ts'
import { italian } from '../../../sim/polimisport/texts.ts'
import { codeFor } from '../../../sim/polimisport/totp.ts'
import { ADA, BRUNO, openSite, Visitor } from './visitor.ts'

const TUESDAY = '2026-10-13'

/** Ada logged in, a class with room, and then the fault. */
async function underFault(t: TestContext, fault: FaultInput, waitlist = false) {
  const site = await openSite(t, { waitlist })
  const ada = new Visitor(site)
  await ada.logIn()
  const slot = (await site.slots(TUESDAY)).find(({ activity, spots }) => activity === 'classes' && spots > 1)
  assert.ok(slot)
  await site.setFault(fault)
  return { site, ada, slot }
}

const bookings = async (site: PolimisportSim) => (await site.state()).bookings.length

describe('a fault', () => {
  it('strikes once, n times or always, after letting some pass', async (t) => {
    const site = await openSite(t)
    const strikes = (input: FaultInput) => {
      site.faults.clear()
      site.faults.set(input)
      return Array.from({ length: 5 }, () => (site.faults.take('false-ok') ? 'x' : '-')).join('')
    }

    assert.equal(strikes({ id: 'false-ok', mode: 'once' }), 'x----')
    assert.equal(strikes({ id: 'false-ok', mode: 2, skip: 1 }), '-xx--')
    assert.equal(strikes({ id: 'false-ok', mode: 'always' }), 'xxxxx')
    assert.equal(strikes({ id: 'false-ok', mode: 'off' }), '-----')
  })

  it('strikes the person and the route it is meant for', async (t) => {
    const { site, ada } = await underFault(t, { id: 'http-503', route: 'Index', person: ADA.username })
    const bruno = new Visitor(site)
    await bruno.logIn(BRUNO)

    assert.equal((await ada.get('/Booking/Index')).status, 503)
    assert.equal((await ada.get('/Booking')).status, 200)
    assert.equal((await bruno.get('/Booking/Index')).status, 200)
  })

  it('has a line that explains it', () => {
    assert.ok(FAULT_LINES.length > 30)
    assert.ok(FAULT_LINES.every(({ line }) => line.length > 10))
  })
})

describe('faults of the login', () => {
  const credentials = async (t: TestContext, ...faults: FaultInput[]) => {
    const site = await openSite(t)
    for (const fault of faults) await site.setFault(fault)
    const visitor = new Visitor(site)
    return { site, visitor, code: () => codeFor(ADA.secret, site.now()), first: await visitor.toCredentials() }
  }

  it('refuse a right password', async (t) => {
    const { visitor } = await credentials(t, { id: 'bad-password' })

    assert.match(await visitor.givePassword(ADA), /ErrorMessage/)
  })

  it('refuse a right code once, and not use it up', async (t) => {
    const { visitor, code, site } = await credentials(t, { id: 'bad-otp-once' })
    await visitor.givePassword(ADA)

    assert.match(await visitor.giveCode(code()), /id="otp"/)
    assert.match(await visitor.giveCode(code()), /automaticaRedirectForm/)
    assert.equal((await site.state()).people[0]?.wrongCodes, 1)
  })

  it('refuse every code', async (t) => {
    const { visitor, code } = await credentials(t, { id: 'bad-otp-always' })
    await visitor.givePassword(ADA)

    for (let attempt = 0; attempt < 3; attempt++) assert.match(await visitor.giveCode(code()), /id="otp"/)
  })

  it('skip the code', async (t) => {
    const { visitor } = await credentials(t, { id: 'otp-skipped' })

    assert.match(await visitor.givePassword(ADA), /automaticaRedirectForm/)
  })

  it('pass straight through', async (t) => {
    const { first } = await credentials(t, { id: 'sso-passthrough' })

    assert.match(first, /automaticaRedirectForm/)
  })

  it('put extra pages before and after the code', async (t) => {
    const { visitor, code } = await credentials(
      t,
      { id: 'password-expiring', when: 'after-otp' },
      { id: 'dfa-notice', when: 'before-otp', buttons: 2 },
    )

    assert.match(await visitor.givePassword(ADA), /evn_configura/)
    assert.match(await visitor.proceed('passi/AvvisiDFA.do'), /id="otp"/)
    assert.match(await visitor.giveCode(code()), /name="evn_continua">Continua/)
    assert.match(await visitor.proceed('PWDinScadenza.do'), /automaticaRedirectForm/)
  })

  it('leave the hop page standing', async (t) => {
    const { visitor } = await credentials(t, { id: 'sso-stuck' })

    const page = await visitor.givePassword(BRUNO)

    assert.match(page, /automaticaRedirectForm/)
    assert.ok(!page.includes('submit()'))
  })
})

describe('faults of the session and the network', () => {
  it('end the session at the next page', async (t) => {
    const { ada } = await underFault(t, { id: 'session-expired-page' })

    assert.match(await (await ada.get('/Booking')).text(), /Accedi al tuo account/)
  })

  it('end the session at the next script request, not at a page', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'session-expired-ajax' })

    assert.match(await (await ada.get('/Booking')).text(), /event-repository/)
    const response = await ada.post('/Booking/BookAppointment', { appointmentID: slot.id })
    assert.equal(response.status, 200)
    assert.match(await response.text(), /Accedi al tuo account/)
    assert.equal(await bookings(site), 0)
  })

  for (const [id, status] of [
    ['http-500', 500],
    ['http-503', 503],
    ['http-429', 429],
    ['http-403', 403],
  ] as const) {
    it(`answer ${status} without booking`, async (t) => {
      const { site, ada, slot } = await underFault(t, { id, route: 'BookAppointment' })

      const response = await ada.post('/Booking/BookAppointment', { appointmentID: slot.id })

      assert.deepEqual([response.status, await bookings(site)], [status, 0])
    })
  }

  it('cut the connection without booking', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'connection-reset', route: 'BookAppointment' })

    await assert.rejects(ada.book(slot.id))

    assert.equal(await bookings(site), 0)
    assert.equal((await site.requests()).at(-1)?.phase, 'cut')
  })

  it('lose the answer of a booking that was made', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'post-lost-answer' })

    assert.equal((await ada.post('/Booking/BookAppointment', { appointmentID: slot.id })).status, 500)

    assert.equal(await bookings(site), 1)
  })

  it('lose it with the connection', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'post-lost-answer', answer: 'cut' })

    await assert.rejects(ada.book(slot.id))

    assert.equal(await bookings(site), 1)
  })

  it('hold a request before its work until it is released', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'hold', route: 'BookAppointment' })

    const answer = ada.book(slot.id)
    await site.waitFor({ path: 'BookAppointment', phase: 'held' })
    assert.equal(await bookings(site), 0)
    assert.equal(await site.release(), 1)

    assert.equal((await answer).status, 'OK')
  })

  it('hold the answer after the work', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'hold', route: 'BookAppointment', at: 'after' })

    const answer = ada.book(slot.id)
    await site.waitFor({ path: 'BookAppointment', phase: 'held' })
    assert.equal(await bookings(site), 1)
    await site.release('BookAppointment')

    assert.equal((await answer).status, 'OK')
  })

  it('do the work of a held request even when nobody waits for it any more', async (t) => {
    const { site, slot } = await underFault(t, { id: 'hold', mode: 'once' })
    const leaving = new AbortController()
    const visitor = new Visitor(site, leaving.signal)
    await visitor.logIn(BRUNO)

    const gone = assert.rejects(visitor.book(slot.id))
    await site.waitFor({ path: 'BookAppointment', phase: 'held' })
    leaving.abort()
    await gone
    await site.release()
    await site.waitFor({ path: 'BookAppointment', phase: 'answered' })

    assert.equal((await site.state()).bookings[0]?.username, BRUNO.username)
  })

  it('can let a held request get lost', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'hold', onRelease: 'cut' })

    const answer = assert.rejects(ada.book(slot.id))
    await site.waitFor({ path: 'BookAppointment', phase: 'held' })
    await site.release()
    await answer

    assert.equal(await bookings(site), 0)
  })

  it('slow pages and scripts down apart from each other', async (t) => {
    const { site, ada } = await underFault(t, { id: 'slow-ajax', mode: 'once', seconds: 3600 })

    assert.equal((await ada.get('/Booking')).status, 200)
    const slow = assert.rejects(ada.schedule(TUESDAY))
    await site.waitFor({ path: 'GetActivitySchedule', phase: 'arrived' })
    await site.close()
    await slow
  })
})

describe('faults of the booking', () => {
  it('say OK and book nothing', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'false-ok' })

    assert.equal((await ada.book(slot.id)).status, 'OK')

    assert.equal(await bookings(site), 0)
  })

  it('fill the slot at the post', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'full-in-between' })

    assert.equal((await ada.book(slot.id)).message, italian.refusals.full)

    assert.equal((await site.slots(TUESDAY)).find(({ id }) => id === slot.id)?.spots, 0)
  })

  for (const [waitlist, expected] of [
    [false, /Posti esauriti/],
    [true, /Lista d&#39;attesa/],
  ] as const) {
    it(`fill the slot at the confirm view ${waitlist ? 'with' : 'without'} a waiting list`, async (t) => {
      const { ada, slot } = await underFault(t, { id: 'full-in-between', at: 'confirm' }, waitlist)

      const view = await (await ada.get(`/Booking/ConfirmActivityBooking?appointmentID=${slot.id}`)).text()

      assert.match(view, expected)
      assert.ok(!view.includes('btnConfirm'))
    })
  }

  it('open late after midnight', async (t) => {
    const { site, ada } = await underFault(t, { id: 'not-open-yet', seconds: 10 })
    const [slot] = await site.slots('2026-10-15')
    assert.ok(slot)
    await site.changeSlot({ do: 'change', slotId: slot.id, to: { taken: 0 } })

    await site.setClock({ at: '2026-10-13T00:00:09', frozen: true })
    assert.equal((await ada.book(slot.id)).message, italian.refusals['not-open'])
    await site.setClock({ advanceSeconds: 1 })
    assert.equal((await ada.book(slot.id)).status, 'OK')
  })

  it('refuse with words of their own', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'limit-reached', message: 'Due sono abbastanza' })

    assert.equal((await ada.book(slot.id)).message, 'Due sono abbastanza')
    await site.clearFaults('limit-reached')
    await site.setFault({ id: 'already-booked' })
    assert.equal((await ada.book(slot.id)).message, italian.refusals['already-booked'])
  })

  it('refuse a late cancellation, or hide its button', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'late-cancel' })
    const { id: bookingId } = await site.bookByHand({ username: ADA.username, slotId: slot.id })

    assert.match(await (await ada.get('/Booking')).text(), /btn-delete/)
    const answer = (await (await ada.post('/Booking/DeleteBooking', { bookingId })).json()) as { message: string }
    assert.equal(answer.message, italian.refusals['late-cancel'])
    await site.setFault({ id: 'late-cancel', variant: 'no-button' })
    assert.ok(!(await (await ada.get('/Booking')).text()).includes('btn-delete'))
  })

  it('leave the question out', async (t) => {
    const { ada, slot } = await underFault(t, { id: 'dialog-missing' })

    assert.equal((await ada.book(slot.id)).canBookAgain, false)
  })

  it('show every slot twice, as the same slot', async (t) => {
    const { site, ada, slot } = await underFault(t, { id: 'dup-slot' })

    const { data } = await ada.schedule(TUESDAY)
    const same = data.filter(({ AppointmentId }) => AppointmentId.slice(1) === slot.id.slice(1))
    const twin = same.find(({ AppointmentId }) => AppointmentId !== slot.id)

    assert.equal(same.length, 2)
    assert.equal((await ada.book(twin?.AppointmentId ?? '')).status, 'OK')
    assert.equal((await site.state()).bookings[0]?.slotId, slot.id)
  })

  it('rename what tells the times of a slot', async (t) => {
    const { ada } = await underFault(t, { id: 'schedule-changed' })

    const { data } = await ada.schedule(TUESDAY)

    assert.ok(data.length > 0)
    assert.ok(data.every((item) => !('TimeStart' in item) && !('StartDateTime' in item)))
  })

  it('turn the activities round and add others', async (t) => {
    const { ada } = await underFault(t, { id: 'activity-order' })

    const page = await (await ada.get('/Booking/ChooseActivity')).text()

    const names = [...page.matchAll(/font-blue-madison">([^<]+)</g)].map(([, name]) => name)
    assert.equal(names.length, 4)
    assert.ok(names.indexOf('Giuriati - Fit Center') < names.indexOf('Giuriati - Corsi Platinum'))
  })
})

describe('faults of time', () => {
  it('skew the Date header and the rules alike', async (t) => {
    const { site, ada } = await underFault(t, { id: 'clock-skew', seconds: 90 })
    const [slot] = await site.slots('2026-10-15')
    assert.ok(slot)
    await site.changeSlot({ do: 'change', slotId: slot.id, to: { taken: 0 } })
    await site.setClock({ at: '2026-10-12T23:58:30', frozen: true })

    const page = await ada.get('/Booking')

    assert.equal(page.headers.get('date'), 'Mon, 12 Oct 2026 22:00:00 GMT')
    assert.equal((await ada.book(slot.id)).status, 'OK')
  })

  for (const [change, day] of [
    ['autumn', '2026-10-25'],
    ['spring', '2027-03-28'],
  ] as const) {
    it(`move the clock to the next day of the ${change} change`, async (t) => {
      const { site } = await underFault(t, { id: 'dst-day', change, time: '12:00' })

      assert.match(site.now().toZonedDateTimeISO('Europe/Rome').toString(), new RegExp(`^${day}T12:00`))
      assert.deepEqual(site.faults.active(), [])
    })
  }
})
