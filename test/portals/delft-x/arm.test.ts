import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import type { ArmedBooking, SlotKey } from '../../../src/portals/contract.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { failsWith, GYM, HALL, MEMBER, NEXT, OTHER_HALF, openSite, RIVAL, type Site, type SiteOptions } from './site.ts'

let browser: Browser
const enter = (t: TestContext, options: SiteOptions = {}) => openSite(t, browser, options)
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

const HALF_AN_HOUR = 30 * 60_000
const placeOf = ({ date, start, location, course }: SlotKey) => ({ date, start, place: course ?? location })
const posts = ({ control }: Site) => control.posts()

async function arm(site: Site, slot: SlotKey): Promise<ArmedBooking> {
  assert.ok(site.session.arm)
  return site.session.arm(slot)
}

/** A shot as the worker fires it: it tells that it is about to. */
async function fire(site: Site, armed: ArmedBooking): Promise<void> {
  await site.beforeSubmit()
  await armed.fire()
}

describe('an armed booking', { concurrency: 4 }, () => {
  it('is made before the opening, refused before it, and books at it with one request', async (t) => {
    const site = await enter(t)
    const armed = await arm(site, NEXT)
    const before = (await site.control.requests()).length
    site.clock.advance(HALF_AN_HOUR - 1)
    const error = await failsWith('not-open-yet', fire(site, armed))
    assert.equal(error.opensAt?.toString(), '2025-11-14T13:00:00Z')
    site.clock.advance(1)
    await fire(site, armed)
    const sent = (await site.control.requests()).slice(before).map(({ method, path }) => `${method} ${path}`)
    assert.deepEqual(sent, ['POST /participations', 'POST /participations'])
    const booking = await armed.prove()
    assert.deepEqual(await site.session.readBookings(), [booking])
    assert.deepEqual([booking.course, booking.start], ['X1 A', '14:00'])
  })

  it('of Fitness has its event', async (t) => {
    const site = await enter(t, { at: '2025-11-14T17:59:00+01:00' })
    const slot = { ...GYM, date: '2025-11-21' }
    const armed = await arm(site, slot)
    await failsWith('not-open-yet', fire(site, armed))
    site.clock.advance(60_000)
    await fire(site, armed)
    assert.equal((await armed.prove()).location, 'Fitness')
  })

  it('tells the portal’s clock, by requests that are no bookings', async (t) => {
    const site = await enter(t, { faults: [{ id: 'clockSkew', seconds: -2 }] })
    const armed = await arm(site, NEXT)
    const sample = await armed.ping()
    assert.equal(sample.date, Temporal.Instant.from('2025-11-14T12:29:58Z').epochMilliseconds)
    assert.ok(sample.answeredAt >= sample.sentAt)
    const again = await armed.ping()
    assert.ok(again.sentAt >= sample.answeredAt)
    assert.deepEqual(await posts(site), [])
  })

  it('fires once a call, again after "not open yet" and "too many requests"', async (t) => {
    const site = await enter(t, { faults: [{ id: 'rate429', method: 'POST', mode: 'once', retryAfter: 1 }] })
    const armed = await arm(site, NEXT)
    site.clock.advance(HALF_AN_HOUR)
    assert.equal((await failsWith('rate-limited', fire(site, armed))).retryAfterMs, 1_000)
    await fire(site, armed)
    assert.equal((await posts(site)).length, 2)
  })

  it('that comes too late is told at once what it lost to', async (t) => {
    const site = await enter(t)
    const armed = await arm(site, NEXT)
    await site.control.setRivals([{ ...placeOf(NEXT), afterMs: 80 }])
    site.clock.advance(HALF_AN_HOUR + 100)
    await failsWith('slot-full', fire(site, armed))
  })

  it('is refused for what the account holds meanwhile', async (t) => {
    const site = await enter(t)
    const armed = await arm(site, NEXT)
    await site.control.bookByHand({ username: MEMBER.username, ...placeOf(OTHER_HALF) })
    site.clock.advance(HALF_AN_HOUR)
    await failsWith('limit-reached', fire(site, armed))
  })

  it('is told that the session ended, and nothing was booked', async (t) => {
    const site = await enter(t)
    const armed = await arm(site, NEXT)
    site.clock.advance(HALF_AN_HOUR)
    await site.control.expireSessions({ what: 'token' })
    await failsWith('session-expired', fire(site, armed))
    await site.session.login()
    await fire(site, await arm(site, NEXT))
    assert.equal(await site.holds(NEXT), true)
  })

  it('in trouble is told as what it is; the list knows more', async (t) => {
    const after500 = await enter(t, { faults: [{ id: 'http500', when: 'after' }] })
    const armed = await arm(after500, HALL)
    await failsWith('portal-down', fire(after500, armed))
    assert.equal((await after500.session.readBookings()).length, 1)
    const dropped = await enter(t, { faults: [{ id: 'dropped' }] })
    await failsWith('network', fire(dropped, await arm(dropped, HALL)))
    assert.equal((await posts(dropped)).length, 1)
    assert.equal((await dropped.session.readBookings()).length, 1)
  })

  it('sends nothing once the work was taken back', async (t) => {
    const site = await enter(t)
    const armed = await arm(site, HALL)
    site.abort.abort(new Error('taken back'))
    await assert.rejects(armed.fire(), /taken back/)
    assert.deepEqual(await posts(site), [])
  })

  it('does not wait for a ping that is not answered', async (t) => {
    const site = await enter(t)
    const armed = await arm(site, HALL)
    await site.control.setFault({ id: 'hold', path: '/products', method: 'GET' })
    const ping = armed.ping()
    await site.control.waitFor({ path: '/products/20045', count: 2, phase: 'arrived' })
    await fire(site, armed)
    await site.control.release()
    await ping
  })

  it('gives a place on the waiting list back', async (t) => {
    const site = await enter(t, { profile: 'waitlist', faults: [{ id: 'staleList', seconds: 600 }] })
    const armed = await arm(site, GYM)
    await site.control.fill(placeOf(GYM))
    await failsWith('slot-full', fire(site, armed))
    assert.deepEqual((await site.control.state()).bookings, [])
  })

  it('of several accounts on one half is one booking', async (t) => {
    const site = await enter(t)
    const armed = await arm(site, NEXT)
    await site.control.bookByHand({ username: RIVAL.username, ...placeOf(NEXT) })
    site.clock.advance(HALF_AN_HOUR)
    await failsWith('slot-full', fire(site, armed))
    assert.equal(await site.holds(NEXT), false)
  })
})

describe('arming', { concurrency: 4 }, () => {
  it('is refused for what cannot be booked by this account', async (t) => {
    const site = await enter(t)
    await site.session.book(HALL, site.beforeSubmit)
    await failsWith('already-booked', arm(site, HALL))
    await site.control.fill(placeOf({ ...NEXT, course: 'X1 B' }))
    await failsWith('slot-full', arm(site, { ...NEXT, course: 'X1 B' }))
    await failsWith('too-late', arm(site, { ...HALL, date: '2025-11-14', start: '12:00' }))
    await failsWith('slot-gone', arm(site, { ...HALL, course: 'X1 C' }))
  })

  it('waits for what is not listed yet', async (t) => {
    const site = await enter(t)
    const far = await failsWith('not-open-yet', arm(site, { ...GYM, date: '2025-11-28' }))
    assert.equal(far.opensAt?.toString(), '2025-11-21T17:00:00Z')
    const unlisted = await failsWith('not-open-yet', arm(site, { ...NEXT, course: 'X1 C' }))
    assert.equal(unlisted.opensAt?.toString(), '2025-11-14T13:00:00Z')
  })
})
