import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import { EXAMPLE_PERSON } from '../../../sim/polimisport/server.ts'
import { alternative } from '../../../sim/polimisport/texts-alternative.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { failsWith, openSite, type SiteOptions } from './site.ts'

let browser: Browser
const outside = (t: TestContext, options: SiteOptions = {}) => openSite(t, browser, { inside: false, ...options })

before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

describe('logging in', { concurrency: 4 }, () => {
  it('goes through person code, password and one-time code', async (t) => {
    const { session, sim, steps } = await outside(t)
    assert.equal(await session.isLoggedIn(), false)
    await session.login()
    assert.equal(await session.isLoggedIn(), true)
    assert.deepEqual(steps, ['logging-in', 'one-time-code'])
    const [ada] = (await sim.state()).people
    assert.deepEqual([ada?.passwordsTried, ada?.wrongPasswords, ada?.wrongCodes, ada?.logins], [1, 0, 0, 1])
  })

  it('does not depend on invented texts', async (t) => {
    const { session } = await outside(t, {
      texts: alternative,
      faults: [{ id: 'password-expiring' }, { id: 'dfa-notice', when: 'after-otp' }, { id: 'bad-otp-once' }],
    })
    await session.login()
    assert.equal(await session.isLoggedIn(), true)
  })

  it('waits for the next code when the step is about to end', async (t) => {
    const { session, clock, sim } = await outside(t, { at: '2026-10-14T10:00:27+02:00' })
    await session.login()
    assert.equal(clock.now().toString(), '2026-10-14T08:00:30Z')
    assert.equal((await sim.state()).people[0]?.wrongCodes, 0)
  })

  it('knows a wrong password without the error box too', async (t) => {
    const { session } = await outside(t, {
      faults: [{ id: 'bad-password' }, { id: 'layout-structure', missing: ['ErrorMessage'] }],
    })
    await failsWith('bad-credentials', session.login())
  })

  it('tries a code of a later step once', async (t) => {
    const { session, sim, clock } = await outside(t, { faults: [{ id: 'bad-otp-once' }] })
    await session.login()
    assert.equal((await sim.state()).people[0]?.wrongCodes, 1)
    assert.equal(clock.now().toString(), '2026-10-14T08:00:30Z')
  })

  it('gives up after the second code', async (t) => {
    const { session, sim } = await outside(t, { faults: [{ id: 'bad-otp-always' }] })
    const error = await failsWith('bad-credentials', session.login())
    assert.match(error.message, /one-time code/)
    assert.equal((await sim.state()).people[0]?.wrongCodes, 2)
  })

  it('asks for a person when there is a code to give and no secret', async (t) => {
    const { session } = await outside(t, { otpauth: '' })
    await failsWith('challenge-unanswered', session.login())
  })

  it('goes on without a code when none is asked for', async (t) => {
    const { session, steps } = await outside(t, { faults: [{ id: 'otp-skipped' }] })
    await session.login()
    assert.deepEqual(steps, ['logging-in'])
  })

  it('passes straight through when the login service knows the browser', async (t) => {
    const { session, sim } = await outside(t, { faults: [{ id: 'sso-passthrough' }] })
    await session.login()
    assert.equal((await sim.state()).people[0]?.passwordsTried, 0)
  })

  for (const when of ['before-otp', 'after-otp'] as const) {
    it(`passes the page of an expiring password ${when}`, async (t) => {
      const { session } = await outside(t, { faults: [{ id: 'password-expiring', when }] })
      await session.login()
    })

    it(`passes the notice about the second factor ${when}`, async (t) => {
      const { session } = await outside(t, { faults: [{ id: 'dfa-notice', when }] })
      await session.login()
    })
  }

  it('notices a page that does not move on', async (t) => {
    const { session } = await outside(t, { faults: [{ id: 'sso-stuck' }], limits: { stuckMs: 1_500 } })
    const error = await failsWith('timeout', session.login())
    assert.match(error.message, /does not move on/)
  })

  it('waits longer for a page that is loading than for one that stands there', async (t) => {
    const { session } = await outside(t, {
      faults: [{ id: 'slow-page', seconds: 3.2, mode: 1, route: 'IdentificazioneUnica.do' }],
      limits: { stuckMs: 3_000 },
    })
    await session.login()
  })

  it('ends when a page does not come', async (t) => {
    const { session } = await outside(t, {
      faults: [{ id: 'slow-page', seconds: 30, route: 'OTP.do' }],
      limits: { navigationMs: 700 },
    })
    await failsWith('timeout', session.login())
  })

  for (const variant of ['login', 'every', 'late'] as const) {
    it(`does not mind the cookie banner (${variant})`, async (t) => {
      const { session } = await outside(t, { faults: [{ id: 'banner', variant }] })
      await session.login()
    })
  }

  it('finds its fields by name when their ids are gone', async (t) => {
    const missing = ['login', 'password', 'otp', 'submit-dissms', 'home_btt_booking', 'automaticaRedirectForm'] as const
    const { session } = await outside(t, { faults: [{ id: 'layout-structure', missing: [...missing] }] })
    await session.login()
  })

  it('tells when the site is down, once reading it again has not helped', async (t) => {
    const down = await outside(t, { faults: [{ id: 'http-503', route: 'Login' }] })
    await failsWith('portal-down', down.session.login())
    assert.equal(down.requests('Login').length, 3)
    const sso = await outside(t, { faults: [{ id: 'http-500', route: 'IdentificazioneUnica.do' }] })
    await failsWith('portal-down', sso.session.login())
    assert.equal(sso.requests('IdentificazioneUnica.do').length, 1)
    const cut = await outside(t, { faults: [{ id: 'connection-reset', route: 'OTP.do' }] })
    await failsWith('network', cut.session.login())
  })

  it('gets over a failure that passes', async (t) => {
    const { session } = await outside(t, { faults: [{ id: 'http-500', route: 'Login', mode: 2 }] })
    await session.login()
  })

  it('is broken off by the signal', async (t) => {
    const { session, abort, sim } = await outside(t, { faults: [{ id: 'hold', route: 'IdentificazioneUnica.do' }] })
    const login = session.login()
    await sim.waitFor({ path: 'IdentificazioneUnica.do', phase: 'held' })
    abort.abort(new Error('taken back'))
    await assert.rejects(login, /taken back/)
    await assert.rejects(session.readBookings(), /taken back/)
    await sim.release()
  })
})

describe('a failed login', () => {
  it('leaves no secret on the page', async (t) => {
    const { session, context } = await openSite(t, browser, { inside: false, faults: [{ id: 'bad-otp-always' }] })
    await failsWith('bad-credentials', session.login())
    for (const page of context.pages()) {
      const html = await page.content()
      assert.ok(!html.includes(EXAMPLE_PERSON.password) && !html.includes(EXAMPLE_PERSON.secret))
    }
  })
})
