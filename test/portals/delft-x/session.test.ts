import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import { createDelftXOperator } from '../../../src/portals/delft-x/operator.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { failsWith, GYM, HALL, openSite, type SiteOptions, STUDENT } from './site.ts'

let browser: Browser
const student = (t: TestContext, options: SiteOptions = {}) =>
  openSite(t, browser, { inside: false, person: STUDENT, ...options })

before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

describe('a session', { concurrency: 4 }, () => {
  it('is good as it was saved, without a login', async (t) => {
    const { session, steps } = await openSite(t, browser)
    assert.equal(await session.isLoggedIn(), true)
    assert.deepEqual(await session.readBookings(), [])
    assert.deepEqual(steps, [])
  })

  it('is saved with the context and goes on in another one', async (t) => {
    const { session, context, sim, clock, abort } = await student(t)
    await session.login()
    const other = await browser.newContext({ storageState: await context.storageState() })
    const { baseUrl, apiUrl, ssoUrl } = sim
    const again = await createDelftXOperator().openSession({
      ...{ context: other, clock, signal: abort.signal, credentials: STUDENT, step: async () => undefined },
      warn: () => undefined,
      urls: { baseUrl, apiUrl, ssoUrl },
    })
    assert.equal(await again.isLoggedIn(), true)
    await again.close()
    await other.close()
  })

  it('is not good when its token has less than a quarter of an hour left', async (t) => {
    const { session, clock } = await openSite(t, browser)
    clock.advance(86_400_000 - 15 * 60_000)
    assert.equal(await session.isLoggedIn(), true)
    clock.advance(1_000)
    assert.equal(await session.isLoggedIn(), false)
  })

  it('that the portal has ended is told as expired, by whatever is tried', async (t) => {
    const { session, control, beforeSubmit } = await openSite(t, browser)
    await control.expireSessions({ what: 'token' })
    await failsWith('session-expired', session.readBookings())
    await failsWith('session-expired', session.book(HALL, beforeSubmit))
    await failsWith('session-expired', session.cancel(GYM, beforeSubmit))
    assert.equal(await session.isLoggedIn(), false)
    await session.login()
    assert.deepEqual(await session.readBookings(), [])
  })

  it('without a token at all is expired too', async (t) => {
    const { session } = await openSite(t, browser, { inside: false })
    await failsWith('session-expired', session.readBookings())
  })

  it('is not "logged out" when the portal cannot be asked', async (t) => {
    const { session } = await openSite(t, browser, {
      faults: [{ id: 'http500', path: '/auth', method: 'GET', mode: 'always' }],
    })
    await failsWith('portal-down', session.isLoggedIn())
  })

  it('ends with the work that was taken back', async (t) => {
    const { session, abort, control } = await student(t, { faults: [{ id: 'ssoSlow', seconds: 5 }] })
    const login = session.login()
    await control.waitFor({ path: '/sso/module.php/core/loginuserpass.php', count: 2, phase: 'arrived' })
    abort.abort(new Error('taken back'))
    await assert.rejects(login, /taken back/)
  })
})
