import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readOtpauth } from '../../src/core/otpauth.ts'

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

describe('an otpauth secret', () => {
  it('is an address or a bare secret, in any case and grouping', () => {
    const plain = { secret: SECRET, algorithm: 'sha1', digits: 6, periodMs: 30_000 }
    assert.deepEqual(readOtpauth(SECRET), plain)
    assert.deepEqual(readOtpauth(` ${SECRET.toLowerCase().replace(/(.{4})/g, '$1 ')}`), plain)
    assert.deepEqual(readOtpauth(`otpauth://totp/PoliMi:10654321?secret=${SECRET}&issuer=PoliMi`), plain)
  })

  it('may name another algorithm, length and period', () => {
    assert.deepEqual(readOtpauth(`otpauth://totp/x?secret=${SECRET}&algorithm=SHA256&digits=8&period=60`), {
      ...{ secret: SECRET, algorithm: 'sha256', digits: 8, periodMs: 60_000 },
    })
  })

  it('is nothing else', () => {
    const wrong = ['', 'otpauth://totp/x', 'hunter2 1890!', 'otpauth://totp/x?secret=189', 'https://x.it/?secret=ABC']
    for (const text of [...wrong, `otpauth://hotp/x?secret=${SECRET}&counter=1`, 'otpauth-migration://offline?data=AA'])
      assert.equal(readOtpauth(text), undefined, text)
  })
})
