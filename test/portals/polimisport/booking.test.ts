import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import type { FaultInput } from '../../../sim/polimisport/faults.ts'
import { alternative } from '../../../sim/polimisport/texts-alternative.ts'
import type { ArmedBooking } from '../../../src/portals/contract.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { CLASSES, failsWith, freeSlot, GYM, openSite, type Site, type SiteOptions, TURN, ZUMBA } from './site.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

/** 00:00:01 of the 14th: the slots of the 16th have just opened. */
const OPENING = '2026-10-14T00:00:01+02:00'

async function setUp(t: TestContext, options: SiteOptions) {
  const { faults = [], ...rest } = options
  const site = await openSite(t, browser, rest)
  const zumba = await freeSlot(site, ZUMBA)
  for (const fault of faults) await site.sim.setFault(fault)
  const book = (slot = zumba) => site.session.book(slot, site.beforeSubmit)
  return { ...site, site, zumba, book }
}

/** The slot is booked, by one request, and the account holds it. */
async function books(t: TestContext, options: SiteOptions): Promise<Site> {
  const { site, zumba, book } = await setUp(t, options)
  const booking = await book()
  assert.deepEqual([booking.date, booking.start, booking.course?.toUpperCase()], ['2026-10-16', '18:30', 'ZUMBA'])
  assert.ok(await site.holds(zumba))
  assert.equal(site.requests('BookAppointment').length, 1)
  return site
}

/** A shot as the worker fires it: it tells that it is about to. */
async function fire(site: Site, armed: ArmedBooking): Promise<void> {
  await site.beforeSubmit()
  await armed.fire()
}

describe('an armed booking refused in words that are guessed at', { concurrency: 4 }, () => {
  const texts = { ...alternative, refusals: { ...alternative.refusals, 'not-open': 'Posti esauriti' } }
  const early = { seconds: 3, shown: 'closed' } as const

  for (const [when, at, faults] of [
    ['before the opening', '2026-10-13T23:59:59+02:00', []],
    ['right after it, while the timetable shows places', OPENING, [{ id: 'not-open-yet', ...early }]],
  ] as [string, string, FaultInput[]][]) {
    it(`as full is "not yet" ${when}`, async (t) => {
      const { site, zumba, clock } = await setUp(t, { at, texts, faults })
      const armed = (await site.session.arm?.(zumba)) ?? assert.fail()
      const error = await failsWith('not-open-yet', fire(site, armed))
      assert.equal(error.portalSays, 'Posti esauriti')
      clock.advance(4_000)
      await fire(site, armed)
      assert.ok(await site.holds(zumba))
    })
  }

  it('as full is full, once the timetable shows no place', async (t) => {
    const { site, zumba } = await setUp(t, { at: OPENING, faults: [{ id: 'full-in-between' }] })
    const armed = (await site.session.arm?.(zumba)) ?? assert.fail()
    await failsWith('slot-full', fire(site, armed))
  })
})

for (const onPages of [false, true]) {
  describe(`booking ${onPages ? 'on the pages' : 'by requests'}`, { concurrency: 4 }, () => {
    it('books the slot and shows the booking of the list', async (t) => {
      const { book, steps, site } = await setUp(t, { onPages })
      assert.deepEqual(await book(), {
        ...{ date: '2026-10-16', start: '18:30', end: '19:25', location: CLASSES, course: 'ZUMBA', cancellable: true },
      })
      assert.deepEqual(steps, ['choosing-slot', 'confirming', 'verifying'])
      assert.equal(site.submits, 1)
    })

    it('books a turn of the gym', async (t) => {
      const { site, book } = await setUp(t, { onPages })
      const turn = await freeSlot(site, TURN)
      const booking = await book(turn)
      assert.deepEqual([booking.location, booking.course], [GYM, null])
      assert.ok(await site.holds(turn))
    })

    const fine: Record<string, FaultInput[]> = {
      'a banner over all pages': [{ id: 'banner' }],
      'a banner that comes late': [{ id: 'banner', variant: 'late' }],
      'activities in another order': [{ id: 'activity-order' }],
      'the same content worded otherwise': [{ id: 'layout-text' }],
      'stale days kept hidden': [{ id: 'stale-repository' }],
      'the question missing': [{ id: 'dialog-missing' }],
      'the question missing, the list opening': [{ id: 'dialog-missing', next: 'list' }],
      'the first click on the slot lost': [{ id: 'lost-click', target: 'slot' }],
      'slow pages': [{ id: 'slow-page', seconds: 0.3 }],
      'slow answers': [{ id: 'slow-ajax', seconds: 0.3 }],
      'reads that fail in passing': [
        { id: 'http-500', route: 'Booking', mode: 1 },
        { id: 'http-503', route: 'ChooseActivity', mode: 1 },
        { id: 'connection-reset', route: 'GetActivitySchedule', mode: 1 },
      ],
    }
    for (const [what, faults] of Object.entries(fine)) {
      it(`gets over ${what}`, async (t) => {
        await books(t, { onPages, faults })
      })
    }

    it('does not depend on invented texts', async (t) => {
      await books(t, { onPages, texts: alternative })
    })

    it('takes the right one of two classes at the same time', async (t) => {
      const { site, zumba, book } = await setUp(t, { onPages })
      const gag = await freeSlot(site, { ...ZUMBA, course: 'GAG' })
      await book(gag)
      assert.deepEqual([await site.holds(gag), await site.holds(zumba)], [true, false])
    })

    it('does not book what the account holds', async (t) => {
      const { site, zumba, sim, book } = await setUp(t, { onPages })
      await sim.bookByHand({ username: '10654321', slotId: zumba.siteId ?? '' })
      await failsWith('already-booked', book())
      assert.equal(site.submits, 0)
    })

    it('does not book what is full, gone or over', async (t) => {
      const { site, zumba, sim, book } = await setUp(t, { onPages })
      await failsWith('slot-gone', book({ ...zumba, course: 'CURLING' }))
      await failsWith('slot-gone', book({ ...zumba, start: '18:45' }))
      await failsWith('too-late', book({ ...zumba, date: '2026-10-14', start: '07:30' }))
      await sim.changeSlot({ do: 'fill', slotId: zumba.siteId ?? '' })
      await failsWith('slot-full', book())
      assert.equal(site.submits, 0)
    })

    it('does not join the waiting list', async (t) => {
      const { site, zumba, sim, book } = await setUp(t, { onPages, waitlist: true })
      await sim.changeSlot({ do: 'fill', slotId: zumba.siteId ?? '' })
      await failsWith('slot-full', book())
      assert.equal(site.submits, 0)
    })

    it('does not guess between twins', async (t) => {
      const { zumba, book, site } = await setUp(t, { onPages, faults: [{ id: 'dup-slot' }] })
      const error = await failsWith('slot-gone', book({ ...zumba, siteId: null }))
      assert.match(error.message, /cannot be told apart/)
      assert.equal(site.submits, 0)
    })

    it('says when a slot opens that lies days ahead', async (t) => {
      const { book } = await setUp(t, { onPages })
      const ahead = await failsWith('not-open-yet', book({ ...ZUMBA, date: '2026-11-14' }))
      assert.equal(ahead.opensAt?.toString(), '2026-11-11T23:00:00Z')
    })

    for (const shown of ['closed', 'open'] as const) {
      it(`tries again when the site opens late and shows the slot as ${shown}`, async (t) => {
        const faults: FaultInput[] = [{ id: 'not-open-yet', seconds: 3, shown }]
        const { site, zumba, clock, book } = await setUp(t, { onPages, at: OPENING, faults })
        const error = await failsWith('not-open-yet', book())
        const inMs = error.opensAt?.since(clock.now()).total('milliseconds') ?? 0
        assert.ok(inMs >= 1_000 && inMs <= 2_000, `${inMs} ms`)
        clock.advance(inMs)
        await failsWith('not-open-yet', book()).catch(() => undefined)
        clock.advance(2_000)
        if (!(await site.holds(zumba))) await book()
        assert.ok(await site.holds(zumba))
      })
    }

    for (const [change, date, opensAt] of [
      ['spring', '2027-03-30', '2027-03-27T23:00:00Z'],
      ['autumn', '2026-10-27', '2026-10-24T22:00:00Z'],
    ] as const) {
      it(`opens at midnight in ${change}, when a day has not 24 hours`, async (t) => {
        const at = Temporal.Instant.from(opensAt)
        const options: SiteOptions = { onPages, at: at.subtract({ seconds: 1 }).toString() }
        const { site, clock, book } = await setUp(t, options)
        const slot = await freeSlot(site, { ...TURN, date, start: '16:00' })
        const error = await failsWith('not-open-yet', book(slot))
        assert.equal(error.opensAt?.toString(), opensAt)
        clock.advance(1_000)
        await book(slot)
        assert.ok(await site.holds(slot))
      })
    }

    const refused = {
      'already-booked': { fault: { id: 'already-booked' }, kind: 'already-booked', says: /già prenotato/ },
      'limit-reached': { fault: { id: 'limit-reached' }, kind: 'limit-reached', says: /numero massimo/ },
    } as const
    for (const [what, { fault, kind, says }] of Object.entries(refused)) {
      it(`passes on a refusal: ${what}`, async (t) => {
        const { site, zumba, book } = await setUp(t, { onPages, faults: [fault] })
        const error = await failsWith(kind, book())
        assert.match(error.portalSays ?? '', says)
        assert.equal(site.requests('BookAppointment').length, 1)
        assert.equal(await site.holds(zumba), false)
      })
    }

    it('sees by the timetable that a slot is full when the words say nothing', async (t) => {
      const texts = { ...alternative, refusals: { ...alternative.refusals, full: 'Ritenta.' } }
      const { book } = await setUp(t, { onPages, texts, faults: [{ id: 'full-in-between' }] })
      assert.equal((await failsWith('slot-full', book())).portalSays, 'Ritenta.')
    })

    it('is broken off at once while it waits', async (t) => {
      const faults: FaultInput[] = [{ id: 'hold', route: 'GetActivitySchedule', mode: 'once' }]
      const { sim, abort, book, site } = await setUp(t, { onPages, faults })
      const booking = book()
      await sim.waitFor({ path: 'GetActivitySchedule', phase: 'held' })
      abort.abort(new Error('taken back'))
      await assert.rejects(booking, /taken back/)
      await sim.release()
      assert.equal(site.submits, 0)
    })

    it('is brought to its end once it was sent', async (t) => {
      const { sim, abort, book, site, zumba } = await setUp(t, { onPages, faults: [{ id: 'hold', mode: 'once' }] })
      const booking = book()
      await sim.waitFor({ path: 'BookAppointment', phase: 'held' })
      abort.abort(new Error('taken back'))
      await sim.release()
      assert.equal((await booking).course, 'ZUMBA')
      assert.ok(await site.holds(zumba))
    })
  })
}
