import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import { createDelftXOperator } from '../../../src/portals/delft-x/operator.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { failsWith, MEMBER, openSite, type SiteOptions, STUDENT } from './site.ts'

let browser: Browser
const student = (t: TestContext, options: SiteOptions = {}) =>
  openSite(t, browser, { inside: false, person: STUDENT, ...options })
const member = (t: TestContext, options: SiteOptions = {}) => openSite(t, browser, { inside: false, ...options })

before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

describe('logging in with a NetID', { concurrency: 4 }, () => {
  it('goes through the pages of the university to a token', async (t) => {
    const { session, control, steps, context } = await student(t)
    assert.equal(await session.isLoggedIn(), false)
    await session.login()
    assert.equal(await session.isLoggedIn(), true)
    assert.deepEqual(steps, ['logging-in'])
    assert.deepEqual(context.pages(), [])
    const counts = (await control.state()).people.find(({ username }) => username === STUDENT.username)
    assert.deepEqual([counts?.passwordsTried, counts?.wrongPasswords, counts?.logins], [1, 0, 1])
    assert.deepEqual(await session.readBookings(), [])
  })

  for (const variant of ['li', 'lowercase', 'hidden-input'] as const) {
    it(`finds the institution however the picker shows it (${variant})`, async (t) => {
      const { session } = await student(t, { faults: [{ id: 'ssoFormChange', variant }] })
      await session.login()
      assert.equal(await session.isLoggedIn(), true)
    })
  }

  it('waits for a slow provider, and for a token that is written late', async (t) => {
    const slow = [{ id: 'ssoSlow', seconds: 3.2 } as const, { id: 'tokenLate', seconds: 0.6 } as const]
    const { session } = await student(t, { faults: slow, limits: { stuckMs: 3_000 } })
    await session.login()
    assert.equal(await session.isLoggedIn(), true)
  })

  it('notices a portal that writes no token', async (t) => {
    const { session } = await student(t, { faults: [{ id: 'tokenLate', seconds: 30 }], limits: { stuckMs: 1_500 } })
    const error = await failsWith('timeout', session.login())
    assert.match(error.message, /does not move on/)
  })

  it('types nothing when the provider still knows the browser', async (t) => {
    const { session, control } = await student(t)
    await session.login()
    await control.expireSessions({ what: 'token' })
    assert.equal(await session.isLoggedIn(), false)
    await session.login()
    assert.equal(await session.isLoggedIn(), true)
    const counts = (await control.state()).people.find(({ username }) => username === STUDENT.username)
    assert.deepEqual([counts?.passwordsTried, counts?.logins], [1, 2])
  })

  it('is nothing to do for those who are inside', async (t) => {
    const { session, control } = await openSite(t, browser)
    await session.login()
    const asked = (await control.requests()).filter(({ path }) => path.startsWith('/auth'))
    assert.deepEqual(asked.map(({ method }) => method).slice(-1), ['GET'])
    assert.equal(asked.filter(({ method }) => method === 'POST').length, 1)
  })

  it('stops at a wrong password, and never sends it again', async (t) => {
    const { session, control } = await student(t, { password: 'wrong' })
    await failsWith('bad-credentials', session.login())
    await failsWith('bad-credentials', session.login())
    const counts = (await control.state()).people.find(({ username }) => username === STUDENT.username)
    assert.deepEqual([counts?.passwordsTried, counts?.wrongPasswords], [1, 1])
  })

  it('leaves a second factor and a consent to the person', async (t) => {
    const limits = { stuckMs: 1_500 }
    const factor = await student(t, { person: { ...STUDENT, kind: 'needs-second-factor' }, limits })
    const error = await failsWith('challenge-unanswered', factor.session.login())
    assert.match(error.message, /person has to answer/)
    const consent = await student(t, { faults: [{ id: 'ssoConsent' }], limits })
    await failsWith('challenge-unanswered', consent.session.login())
  })

  it('never types the password at an address that is not the university’s', async (t) => {
    const { context, control, sim, clock, abort } = await student(t)
    const operator = createDelftXOperator({ limits: { stuckMs: 1_500, navigationMs: 8_000 } })
    const session = await operator.openSession({
      ...{ context, clock, signal: abort.signal, credentials: STUDENT, step: async () => undefined },
      warn: () => undefined,
      urls: { baseUrl: sim.baseUrl, apiUrl: sim.apiUrl, ssoUrl: 'http://127.0.0.1:9' },
    })
    await failsWith('challenge-unanswered', session.login())
    await session.close()
    const tried = (await control.state()).people.map(({ passwordsTried }) => passwordsTried)
    assert.deepEqual(new Set(tried), new Set([0]))
  })

  it('tells when the provider is down', async (t) => {
    const down = await student(t, {
      faults: [{ id: 'http500', path: '/oidc/authorize', method: 'GET', mode: 'always', status: 503 }],
    })
    await failsWith('portal-down', down.session.login())
    const cut = await student(t, {
      faults: [{ id: 'dropped', path: '/authentication/idp/single-sign-on', method: 'GET', mode: 'always' }],
    })
    await failsWith('network', cut.session.login())
  })

  it('does not take a page of an error for a question to a person', async (t) => {
    // The browser sends the form again by itself, and the provider has lost the thread.
    const { session } = await student(t, {
      faults: [{ id: 'dropped', path: '/sso/module.php/core/loginuserpass.php' }],
      limits: { stuckMs: 1_500 },
    })
    const error = await failsWith('timeout', session.login())
    assert.match(error.message, /400/)
  })
})

describe('logging in with an e-mail', { concurrency: 4 }, () => {
  it('asks the portal itself, and keeps the token where its pages do', async (t) => {
    const { session, control, context, sim } = await member(t)
    assert.equal(await session.isLoggedIn(), false)
    await session.login()
    assert.equal(await session.isLoggedIn(), true)
    const page = await context.newPage()
    await page.goto(sim.baseUrl)
    await page.locator("[data-test-id='bookable-slot-list']").first().waitFor()
    await page.close()
    const counts = (await control.state()).people.find(({ username }) => username === MEMBER.username)
    assert.deepEqual([counts?.passwordsTried, counts?.logins], [1, 1])
  })

  it('stops at a wrong password, and never sends it again', async (t) => {
    const { session, requests } = await member(t, { password: 'wrong' })
    await failsWith('bad-credentials', session.login())
    await failsWith('bad-credentials', session.login())
    assert.equal(await requests('POST', '/auth'), 1)
  })

  it('does without the password while the portal renews the last login', async (t) => {
    const { session, clock, control, requests } = await openSite(t, browser)
    const before = await requests('POST', '/auth')
    clock.advance(86_400_000 - 10 * 60_000)
    assert.equal(await session.isLoggedIn(), false)
    await session.login()
    assert.equal(await session.isLoggedIn(), true)
    assert.equal(await requests('POST', '/auth'), before)
    assert.equal(await requests('POST', '/auth/token-refresh'), 1)
    assert.equal((await control.state()).people[0]?.wrongPasswords, 0)
  })

  it('sends the password where it does not', async (t) => {
    const { session, control, requests } = await openSite(t, browser)
    // After a new start the portal knows no login any more.
    await control.reset()
    assert.equal(await session.isLoggedIn(), false)
    await session.login()
    assert.equal(await session.isLoggedIn(), true)
    assert.deepEqual([await requests('POST', '/auth/token-refresh'), await requests('POST', '/auth')], [1, 1])
  })
})
