import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import type { PortalErrorKind } from '../../../src/portals/errors.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import {
  FRIDAY,
  failsWith,
  GYM,
  HALL,
  MEMBER,
  NEXT,
  OTHER_HALF,
  openSite,
  type Site,
  type SiteOptions,
} from './site.ts'

let browser: Browser
const enter = (t: TestContext, options: SiteOptions = {}) => openSite(t, browser, options)
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

const posts = async ({ control }: Site) => (await control.posts()).length
const cellOf = ({ date, start, location, course }: typeof HALL) => ({ date, start, place: course ?? location })

describe('booking', { concurrency: 4 }, () => {
  for (const [name, slot] of [
    ['half a hall', HALL],
    ['a turn of Fitness', GYM],
    ['the half whose ids nobody knows', { ...HALL, location: 'X3', course: 'X3 B' }],
  ] as const) {
    it(`takes ${name} by one request, and shows it on the list`, async (t) => {
      const site = await enter(t)
      const { date, start, location, course } = slot
      const booking = await site.session.book(slot, site.beforeSubmit)
      const end = `${start.slice(0, 3)}59`
      assert.deepEqual(booking, { date, start, end, location, course, cancellable: true })
      assert.deepEqual(await site.session.readBookings(), [booking])
      assert.deepEqual([await posts(site), site.submits, await site.holds(slot)], [1, 1, true])
      assert.deepEqual(site.steps, ['choosing-slot', 'confirming', 'verifying'])
    })
  }

  it('tells right before it sends, and sends nothing when that is refused', async (t) => {
    const site = await enter(t)
    let before = -1
    await site.session.book(HALL, async () => {
      before = await posts(site)
      await site.beforeSubmit()
    })
    assert.equal(before, 0)
    const refused = new Error('taken back')
    await assert.rejects(
      site.session.book(GYM, () => Promise.reject(refused)),
      /taken back/,
    )
    assert.equal(await posts(site), 1)
  })

  it('is not tried for what is held already', async (t) => {
    const site = await enter(t)
    await site.session.book(HALL, site.beforeSubmit)
    await failsWith('already-booked', site.session.book(HALL, site.beforeSubmit))
    assert.equal(await posts(site), 1)
  })

  it('is not tried for a slot that is full, closed, gone or over', async (t) => {
    const site = await enter(t)
    await site.control.fill(cellOf(HALL))
    const cases: [PortalErrorKind, typeof HALL][] = [
      ['slot-full', HALL],
      ['not-open-yet', NEXT],
      ['slot-gone', { ...HALL, start: '13:15' }],
      ['too-late', { ...HALL, date: '2025-11-14', start: '12:00' }],
    ]
    for (const [kind, slot] of cases) await failsWith(kind, site.session.book(slot, site.beforeSubmit))
    const error = await failsWith('not-open-yet', site.session.book(NEXT, site.beforeSubmit))
    assert.equal(error.opensAt?.toString(), '2025-11-14T13:00:00Z')
    assert.equal(site.submits, 0)
  })

  it('is not ended by a list that does not show the slot yet, around its opening; one that is taken is', async (t) => {
    const site = await enter(t)
    const taken = { ...NEXT, course: 'X1 B' }
    const missing = { ...NEXT, course: 'X1 C' }
    await site.control.fill(cellOf(taken))
    const opening = Temporal.Instant.from('2025-11-14T13:00:00Z')
    const cases: [number, PortalErrorKind, PortalErrorKind][] = [
      [-600, 'slot-full', 'slot-gone'],
      [-1, 'slot-full', 'not-open-yet'],
      [0, 'slot-full', 'not-open-yet'],
      [2, 'slot-full', 'not-open-yet'],
      [10, 'slot-full', 'slot-gone'],
    ]
    for (const [seconds, ofTaken, ofMissing] of cases) {
      const now = opening.add({ seconds })
      site.clock.advance(now.since(site.clock.now()).total('milliseconds'))
      await failsWith(ofTaken, site.session.book(taken, site.beforeSubmit))
      const { opensAt } = await failsWith(ofMissing, site.session.book(missing, site.beforeSubmit))
      const next = seconds < 0 ? opening : now.add({ milliseconds: 1_500 })
      if (ofMissing === 'not-open-yet') assert.equal(`${opensAt}`, `${next}`)
    }
    assert.equal(site.submits, 0)
  })

  it('is ended by an abort before the request, and not by one after it', async (t) => {
    const site = await enter(t)
    await assert.rejects(
      site.session.book(HALL, async () => site.abort.abort(new Error('taken back'))),
      /taken back/,
    )
    assert.equal(await posts(site), 0)
    const late = await enter(t, { faults: [{ id: 'hold', path: 'participations' }] })
    const booking = late.session.book(HALL, late.beforeSubmit)
    await late.control.waitFor({ path: '/participations', phase: 'held' })
    late.abort.abort(new Error('taken back'))
    await late.control.release()
    assert.equal((await booking).course, 'X1 A')
  })
})

describe('a refusal', { concurrency: 4 }, () => {
  for (const profile of ['default', 'conflict409'] as const) {
    it(`is known for what it is (${profile})`, async (t) => {
      const stale = await enter(t, { profile, faults: [{ id: 'staleList', seconds: 60 }] })
      await stale.control.fill(cellOf(HALL))
      const full = await failsWith('slot-full', stale.session.book(HALL, stale.beforeSubmit))
      assert.ok(full.portalSays)
      assert.equal(stale.submits, 1)
      const site = await enter(t, { profile })
      await site.session.book(HALL, site.beforeSubmit)
      await failsWith('overlap', site.session.book({ ...HALL, location: 'X3', course: 'X3 A' }, site.beforeSubmit))
      await failsWith('limit-reached', site.session.book({ ...OTHER_HALF, start: '12:00' }, site.beforeSubmit))
      assert.equal(await posts(site), 3)
    })
  }

  it('for want of a subscription or a supplement is told apart, in the portal’s words', async (t) => {
    const without = await enter(t, { person: { ...MEMBER, kind: 'no-subscription' } })
    assert.ok((await failsWith('no-subscription', without.session.book(HALL, without.beforeSubmit))).portalSays)
    const poor = await enter(t, { person: { ...MEMBER, kind: 'no-supplement' } })
    assert.ok((await failsWith('no-subscription', poor.session.book(GYM, poor.beforeSubmit))).portalSays)
    await poor.session.book(HALL, poor.beforeSubmit)
  })

  it('because the slot opens late says when to try again', async (t) => {
    const at = '2025-11-14T13:00:00.2+01:00'
    const site = await enter(t, { at, faults: [{ id: 'lateWindow', ms: 700 }] })
    const error = await failsWith('not-open-yet', site.session.book(HALL, site.beforeSubmit))
    assert.equal(error.opensAt?.toString(), '2025-11-14T12:00:01.7Z')
    site.clock.advance(1_500)
    await site.session.book(HALL, site.beforeSubmit)
  })

  it('by the clock of the portal counts by that clock', async (t) => {
    const site = await enter(t, { at: '2025-11-14T13:59:58+01:00', faults: [{ id: 'clockSkew', seconds: 5 }] })
    assert.equal((await site.session.book(NEXT, site.beforeSubmit)).start, '14:00')
    const behind = await enter(t, { at: '2025-11-14T14:00:02+01:00', faults: [{ id: 'clockSkew', seconds: -5 }] })
    const error = await failsWith('not-open-yet', behind.session.book(NEXT, behind.beforeSubmit))
    assert.equal(error.opensAt?.toString(), '2025-11-14T13:00:05Z')
  })

  it('in the hour between two readings of the rule waits for the second', async (t) => {
    // The absolute reading holds; by the wall clock it would have opened at 13:00 (dossier 6).
    const site = await enter(t, { at: '2026-10-23T13:00:03+02:00' })
    const slot = { ...HALL, date: '2026-10-26' }
    const error = await failsWith('not-open-yet', site.session.book(slot, site.beforeSubmit))
    assert.equal(error.opensAt?.toString(), '2026-10-23T12:00:00Z')
    assert.equal(site.submits, 1)
  })
})

describe('a place on the waiting list', () => {
  it('is no booking: it is given back', async (t) => {
    const faults = [{ id: 'staleList', seconds: 60 } as const]
    const site = await enter(t, { profile: 'waitlist', faults })
    await site.control.fill(cellOf(GYM))
    const error = await failsWith('slot-full', site.session.book(GYM, site.beforeSubmit))
    assert.equal(error.waitingPlace, 'given-back')
    assert.deepEqual((await site.control.state()).bookings, [])
    assert.deepEqual(await site.session.readBookings(), [])
  })

  it('is given back when the site failed at first', async (t) => {
    const site = await enter(t, {
      profile: 'waitlist',
      faults: [
        { id: 'staleList', seconds: 60 },
        { id: 'http500', method: 'DELETE', mode: 2 },
      ],
    })
    await site.control.fill(cellOf(GYM))
    const error = await failsWith('slot-full', site.session.book(GYM, site.beforeSubmit))
    assert.equal(error.waitingPlace, 'given-back')
    assert.deepEqual((await site.control.state()).bookings, [])
  })

  it('that cannot be given back is said so', async (t) => {
    const site = await enter(t, {
      profile: 'waitlist',
      faults: [
        { id: 'staleList', seconds: 60 },
        { id: 'http500', method: 'DELETE', mode: 'always' },
      ],
    })
    await site.control.fill(cellOf(GYM))
    const error = await failsWith('slot-full', site.session.book(GYM, site.beforeSubmit))
    assert.equal(error.waitingPlace, 'kept')
    await site.control.cancelByHand({ username: MEMBER.username, ...cellOf(GYM) })
  })
})

describe('a rival', () => {
  it('who was quicker leaves a full slot', async (t) => {
    const site = await enter(t, { at: FRIDAY })
    await site.control.setRivals([{ ...cellOf(NEXT), afterMs: 80 }])
    site.clock.advance(30 * 60_000)
    await site.session.book(NEXT, async () => {
      await site.beforeSubmit()
    })
    assert.equal(await site.holds(NEXT), true)
    const late = await enter(t)
    await late.control.setRivals([{ ...cellOf(NEXT), afterMs: 80 }])
    late.clock.advance(30 * 60_000)
    const booking = late.session.book(NEXT, async () => {
      late.clock.advance(100)
      await late.beforeSubmit()
    })
    await failsWith('slot-full', booking)
  })
})
