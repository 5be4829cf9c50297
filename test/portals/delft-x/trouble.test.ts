import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright'
import type { PortalErrorKind } from '../../../src/portals/errors.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { failsWith, HALL, openSite, type Site, type SiteOptions } from './site.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

const posts = async ({ control }: Site) => (await control.posts()).length

describe('trouble past the submit', { concurrency: 4 }, () => {
  const troubles: [PortalErrorKind, boolean, SiteOptions][] = [
    ['portal-down', false, { faults: [{ id: 'http500', when: 'before' }] }],
    ['portal-down', true, { faults: [{ id: 'http500', when: 'after' }] }],
    ['network', true, { faults: [{ id: 'dropped' }] }],
    ['network', false, { faults: [{ id: 'dropped', when: 'before' }] }],
    ['timeout', true, { faults: [{ id: 'slow3s', seconds: 30, booked: 'start' }], limits: { requestMs: 500 } }],
    ['session-expired', false, { faults: [{ id: 'token401', method: 'POST' }] }],
    ['rate-limited', false, { faults: [{ id: 'rate429', method: 'POST', retryAfter: 2 }] }],
  ]
  for (const [kind, happened, options] of troubles) {
    it(`is told as ${kind}, ${happened ? 'and the list shows the booking' : 'and nothing was booked'}`, async (t) => {
      const site = await openSite(t, browser, options)
      await failsWith(kind, site.session.book(HALL, site.beforeSubmit))
      assert.deepEqual([await posts(site), site.submits], [1, 1])
      await site.control.clearFaults()
      if (!(await site.session.isLoggedIn())) await site.session.login()
      const bookings = await site.session.readBookings()
      assert.deepEqual([bookings.length, await site.holds(HALL)], happened ? [1, true] : [0, false])
      if (happened) return
      await site.session.book(HALL, site.beforeSubmit)
      assert.equal(await site.holds(HALL), true)
    })
  }

  it('waits out a slow answer, whenever the booking is made', async (t) => {
    for (const booked of ['start', 'end'] as const) {
      const site = await openSite(t, browser, { faults: [{ id: 'slow3s', seconds: 0.3, booked }] })
      assert.equal((await site.session.book(HALL, site.beforeSubmit)).course, 'X1 A')
      assert.equal(await posts(site), 1)
    }
  })
})
