import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readOneTimeSecret } from '../../src/bot/one-time-secret.ts'
import { readOtpauth } from '../../src/core/otpauth.ts'

const SECRET = 'JBSWY3DPEHPK3PXP'
const ADDRESS = `otpauth://totp/Polimi:10012345?secret=${SECRET}&issuer=Polimi`

/** An export as Google Authenticator makes it; `type` 2 is time-based. */
function exportOf(...entries: { secret: string; type?: number; digits?: number; algorithm?: number }[]): string {
  const field = (number: number, bytes: Uint8Array) => [number * 8 + 2, bytes.length, ...bytes]
  const parts = entries.map(({ secret, type = 2, digits = 1, algorithm = 1 }) => {
    const numbers = [4 * 8, algorithm, 5 * 8, digits, 6 * 8, type]
    return field(1, Uint8Array.from([...field(1, Buffer.from(secret)), ...field(2, Buffer.from('me')), ...numbers]))
  })
  const data = Buffer.from([...parts.flat(), 2 * 8, 1]).toString('base64')
  return `otpauth-migration://offline?data=${encodeURIComponent(data)}`
}

const problemOf = (text: string) => {
  const read = readOneTimeSecret(text)
  return 'problem' in read ? read.problem : undefined
}

describe('the secret of a second factor', () => {
  it('is taken as an address, as it is', () => {
    assert.deepEqual(readOneTimeSecret(` ${ADDRESS}\n`), { otpauth: ADDRESS })
    assert.deepEqual(readOneTimeSecret('OTPAUTH://TOTP/x?secret=jbswy3dpehpk3pxp'), {
      otpauth: 'OTPAUTH://TOTP/x?secret=jbswy3dpehpk3pxp',
    })
  })

  it('is taken bare, however it is written in groups', () => {
    for (const written of [SECRET, 'jbsw y3dp ehpk 3pxp', 'JBSW-Y3DP-EHPK-3PXP', 'JBSWY3DPEHPK3PXP===='])
      assert.deepEqual(readOneTimeSecret(written), { otpauth: SECRET })
  })

  it('is taken from an export of one account, with its digits and algorithm', () => {
    const read = readOneTimeSecret(exportOf({ secret: 'Hello!\xde\xad', digits: 2, algorithm: 2 }))

    assert.ok('otpauth' in read)
    const totp = readOtpauth(read.otpauth)
    assert.deepEqual([totp?.secret, totp?.digits, totp?.algorithm], ['JBSWY3DPEHBZ5QVN', 8, 'sha256'])
  })

  it('is told apart from what it is not', () => {
    assert.equal(problemOf('123456'), 'code')
    assert.equal(problemOf('123 456'), 'code')
    for (const wrong of ['', 'hello', 'JBSWY3DPEHPK3PX1', `${SECRET}A`, '🔑', 'https://example.org'])
      assert.equal(problemOf(wrong), 'not-a-secret', wrong)
    for (const wrong of [
      `otpauth://hotp/x?secret=${SECRET}&counter=1`,
      'otpauth://totp/x',
      'otpauth://totp/x?secret=1',
      'otpauth:',
    ])
      assert.equal(problemOf(wrong), 'not-totp', wrong)
    const two = exportOf({ secret: 'first-one!' }, { secret: 'second-one' })
    const counted = exportOf({ secret: 'first-one!', type: 1 })
    for (const wrong of [two, counted, exportOf(), 'otpauth-migration://offline?data=Cv8', 'otpauth-migration:x'])
      assert.equal(problemOf(wrong), 'export', wrong)
  })

  it('never makes trouble, and what is taken the portal can read', () => {
    const exported = fc.uint8Array({ maxLength: 60 }).map((bytes) => {
      return `otpauth-migration://offline?data=${encodeURIComponent(Buffer.from(bytes).toString('base64'))}`
    })
    const address = fc.string({ maxLength: 40 }).map((rest) => `otpauth://totp/${rest}`)
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), exported, address), (text) => {
        const read = readOneTimeSecret(text)
        if ('otpauth' in read) assert.match(readOtpauth(read.otpauth)?.secret ?? '', /^[A-Z2-7]+$/)
      }),
    )
  })
})
