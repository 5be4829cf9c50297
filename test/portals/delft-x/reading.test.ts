import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright'
import type { SlotKey, TimetableSlot } from '../../../src/portals/contract.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { FRIDAY, failsWith, GYM, HALL, NEXT, openSite, type SiteOptions } from './site.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

const keyOf = ({ date, start, location, course }: SlotKey) => [date, start, location, course].join(' ')
/** Days that are listed whole. */
const DAYS = ['2025-11-15', '2025-11-17', '2025-11-27']
const find = (slots: TimetableSlot[], wanted: SlotKey) => slots.find((slot) => keyOf(slot) === keyOf(wanted))

describe('the timetable', { concurrency: 4 }, () => {
  it('is all slots of two weeks from now on, each once, the same each time', async (t) => {
    const { session, control } = await openSite(t, browser)
    const slots = await session.readTimetable()
    const days = [...new Set(slots.map(({ date }) => date))]
    assert.deepEqual([days.length, days[0], days.at(-1)], [14, '2025-11-14', '2025-11-27'])
    assert.equal(new Set(slots.map(keyOf)).size, slots.length)
    const there = await control.slots('2025-11-17')
    const read = slots.filter(({ date }) => date === '2025-11-17')
    assert.deepEqual(
      read.map(({ start, location, course }) => `${start} ${course ?? location}`).sort(),
      there.map(({ start, place }) => `${start} ${place}`).sort(),
    )
    assert.deepEqual(await session.readTimetable(), slots)
  })

  it('says what can be booked now, which the portal itself does not', async (t) => {
    const { session, control } = await openSite(t, browser)
    await control.fill({ date: GYM.date, start: GYM.start, place: 'Fitness' })
    await control.fill({ date: HALL.date, start: HALL.start, place: 'X1 B' })
    const slots = await session.readTimetable()
    assert.equal(find(slots, HALL)?.state, 'available')
    assert.equal(find(slots, { ...HALL, course: 'X1 B' })?.state, 'booked')
    assert.equal(find(slots, NEXT)?.state, 'disabled')
    assert.deepEqual([find(slots, GYM)?.state, find(slots, GYM)?.spots, find(slots, GYM)?.end], ['booked', 0, '18:59'])
  })

  const drifts: [string, SiteOptions][] = [
    ['a filter that empties the list', { faults: [{ id: 'emptyList' }] }],
    ['more keys', { faults: [{ id: 'shapeDrift', variant: 'extra-keys' }] }],
    ['slots without their events', { faults: [{ id: 'shapeDrift', variant: 'missing-booking' }] }],
    ['the newer path', { faults: [{ id: 'shapeDrift', variant: 'moved' }] }],
  ]
  for (const [name, options] of drifts) {
    it(`is whole with ${name}`, async (t) => {
      const { session, control } = await openSite(t, browser, options)
      const there = await Promise.all(DAYS.map((date) => control.slots(date)))
      const read = await session.readTimetable()
      assert.deepEqual(
        read
          .filter(({ date }) => DAYS.includes(date))
          .map(({ date, start, location, course }) => `${date} ${start} ${course ?? location}`)
          .sort(),
        there
          .flat()
          .map(({ date, start, place }) => `${date} ${start} ${place}`)
          .sort(),
      )
    })
  }

  it('that is nowhere to be found is a changed page', async (t) => {
    const { session } = await openSite(t, browser, { faults: [{ id: 'shapeDrift', variant: 'gone' }] })
    const error = await failsWith('page-changed', session.readTimetable())
    assert.ok(error.lookedFor)
  })

  it('keeps quiet for as long as the portal asks, and goes on', async (t) => {
    const { session, clock, requests } = await openSite(t, browser, {
      faults: [{ id: 'rate429', path: '/bookable-slots', mode: 2, retryAfter: 2 }],
    })
    await session.readTimetable()
    const waited = clock.now().since(Temporal.Instant.from(FRIDAY)).total('milliseconds')
    const asked = (await requests('GET', '/bookable-slots')) - 2
    assert.ok(asked > 14)
    assert.equal(waited, 2 * 2_000 + (asked - 1) * 250)
  })

  it('gives up when the portal goes on asking, and says for how long', async (t) => {
    const { session } = await openSite(t, browser, { faults: [{ id: 'rate429', retryAfter: 2 }] })
    const error = await failsWith('rate-limited', session.readTimetable())
    assert.equal(error.retryAfterMs, 2_000)
    const long = await openSite(t, browser, { faults: [{ id: 'rate429', path: '/bookable-slots', retryAfter: 60 }] })
    assert.equal((await failsWith('rate-limited', long.session.readTimetable())).retryAfterMs, 60_000)
    assert.equal(await long.requests('GET', '/bookable-slots'), 1)
    const mute = await openSite(t, browser, { faults: [{ id: 'rate429', path: '/bookable-slots', retryAfter: null }] })
    assert.equal((await failsWith('rate-limited', mute.session.readTimetable())).retryAfterMs, undefined)
  })

  it('gets over a failure that passes, and tells one that does not', async (t) => {
    const passing = { id: 'http500', path: '/bookable-slots', method: 'GET' } as const
    const over = await openSite(t, browser, { faults: [{ ...passing, mode: 2 }] })
    await over.session.readTimetable()
    const down = await openSite(t, browser, { faults: [{ ...passing, mode: 'always' }] })
    await failsWith('portal-down', down.session.readTimetable())
    assert.equal(await down.requests('GET', '/bookable-slots'), 3)
    const cut = await openSite(t, browser, {
      faults: [{ id: 'dropped', path: '/bookable-slots', method: 'GET', mode: 'always' }],
    })
    await failsWith('network', cut.session.readTimetable())
  })

  it('is not waited for without end', async (t) => {
    const { session } = await openSite(t, browser, {
      faults: [{ id: 'slow3s', path: '/bookable-slots', method: 'GET', seconds: 30 }],
      limits: { requestMs: 400 },
    })
    await failsWith('timeout', session.readTimetable())
  })

  it('ends with the work that was taken back', async (t) => {
    const { session, control, abort } = await openSite(t, browser, {
      faults: [{ id: 'hold', path: '/bookable-slots', method: 'GET' }],
    })
    const reading = session.readTimetable()
    await control.waitFor({ path: '/bookable-slots', phase: 'held' })
    abort.abort(new Error('taken back'))
    await assert.rejects(reading, /taken back/)
  })
})

describe('one slot', { concurrency: 4 }, () => {
  it('comes with the others of its place and day', async (t) => {
    const site = await openSite(t, browser)
    const { slot, others } = (await site.session.readAround?.(HALL)) ?? assert.fail()

    assert.deepEqual(slot, await site.session.readSlot(HALL))
    assert.ok(others.length > 20)
    assert.ok(others.every(({ location, date }) => location === 'X1' && date === HALL.date))
    assert.ok(!others.some(({ course, start }) => course === HALL.course && start === HALL.start))
  })

  it('is read by one request', async (t) => {
    const { session, control, requests } = await openSite(t, browser)
    const [event] = (await control.slots(GYM.date)).filter(
      ({ place, start }) => place === 'Fitness' && start === '18:00',
    )
    assert.ok(event)
    assert.deepEqual(await session.readSlot(GYM), {
      ...{ ...GYM, end: '18:59', instructor: null, state: 'available' },
      ...{ siteId: String(event.bookingId), spots: event.capacity - event.taken },
    })
    assert.equal(await requests('GET', '/bookable-slots'), 1)
  })

  it('is found by the name of its half, whatever its ids are', async (t) => {
    for (const seed of [1, 2, 3]) {
      const { session } = await openSite(t, browser, { seed })
      const slot = { ...HALL, location: 'X3', course: 'X3 B' }
      assert.equal(keyOf(await session.readSlot(slot)), keyOf(slot))
    }
  })

  it('that is not there is gone', async (t) => {
    const { session } = await openSite(t, browser)
    await failsWith('slot-gone', session.readSlot({ ...HALL, course: 'X1 C' }))
    await failsWith('slot-gone', session.readSlot({ ...HALL, start: '13:30' }))
    await failsWith('slot-gone', session.readSlot({ ...HALL, location: 'X9', course: 'X9 A' }))
  })

  it('that has begun is too late, and one beyond the list is not open yet', async (t) => {
    const { session } = await openSite(t, browser)
    await failsWith('too-late', session.readSlot({ ...HALL, date: '2025-11-14', start: '13:00' }))
    const error = await failsWith('not-open-yet', session.readSlot({ ...HALL, date: '2025-11-28' }))
    assert.equal(error.opensAt?.toString(), '2025-11-25T12:00:00Z')
  })
})

describe('the bookings', { concurrency: 4 }, () => {
  it('are what the member holds, made here or by hand', async (t) => {
    const { session, control } = await openSite(t, browser)
    assert.deepEqual(await session.readBookings(), [])
    const username = 'member.one@example.org'
    await control.bookByHand({ username, date: HALL.date, start: HALL.start, place: 'X1 A' })
    await control.bookByHand({ username, date: GYM.date, start: GYM.start, place: 'Fitness' })
    assert.deepEqual(await session.readBookings(), [
      { date: '2025-11-17', start: '13:00', end: '13:59', location: 'X1', course: 'X1 A', cancellable: true },
      { date: '2025-11-17', start: '18:00', end: '18:59', location: 'Fitness', course: null, cancellable: true },
    ])
  })

  it('are an error rather than none when they cannot be read', async (t) => {
    const { session } = await openSite(t, browser, {
      faults: [{ id: 'http500', path: 'participations', method: 'GET', mode: 'always' }],
    })
    await failsWith('portal-down', session.readBookings())
  })
})
