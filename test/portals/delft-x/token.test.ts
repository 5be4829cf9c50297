import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { grantIn, lasts, recordOf, tokenIn } from '../../../src/portals/delft-x/token.ts'

const ISSUED = 1_763_120_000
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`
const stored = (response: object, others: object = {}) =>
  JSON.stringify({
    ...{ member: { id: 900_001, email: 'member.one@example.org' }, isOidc: true, isLoggedIn: true },
    tokenResponse: { accessToken: 'opaque', tokenType: 'Bearer', expiresIn: 86_400, issuedAt: ISSUED, ...response },
    ...others,
  })
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000)

describe('the token', () => {
  it('is read from where the portal keeps it', () => {
    assert.deepEqual(tokenIn(stored({})), {
      ...{ accessToken: 'opaque', refreshToken: null, memberId: 900_001 },
      expiresAt: at(ISSUED + 86_400),
    })
    assert.equal(tokenIn(stored({ refreshToken: 'again' }))?.refreshToken, 'again')
  })

  it('is none when there is none that we can read', () => {
    const none = [undefined, '', '{', 'null', '{}', stored({ accessToken: '' }), stored({}, { isLoggedIn: false })]
    for (const record of none) assert.equal(tokenIn(record), undefined, String(record))
  })

  it('ends at the earlier of what its record and it itself say, numbers or texts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 1, max: 200_000 }),
        fc.boolean(),
        (a, b, asText) => {
          const times = { issuedAt: asText ? String(ISSUED) : ISSUED, expiresIn: asText ? String(a) : a }
          const token = tokenIn(stored({ ...times, accessToken: jwt({ exp: ISSUED + b }) }))
          assert.ok(token?.expiresAt?.equals(at(ISSUED + Math.min(a, b))))
        },
      ),
    )
  })

  it('ends as either says when the other says nothing, and never when neither does', () => {
    assert.ok(tokenIn(stored({ issuedAt: undefined, accessToken: jwt({ exp: 5 }) }))?.expiresAt?.equals(at(5)))
    assert.ok(tokenIn(stored({ accessToken: jwt({}) }))?.expiresAt?.equals(at(ISSUED + 86_400)))
    assert.equal(tokenIn(stored({ expiresIn: undefined }))?.expiresAt, null)
    assert.equal(tokenIn(stored({ expiresIn: 'a day' }))?.expiresAt, null)
  })

  it('lasts while a quarter of an hour is left', () => {
    const token = tokenIn(stored({}))
    assert.ok(token)
    const end = ISSUED + 86_400
    assert.equal(lasts(token, at(end - 900)), true)
    assert.equal(lasts(token, at(end - 899)), false)
    assert.equal(lasts({ ...token, expiresAt: null }, at(end)), true)
  })
})

describe('a grant', () => {
  it('is read in either spelling', () => {
    const grant = { accessToken: 'a', idToken: 'i', refreshToken: 'r', expiresIn: 86_400 }
    const snake = { access_token: 'a', id_token: 'i', refresh_token: 'r', token_type: 'Bearer', expires_in: '86400' }
    assert.deepEqual(grantIn({ ...snake, scope: 'openid' }), grant)
    assert.deepEqual(grantIn({ ...grant, expiresIn: '86400' }), grant)
    assert.deepEqual(grantIn({ access_token: 'a' }), { accessToken: 'a' })
    for (const body of [undefined, null, {}, { access_token: '' }, []]) assert.equal(grantIn(body), undefined)
  })

  it('is kept as the portal’s pages keep it', () => {
    const grant = { accessToken: 'a', refreshToken: 'r', expiresIn: 60 }
    assert.deepEqual(tokenIn(recordOf(grant, { id: 7 }, at(ISSUED + 0.7))), {
      ...{ accessToken: 'a', refreshToken: 'r', memberId: 7 },
      expiresAt: at(ISSUED + 60),
    })
  })
})
