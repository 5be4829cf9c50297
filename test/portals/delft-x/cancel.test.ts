import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import type { SlotKey } from '../../../src/portals/contract.ts'
import type { PortalErrorKind } from '../../../src/portals/errors.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { failsWith, GYM, HALL, MEMBER, openSite, type SiteOptions } from './site.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

const placeOf = ({ date, start, location, course }: SlotKey) => ({ date, start, place: course ?? location })

/** A member who holds half a hall and a turn of Fitness. */
async function holding(t: TestContext, options: SiteOptions = {}) {
  const site = await openSite(t, browser, options)
  for (const slot of [HALL, GYM]) await site.control.bookByHand({ username: MEMBER.username, ...placeOf(slot) })
  const cancel = (slot: SlotKey) => site.session.cancel(slot, site.beforeSubmit)
  return { ...site, site, cancel }
}

describe('cancelling', { concurrency: 4 }, () => {
  it('takes exactly that booking off the list, by one request', async (t) => {
    const { cancel, session, site, control } = await holding(t)
    await cancel(HALL)
    assert.deepEqual(
      (await session.readBookings()).map(({ location }) => location),
      ['Fitness'],
    )
    const deletes = (await control.requests()).filter(({ method }) => method === 'DELETE')
    assert.deepEqual([deletes.length, site.submits], [1, 1])
    await failsWith('slot-gone', cancel(HALL))
    await cancel(GYM)
    assert.deepEqual(await session.readBookings(), [])
  })

  it('frees the slot for a new booking', async (t) => {
    const { cancel, session, site } = await holding(t)
    await cancel(HALL)
    await session.book({ ...HALL, course: 'X1 B' }, site.beforeSubmit)
  })

  it('sends nothing when the moment before is refused', async (t) => {
    const { session, holds } = await holding(t)
    await assert.rejects(
      session.cancel(HALL, () => Promise.reject(new Error('taken back'))),
      /taken back/,
    )
    assert.equal(await holds(HALL), true)
  })

  it('of what has begun is too late', async (t) => {
    const { cancel, clock, session } = await holding(t)
    clock.advance(3 * 86_400_000)
    if (!(await session.isLoggedIn())) await session.login()
    await failsWith('too-late', cancel(HALL))
  })

  it('that the portal refuses is told in its words', async (t) => {
    const { cancel, holds } = await holding(t, { faults: [{ id: 'cancel403' }] })
    assert.ok((await failsWith('refused', cancel(HALL))).portalSays)
    assert.equal(await holds(HALL), true)
  })

  it('of what somebody else cancelled meanwhile is done', async (t) => {
    const { cancel, holds } = await holding(t, { faults: [{ id: 'cancel404' }] })
    await cancel(HALL)
    assert.equal(await holds(HALL), false)
  })

  it('that finds nothing though the list shows it is a changed page', async (t) => {
    const { cancel } = await holding(t, { faults: [{ id: 'cancel404', gone: false }] })
    assert.ok((await failsWith('page-changed', cancel(HALL))).lookedFor)
  })

  const troubles: [PortalErrorKind, boolean, SiteOptions][] = [
    ['portal-down', false, { faults: [{ id: 'http500', method: 'DELETE' }] }],
    ['portal-down', true, { faults: [{ id: 'http500', method: 'DELETE', when: 'after' }] }],
    ['network', true, { faults: [{ id: 'dropped', method: 'DELETE' }] }],
    ['session-expired', false, { faults: [{ id: 'token401', method: 'DELETE' }] }],
  ]
  for (const [kind, happened, options] of troubles) {
    it(`in trouble is told as ${kind}, ${happened ? 'and it is gone' : 'and it still stands'}`, async (t) => {
      const { cancel, site, session, control } = await holding(t, options)
      await failsWith(kind, cancel(HALL))
      const deletes = (await control.requests()).filter(({ method }) => method === 'DELETE')
      assert.deepEqual([deletes.length, site.submits], [1, 1])
      if (!(await session.isLoggedIn())) await session.login()
      assert.equal((await session.readBookings()).length, happened ? 1 : 2)
    })
  }
})
