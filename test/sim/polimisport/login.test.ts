import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codeFor } from '../../../sim/polimisport/totp.ts'
import { ADA, BRUNO, openSite, Visitor } from './visitor.ts'

describe('logging in', () => {
  it('leads over the other origin back to the page wanted', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)

    const home = await visitor.logIn()

    assert.match(home, /home_btt_booking/)
    assert.match(home, /Ada Esempio/)
    assert.deepEqual(visitor.cookies('127.0.0.1').sort(), [
      '.ASPXAUTH_SOCIALBOOKING',
      'ASP.NET_SessionId',
      '__RequestVerificationToken',
    ])
    assert.ok(!visitor.cookies('localhost').includes('.ASPXAUTH_SOCIALBOOKING'), 'jars are apart')
  })

  it('sets cookies that scripts cannot read', async (t) => {
    const site = await openSite(t)

    const response = await new Visitor(site).send(`${site.baseUrl}/Account/Login`)

    const cookies = response.headers.getSetCookie()
    assert.equal(cookies.length, 2)
    assert.ok(cookies.every((cookie) => /HttpOnly/i.test(cookie)))
  })

  it('refuses a wrong password and counts it', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)

    await visitor.toCredentials()
    const page = await visitor.givePassword({ username: ADA.username, password: 'guess' })

    assert.match(page, /class="Message ErrorMessage"/)
    assert.match(page, /id="login"/)
    const [ada] = (await site.state()).people
    assert.deepEqual([ada?.passwordsTried, ada?.wrongPasswords, ada?.logins], [1, 1, 0])
  })

  it('counts attempts of people it does not know', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)

    await visitor.toCredentials()
    await visitor.givePassword({ username: '99999999', password: 'x' })

    assert.equal((await site.state()).strangers[0]?.wrongPasswords, 1)
  })

  for (const [name, seconds, good] of [
    ['takes the code of the step before', -30, true],
    ['takes the code of this step', 0, true],
    ['takes the code of the next step', 30, true],
    ['refuses the code of two steps ago', -60, false],
  ] as const) {
    it(name, async (t) => {
      const site = await openSite(t)
      const visitor = new Visitor(site)
      await visitor.toCredentials()
      await visitor.givePassword(ADA)

      const page = await visitor.giveCode(codeFor(ADA.secret, site.now().add({ seconds })))

      assert.equal(page.includes('automaticaRedirectForm'), good)
      assert.equal(page.includes('id="otp"'), !good)
    })
  }

  it('refuses a code that was used, and takes the next one', async (t) => {
    const site = await openSite(t)
    await new Visitor(site).logIn()
    const again = new Visitor(site)
    await again.toCredentials()
    await again.givePassword(ADA)

    const refused = await again.giveCode(codeFor(ADA.secret, site.now()))
    await site.setClock({ advanceSeconds: 30 })
    const taken = await again.giveCode(codeFor(ADA.secret, site.now()))

    assert.match(refused, /id="otp"/)
    assert.match(taken, /automaticaRedirectForm/)
  })

  it('lets a known browser through without any form', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)
    await visitor.logIn()
    await site.expireSessions({ what: 'portal' })

    const page = await visitor.toCredentials()

    assert.match(page, /automaticaRedirectForm/)
    assert.match(await visitor.hop(page), /home_btt_booking/)
  })

  it('asks for everything again once both sessions are over', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)
    await visitor.logIn()
    await site.expireSessions()

    assert.match(await visitor.toCredentials(), /id="password"/)
  })

  it('takes a ticket of the login service once', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)
    await visitor.toCredentials()
    const hop = await visitor.givePassword(BRUNO)

    assert.match(await visitor.hop(hop), /Bruno Prova/)
    assert.match(await new Visitor(site).hop(hop), /Account\/ExternalLogin"/)
  })

  it('sends visitors without a session to the login page, wherever they go', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)
    const paths = [
      '',
      '/',
      '/Booking',
      '/Booking/Index',
      '/Booking/ChooseActivity',
      '/Booking/BookActivity?activityId=1',
    ]

    for (const path of paths) {
      const response = await visitor.send(`${site.baseUrl}${path}`)
      const expected = `/sportpolimi/Account/Login?returnUrl=${encodeURIComponent(`/sportpolimi${path}`)}`
      assert.deepEqual([response.status, response.headers.get('location')], [302, expected])
    }
  })

  it('does not believe a forged session', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)
    visitor.setCookie('127.0.0.1', '.ASPXAUTH_SOCIALBOOKING', 'A'.repeat(64))

    assert.equal((await visitor.send(`${site.baseUrl}/Booking`)).status, 302)
  })

  it('ends a session that was not used for days', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)
    await visitor.logIn()

    await site.setClock({ advanceSeconds: 71 * 3600 })
    assert.equal((await visitor.send(`${site.baseUrl}/Booking`)).status, 200)
    await site.setClock({ advanceSeconds: 73 * 3600 })
    assert.equal((await visitor.send(`${site.baseUrl}/Booking`)).status, 302)
  })

  it('answers scripts without a session with the login page and status 200', async (t) => {
    const site = await openSite(t)

    const response = await new Visitor(site).post('/Booking/GetActivitySchedule', { currentDate: '2026-10-12' })

    assert.equal(response.status, 200)
    assert.match(await response.text(), /Accedi al tuo account/)
  })

  it('logs out', async (t) => {
    const site = await openSite(t)
    const visitor = new Visitor(site)
    await visitor.logIn()

    await visitor.get('/Account/LogOut')

    assert.equal((await visitor.send(`${site.baseUrl}/Booking`)).status, 302)
  })

  it('knows no other way out of the portal than its own pages', async (t) => {
    const site = await openSite(t)
    const page = await (await new Visitor(site).get('/Account/Login?returnUrl=https%3A%2F%2Fexample.org%2F')).text()

    assert.match(page, /name="returnUrl" value="\/sportpolimi\/"/)
  })

  it('keeps passwords and codes out of the log', async (t) => {
    const site = await openSite(t)
    await new Visitor(site).logIn()

    const log = JSON.stringify(await site.requests())

    assert.ok(log.includes('IdentificazioneUnica.do'))
    assert.ok(!log.includes(ADA.password))
    assert.ok(!log.includes(codeFor(ADA.secret, site.now())))
  })
})
