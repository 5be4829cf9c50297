import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import type { FaultInput } from '../../../sim/polimisport/faults.ts'
import type { ElementName } from '../../../sim/polimisport/layout.ts'
import type { TimetableSlot } from '../../../src/portals/contract.ts'
import { nameKey } from '../../../src/portals/match.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { CLASSES, failsWith, openSite, type Site, type SiteOptions, WEDNESDAY, ZUMBA } from './site.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

/** All days on one page: quicker, where the arrows do not matter. */
const WIDE = { id: 'layout-structure', columns: 7 } as const satisfies FaultInput

const WAYS = [
  { way: 'by requests', onPages: false },
  { way: 'on the pages', onPages: true },
] as const

const BY_REQUESTS: Record<string, FaultInput[]> = {
  'activities in another order, with others among them': [{ id: 'activity-order' }],
  'the same content worded otherwise': [{ id: 'layout-text' }],
  'slow answers': [{ id: 'slow-ajax', seconds: 0.1 }],
  'a failure that passes': [{ id: 'http-500', route: 'GetActivitySchedule', mode: 1 }],
  'a lost connection': [{ id: 'connection-reset', route: 'ChooseActivity', mode: 2 }],
}
/** The other faults of the calendar are among the tests of booking on the pages, which goes the same way. */
const ON_PAGES: Record<string, FaultInput[]> = {
  'stale days kept hidden': [{ id: 'stale-repository' }],
  'one day shown': [{ id: 'layout-structure', columns: 1 }],
  'seven days shown': [WIDE],
  'a failure that passes': [{ id: 'http-500', route: 'GetActivitySchedule', mode: 1 }, WIDE],
  'a lost connection': [{ id: 'connection-reset', route: 'ChooseActivity', mode: 2 }, WIDE],
}

/** What identifies a slot and says whether it can be had, whatever way it was read and however it was written. */
const gist = (slots: readonly TimetableSlot[]) =>
  slots.map((slot) => [slot.date, slot.start, slot.end, nameKey(slot), slot.state].join(' ')).toSorted()

/** The week as the stand-in has it. */
async function truth({ sim }: Site): Promise<string[]> {
  const { slots } = await sim.state()
  const last = sim.now().toZonedDateTimeISO('Europe/Rome').toPlainDate().add({ days: 6 }).toString()
  return slots
    .filter(({ date }) => date <= last)
    .map(({ date, time, skill }) => [date, time, nameKey({ location: 'x - Fit Center', course: skill })].join(' '))
    .toSorted()
}

async function read(t: TestContext, options: SiteOptions): Promise<{ site: Site; slots: TimetableSlot[] }> {
  const site = await openSite(t, browser, options)
  return { site, slots: await site.session.readTimetable() }
}

/** Reads a week under faults and compares it with the stand-in's own. */
async function readsAll(t: TestContext, options: SiteOptions): Promise<TimetableSlot[]> {
  const { site, slots } = await read(t, options)
  const keys = slots.map((slot) => [slot.date, slot.start, nameKey(slot)].join(' ')).toSorted()
  assert.deepEqual(keys, await truth(site))
  return slots
}

for (const { way, onPages } of WAYS) {
  describe(`reading the timetable ${way}`, { concurrency: 4 }, () => {
    it('finds all slots of seven days', async (t) => {
      const slots = await readsAll(t, { onPages })
      const zumba = slots.find(({ date, course }) => date === '2026-10-16' && course === 'ZUMBA')
      assert.deepEqual(
        { ...zumba, siteId: null, spots: null, state: null },
        {
          ...{ date: '2026-10-16', start: '18:30', end: '19:25', location: CLASSES, course: 'ZUMBA' },
          ...{ siteId: null, instructor: 'MORANDI ISA', spots: null, state: null },
        },
      )
      assert.equal(typeof zumba?.spots, 'number')
      for (const { date, start, state } of slots) {
        if (date < '2026-10-14' || (date === '2026-10-14' && start < '10:01') || date > '2026-10-16')
          assert.equal(state, 'disabled')
      }
    })

    const faultsToGetOver = onPages ? ON_PAGES : BY_REQUESTS
    for (const [what, faults] of Object.entries(faultsToGetOver)) {
      it(`gets over ${what}`, async (t) => {
        await readsAll(t, { onPages, faults })
      })
    }

    it('gets over a day of 25 hours', async (t) => {
      await readsAll(t, { onPages, at: '2026-10-23T23:30:00+02:00', faults: [WIDE] })
    })

    it('ends when the session does', async (t) => {
      const page = await openSite(t, browser, { onPages, faults: [{ id: 'session-expired-page' }] })
      await failsWith('session-expired', page.session.readTimetable())
      const ajax = await openSite(t, browser, { onPages, faults: [{ id: 'session-expired-ajax', skip: 3 }] })
      await failsWith('session-expired', ajax.session.readTimetable())
    })

    it('tells a site that is down from a day without slots', async (t) => {
      const faults: FaultInput[] = [{ id: 'http-503', route: 'GetActivitySchedule', skip: 2 }]
      const { session } = await openSite(t, browser, { onPages, faults })
      await failsWith('portal-down', session.readTimetable())
    })

    it('ends in time when answers do not come', async (t) => {
      const faults: FaultInput[] = [{ id: 'slow-ajax', seconds: 30 }]
      const { session } = await openSite(t, browser, { onPages, faults, limits: { requestMs: 1_500, markerMs: 1_500 } })
      await failsWith('timeout', session.readTimetable())
    })

    it('is broken off by the signal', async (t) => {
      const site = await openSite(t, browser, {
        onPages,
        faults: [{ id: 'hold', route: 'GetActivitySchedule', mode: 'once' }],
      })
      const reading = site.session.readTimetable()
      await site.sim.waitFor({ path: 'GetActivitySchedule', phase: 'held' })
      site.abort.abort(new Error('taken back'))
      await assert.rejects(reading, /taken back/)
      await site.sim.release()
    })
  })
}

describe('both ways of reading', { concurrency: 4 }, () => {
  it('find the same', async (t) => {
    const byRequests = await read(t, { onPages: false })
    const onPages = await read(t, { onPages: true })
    assert.deepEqual(gist(onPages.slots), gist(byRequests.slots))
  })

  for (const variants of [
    ['case', 'no-comma'],
    ['spaces', 'month-short', 'no-spots'],
    ['decomposed', 'numeric-date', 'button'],
  ] as const) {
    it(`get over ${variants.join(', ')}`, async (t) => {
      await readsAll(t, { onPages: true, faults: [{ id: 'layout-text', variants: [...variants] }, WIDE] })
    })
  }

  it('keep a polite gap between requests', async (t) => {
    const { site } = await read(t, {})
    assert.equal(site.requests('GetActivitySchedule').length, 14)
    const waited = site.clock.now().since(Temporal.Instant.from(WEDNESDAY)).total('milliseconds')
    assert.ok(waited >= 14 * 150, `${waited} ms`)
  })

  it('know the site by its clock, not by ours', async (t) => {
    for (const seconds of [90, -90]) {
      const at = seconds > 0 ? '2026-10-14T23:59:00+02:00' : '2026-10-15T00:01:00+02:00'
      for (const onPages of [false, true])
        await readsAll(t, { onPages, at, faults: [{ id: 'clock-skew', seconds }, WIDE] })
    }
  })
})

describe('a look at one slot', { concurrency: 4 }, () => {
  it('takes one request, which shows the others of that day and activity too', async (t) => {
    const site = await openSite(t, browser)
    const week = await site.session.readTimetable()
    const before = site.requests('GetActivitySchedule').length

    const { slot, others } = (await site.session.readAround?.(ZUMBA)) ?? assert.fail()

    assert.equal(site.requests('GetActivitySchedule').length, before + 1)
    assert.deepEqual([slot.course, slot.start], ['ZUMBA', ZUMBA.start])
    const day = week.filter(({ date, location }) => date === ZUMBA.date && location === ZUMBA.location)
    assert.deepEqual(gist([slot, ...others]), gist(day))
    assert.deepEqual(await site.session.readSlot(ZUMBA), slot)
  })

  it('on the pages shows only that slot', async (t) => {
    const { session } = await openSite(t, browser, { onPages: true, faults: [WIDE] })

    const { slot, others } = (await session.readAround?.(ZUMBA)) ?? assert.fail()

    assert.deepEqual([slot.course, slot.start, others], ['ZUMBA', ZUMBA.start, []])
  })
})

describe('a calendar without some of its names', { concurrency: 4 }, () => {
  const enough: readonly (readonly ElementName[])[] = [
    ['list-group-item', 'list-group-item-heading', 'day-column', 'day-schedule', 'day-schedule-slots', 'time-start'],
    ['booking-calendar', 'day-schedule-container', 'data-date-offset', 'time-duration', 'slot-description2'],
    ['day-schedule-label', 'skill', 'slot-description3', 'slot-notes-after'],
  ]
  for (const missing of enough) {
    it(`is read without ${missing.join(', ')}`, async (t) => {
      await readsAll(t, { onPages: true, faults: [{ ...WIDE, missing: [...missing] }] })
    })
  }

  it('moves on by its chevron when the arrows have lost their names', async (t) => {
    const faults: FaultInput[] = [{ id: 'layout-structure', missing: ['btn-move-date', 'data-date-target'] }]
    await readsAll(t, { onPages: true, faults })
  })

  for (const missing of [['event-slot'], ['slot-description'], ['day-schedule-label', 'data-date-offset']]) {
    it(`is a changed page without ${missing.join(' and ')}`, async (t) => {
      const faults: FaultInput[] = [{ id: 'layout-structure', missing: missing as ElementName[] }]
      const { session } = await openSite(t, browser, {
        onPages: true,
        faults,
        limits: { markerMs: 1_500, clickMs: 500 },
      })
      const error = await failsWith('page-changed', session.readTimetable())
      assert.ok(error.lookedFor)
    })
  }
})
