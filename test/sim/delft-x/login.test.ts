import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ANNA, actionOf, BRAM, field, LOCAL, located, openSite, Visitor } from './visitor.ts'

const FACTOR = { username: 'dvoorbeeld', password: 'p', kind: 'needs-second-factor' } as const

describe('the university login', () => {
  it('leads by picker, form and two hops back to the portal, and trades the code for a token', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const { query, verifier, state } = visitor.authorizeQuery()

    const page = await visitor.passPassword(query, ANNA)
    assert.equal(actionOf(page), '/authentication/sp/consume-assertion')
    const callback = await visitor.hop(page)
    assert.equal(`${callback.origin}${callback.pathname}`, `${sim.baseUrl}/oidc/auth-callback`)
    assert.equal(callback.searchParams.get('state'), state)
    const tokens = (await (await visitor.trade(callback, verifier)).json()) as Record<string, unknown>

    assert.deepEqual(Object.keys(tokens).sort(), ['access_token', 'expires_in', 'id_token', 'scope', 'token_type'])
    assert.equal(tokens['expires_in'], 86_400)
    const claims = JSON.parse(Buffer.from(String(tokens['access_token']).split('.')[1] ?? '', 'base64url').toString())
    assert.deepEqual([claims.iat, claims.exp - claims.iat], [1763118000, 86_400])
  })

  it('gives a token for the right verifier alone, and once', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const first = visitor.authorizeQuery()
    const callback = await visitor.hop(await visitor.passPassword(first.query, ANNA))

    const wrong = await visitor.trade(callback, 'a'.repeat(64))
    assert.deepEqual([wrong.status, await wrong.json()], [400, { error: 'invalid_grant' }])
    assert.equal((await visitor.trade(callback, first.verifier)).status, 400)

    const second = visitor.authorizeQuery()
    const again = await visitor.hop(await (await visitor.sso(`/oidc/authorize?${second.query}`)).text())
    assert.equal((await visitor.trade(again, first.verifier)).status, 400)
  })

  it('wants every parameter of the request as the portal sends it', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const wrong = {
      redirect_uri: 'http://127.0.0.1:1/oidc/auth-callback',
      client_id: 'somebody-else',
      response_type: 'token',
      scope: 'openid profile',
      access_type: 'online',
      state: '',
      code_challenge: 'short',
      code_challenge_method: 'plain',
    }

    for (const [name, value] of Object.entries(wrong)) {
      const answer = await visitor.sso(`/oidc/authorize?${visitor.authorizeQuery({ [name]: value }).query}`)
      assert.deepEqual([name, answer.status], [name, 400])
      assert.equal(((await answer.json()) as { error_description: string }).error_description, name)
    }
  })

  it('shows its form again after a wrong password, and counts', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)

    const page = await visitor.passPassword(visitor.authorizeQuery().query, { ...ANNA, password: 'wrong' })

    assert.match(page, /id="username"/)
    assert.ok(field(page, 'AuthState').startsWith('_'))
    const [anna] = (await sim.control.state()).people
    assert.deepEqual([anna?.passwordsTried, anna?.wrongPasswords, anna?.logins], [1, 1, 0])
  })

  it('knows a browser again, without picker and form, until its memory is ended', async (t) => {
    const sim = await openSite(t)
    const visitor = await new Visitor(sim).logIn()

    const { query, verifier } = visitor.authorizeQuery()
    const again = await visitor.sso(`/oidc/authorize?${query}`)
    assert.equal(again.status, 200)
    assert.equal((await visitor.trade(await visitor.hop(await again.text()), verifier)).status, 200)
    assert.equal((await sim.control.state()).people[0]?.passwordsTried, 1)

    await sim.control.expireSessions({ what: 'sso', username: ANNA.username })
    const later = await visitor.sso(`/oidc/authorize?${visitor.authorizeQuery().query}`)
    assert.match(located(later), /single-sign-on/)
  })

  it('asks some for a second factor that nobody can give here', async (t) => {
    const sim = await openSite(t, { people: [FACTOR] })
    const visitor = new Visitor(sim)

    const page = await visitor.passPassword(visitor.authorizeQuery().query, FACTOR)
    assert.match(page, /one-time-code/)
    const next = await visitor.sso(actionOf(page), { AuthState: field(page, 'AuthState'), code: '123456' })
    assert.match(await next.text(), /one-time-code/)
  })

  it('believes no assertion that it has not given, and each once', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const page = await visitor.passPassword(visitor.authorizeQuery().query, ANNA)
    const SAMLResponse = field(page, 'SAMLResponse')

    assert.equal((await visitor.sso(actionOf(page), { SAMLResponse })).status, 200)
    assert.equal((await visitor.sso(actionOf(page), { SAMLResponse })).status, 400)
    assert.equal((await visitor.sso('/login/saml2/sso/oidcng', { SAMLResponse: 'forged' })).status, 400)
  })

  it('does not know members without a NetID', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)

    assert.match(await visitor.passPassword(visitor.authorizeQuery().query, LOCAL), /id="username"/)
  })
})

describe('the login of members', () => {
  it('takes a form or JSON, and gives a refresh token that is good once', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const { username: email, password } = LOCAL

    for (const answer of [await visitor.logInLocally(LOCAL), await visitor.post('/auth', { email, password })]) {
      const tokens = (await answer.json()) as Record<string, string>
      assert.deepEqual([tokens['token_type'], tokens['expires_in']], ['Bearer', '86400'])
      const { refresh_token } = tokens
      assert.equal((await visitor.post('/auth/token-refresh', { refresh_token })).status, 201)
      assert.equal((await visitor.post('/auth/token-refresh', { refresh_token })).status, 401)
    }
  })

  it('refuses in the words of the API', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)

    for (const person of [{ ...LOCAL, password: 'wrong' }, ANNA]) {
      const answer = await visitor.logInLocally(person)
      assert.deepEqual([answer.status, await answer.json()], [401, { statusCode: 401, message: 'Unauthorized' }])
    }
  })
})

describe('a token', () => {
  it('tells who one is, for a day', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()

    const me = await anna.json('/auth?cf=0')
    assert.deepEqual([me['id'], me['firstName'], me['lastName']], [900_001, 'Anna', 'Voorbeeld'])
    await sim.control.setClock({ advanceSeconds: 86_399 })
    assert.equal((await anna.api('/auth?cf=0')).status, 200)
    await sim.control.setClock({ advanceSeconds: 1 })
    for (const path of ['/auth?cf=0', '/participations']) assert.equal((await anna.api(path)).status, 401)
  })

  it('is needed for what is personal, and not for slots, products and tags', async (t) => {
    const sim = await openSite(t)
    const nobody = new Visitor(sim)

    for (const path of ['/auth?cf=0', '/participations', '/bookings']) {
      const answer = await nobody.api(path)
      assert.deepEqual([path, answer.status], [path, 401])
      assert.deepEqual(await answer.json(), { statusCode: 401, message: 'Unauthorized' })
    }
    assert.equal((await nobody.post('/participations', {})).status, 401)
    assert.equal(await nobody.cancel(800_001), 401)
    for (const path of ['/bookable-slots', '/products/20045', '/public/tags']) {
      assert.equal((await nobody.api(path)).status, 200)
    }
  })

  it('can be ended for one person or for all', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    const bram = await new Visitor(sim).logIn(BRAM)

    await sim.control.expireSessions({ what: 'token', username: ANNA.username })
    assert.deepEqual([(await anna.api('/auth')).status, (await bram.api('/auth')).status], [401, 200])
    await sim.control.expireSessions({ what: 'both' })
    assert.equal((await bram.api('/auth')).status, 401)
    assert.deepEqual((await sim.control.state()).sessions, { tokens: 0, sso: 0 })
  })

  it('never shows in the log, and no password does', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await new Visitor(sim).logIn(LOCAL)

    const log = JSON.stringify([await sim.control.requests(), await sim.control.state()])
    for (const secret of [anna.token, ANNA.password, LOCAL.password]) assert.ok(!log.includes(secret))
    assert.ok(log.includes('loginuserpass.php'))
  })
})
