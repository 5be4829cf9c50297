import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import type { FaultInput } from '../../../sim/polimisport/faults.ts'
import type { ElementName } from '../../../sim/polimisport/layout.ts'
import { alternative } from '../../../sim/polimisport/texts-alternative.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { failsWith, freeSlot, openSite, type SiteOptions, TURN, ZUMBA } from './site.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

/** An account that holds a class and a turn of the gym. */
async function setUp(t: TestContext, options: SiteOptions = {}) {
  const { faults = [], ...rest } = options
  const site = await openSite(t, browser, rest)
  const [zumba, turn] = [await freeSlot(site, ZUMBA), await freeSlot(site, TURN)]
  for (const { siteId } of [zumba, turn]) {
    await site.sim.bookByHand({ username: '10654321', slotId: siteId ?? '' })
  }
  for (const fault of faults) await site.sim.setFault(fault)
  const cancel = (slot = zumba) => site.session.cancel(slot, site.beforeSubmit)
  return { ...site, site, zumba, turn, cancel }
}

describe('cancelling', { concurrency: 4 }, () => {
  const fine: Record<string, FaultInput[]> = {
    'a banner over all pages': [{ id: 'banner' }],
    'a banner that comes late': [{ id: 'banner', variant: 'late' }],
    'the same content worded otherwise': [{ id: 'layout-text' }],
    'slow pages and answers': [
      { id: 'slow-page', seconds: 0.3 },
      { id: 'slow-ajax', seconds: 0.3 },
    ],
    'a list that fails in passing': [{ id: 'http-503', route: 'Booking', mode: 2 }],
    'a connection cut in passing': [{ id: 'connection-reset', route: 'Booking', mode: 1 }],
    'a cut answer': [{ id: 'post-lost-answer', route: 'DeleteBooking', answer: 'cut' }],
    'dialogs without their names': [
      { id: 'layout-structure', missing: ['srModal_g_confirm_dialog', 'data-modalrole'] },
    ],
    'a list without its names': [
      { id: 'layout-structure', missing: ['event-repository', 'event-info-schedule', 'time-start'] },
    ],
  }
  for (const [what, faults] of Object.entries(fine)) {
    it(`gets over ${what}`, async (t) => {
      const { site, zumba, turn, cancel } = await setUp(t, { faults })
      await cancel()
      assert.deepEqual([await site.holds(zumba), await site.holds(turn)], [false, true])
    })
  }

  it('does not depend on invented texts', async (t) => {
    const { site, zumba, cancel } = await setUp(t, { texts: alternative })
    await cancel()
    assert.equal(await site.holds(zumba), false)
  })

  it('passes on that it is too late', async (t) => {
    const { site, zumba, cancel } = await setUp(t, {
      faults: [{ id: 'late-cancel', message: 'Troppo tardi, mi spiace.' }],
    })
    const error = await failsWith('too-late', cancel())
    assert.equal(error.portalSays, 'Troppo tardi, mi spiace.')
    assert.ok(await site.holds(zumba))
  })

  it('sees that the list does not offer it', async (t) => {
    const { site, session, cancel } = await setUp(t, { faults: [{ id: 'late-cancel', variant: 'no-button' }] })
    assert.deepEqual(
      (await session.readBookings()).map(({ cancellable }) => cancellable),
      [false, false],
    )
    await failsWith('too-late', cancel())
    assert.equal(site.submits, 0)
  })

  it('does not take another booking for the one that is gone', async (t) => {
    const { site, zumba, turn, cancel } = await setUp(t)
    for (const other of [
      { ...zumba, start: '18:00' },
      { ...zumba, date: '2026-10-15' },
      { ...zumba, course: 'GAG' },
    ]) {
      await failsWith('slot-gone', cancel(other))
    }
    assert.deepEqual([site.submits, await site.holds(zumba), await site.holds(turn)], [0, true, true])
  })

  it('does not guess between two cards', async (t) => {
    const { site, sim, zumba, cancel } = await setUp(t)
    const [slot] = (await sim.slots(zumba.date)).filter(({ id }) => id === zumba.siteId)
    assert.ok(slot)
    const { activity, date, time, minutes, skill, instructor, capacity, taken } = slot
    const twin = { activity, date, time, minutes, skill, instructor, capacity, taken }
    const added = await sim.changeSlot({ do: 'add', slot: twin })
    await sim.bookByHand({ username: '10654321', slotId: added?.id ?? '' })
    const error = await failsWith('slot-gone', cancel())
    assert.match(error.message, /cannot be told apart/)
    assert.equal(site.submits, 0)
  })

  it('ends with the session', async (t) => {
    const page = await setUp(t, { faults: [{ id: 'session-expired-page' }] })
    await failsWith('session-expired', page.cancel())
    const ajax = await setUp(t, { faults: [{ id: 'session-expired-ajax' }] })
    await failsWith('session-expired', ajax.cancel())
    assert.deepEqual([page.site.submits, ajax.site.submits], [0, 1])
  })

  it('ends in time when the answer does not come', async (t) => {
    const faults: FaultInput[] = [{ id: 'slow-ajax', seconds: 30 }]
    const { cancel, site, zumba } = await setUp(t, { faults, limits: { requestMs: 2_500, clickMs: 1_000 } })
    await failsWith('timeout', cancel())
    assert.ok(await site.holds(zumba))
  })
})

describe('the list of bookings', { concurrency: 4 }, () => {
  it('is empty only when the page surely shows none', async (t) => {
    const none = await openSite(t, browser)
    assert.deepEqual(await none.session.readBookings(), [])
    const nameless = await openSite(t, browser, { faults: [{ id: 'layout-structure', missing: ['event-repository'] }] })
    assert.deepEqual(await nameless.session.readBookings(), [])
  })

  it('is a changed page when its cards cannot be found or read', async (t) => {
    const names = ['event-main-block', 'event-info-skill-level'] as const
    for (const missing of names) {
      const { session } = await setUp(t, { faults: [{ id: 'layout-structure', missing: [missing] }] })
      const error = await failsWith('page-changed', session.readBookings())
      assert.ok(error.lookedFor)
    }
    const { session } = await setUp(t, {
      faults: [
        { id: 'layout-structure', missing: ['event-main-block', 'event-info-schedule', 'btn-delete', 'time-start'] },
      ],
    })
    await failsWith('page-changed', session.readBookings())
  })

  it('is looked up on the page when it came without its cards, or cannot be read', async (t) => {
    const cards: ElementName[] = [
      'event-main-block',
      'event-info-schedule',
      'event-info-description',
      'btn-delete',
      'time-start',
    ]
    for (const missing of [[...cards, 'event-repository' as const], cards]) {
      const { session } = await setUp(t, { faults: [{ id: 'layout-structure', mode: 1, missing }] })
      assert.equal((await session.readBookings()).length, 2)
    }
  })

  it('is read whatever the layout of the text', async (t) => {
    const { session, zumba, turn } = await setUp(t, { faults: [{ id: 'layout-text' }] })
    const bookings = await session.readBookings()
    assert.deepEqual(
      bookings.map(({ date, start, location }) => ({ date, start, location })),
      [turn, zumba].map(({ date, start, location }) => ({ date, start, location })),
    )
  })

  it('keeps the browser on the site', async (t) => {
    const { context, sim, session } = await setUp(t)
    await session.readBookings()
    const [page] = context.pages()
    await page?.goto(`${sim.baseUrl}/Booking`)
    const load = (url: string) => `new Promise((done) => {
      const image = new Image(); image.onload = () => done('loaded'); image.onerror = () => done('blocked'); image.src = '${url}'
    })`
    const failed = page?.waitForEvent('requestfailed')
    assert.equal(await page?.evaluate(load('http://localhost:9/pixel.gif')), 'blocked')
    assert.match((await failed)?.failure()?.errorText ?? '', /BLOCKED_BY_CLIENT/)
  })
})
