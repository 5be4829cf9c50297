import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { keepSecret, maskSecrets } from '../../src/core/log.ts'

/** Passwords as people have them: symbols, quotes, accents, even broken halves of a pair. */
const secret = fc
  .string({
    unit: fc.constantFrom(...'abcXYZ019', ...' "\\\'&<>%+!=?/:~', 'è', '€', '😀', '\ud800', '\n'),
    minLength: 6,
  })
  .map((text) => `Zq${text}`)
const around = fc.string({ maxLength: 10 })

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
const inUrl = (text: string) => encodeURIComponent(text.toWellFormed())
const inForm = (text: string) => new URLSearchParams({ x: text }).toString().slice('x='.length)
const inPage = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const WAYS = [(text: string) => text, inJson, inUrl, inForm, inPage, (text: string) => inJson(inJson(text))]

describe('masking', () => {
  it('lets no registered secret through, however it is written', () => {
    fc.assert(
      fc.property(secret, around, around, fc.constantFrom(...WAYS), (text, before, after, write) => {
        keepSecret(text)

        const masked = maskSecrets(before + write(text) + after)

        assert.ok(!masked.includes(write(text)), masked)
        assert.ok(!masked.includes(text), masked)
      }),
    )
  })

  it('masks a secret whole that holds another one', () => {
    keepSecret('hunter')
    keepSecret('hunter-and-gatherer')

    assert.equal(maskSecrets('I am hunter-and-gatherer!'), 'I am •••!')
    assert.equal(maskSecrets('I am hunter!'), 'I am •••!')
  })

  it('masks the bare secret of an otpauth URL too', () => {
    keepSecret('otpauth://totp/Polimi:ada?secret=NB2W45DFOIZA&issuer=Polimi')

    assert.equal(maskSecrets('"NB2W45DFOIZA" is not base32'), '"•••" is not base32')
  })

  it('masks bot tokens and otpauth URLs that nobody registered', () => {
    const token = `123456789:${'Aa0_-'.repeat(7)}`

    assert.equal(maskSecrets(`GET /bot${token}/getMe`), 'GET /bot•••/getMe')
    assert.equal(maskSecrets(`token ${token}`), 'token •••')
    assert.equal(maskSecrets('scan otpauth://totp/A:b?secret=XYZ now'), 'scan otpauth:••• now')
    assert.equal(maskSecrets('u=OTPAUTH%3A%2F%2Ftotp%2FA%3Fsecret%3DXYZ'), 'u=otpauth:•••')
    assert.equal(maskSecrets(String.raw`a\u0026 otpauth://totp/A?x=1\u0026secret=XYZ`), String.raw`a\u0026 otpauth:•••`)
  })

  it('leaves a line of JSON a line of JSON', () => {
    const line = JSON.stringify({ msg: 'quoted "otpauth://totp/A?secret=XYZ" here', nested: '{"a":"otpauth://x"}' })

    const read = JSON.parse(maskSecrets(line))

    assert.deepEqual(read, { msg: 'quoted "otpauth:•••" here', nested: '{"a":"otpauth:•••"}' })
  })

  it('does not take a word of three letters for a secret', () => {
    keepSecret('the')
    keepSecret(undefined)

    assert.equal(maskSecrets('the end'), 'the end')
  })

  it('covers messages, fields, errors and their stacks in the log', () => {
    const program = `
      import { createLog, keepSecret } from ${JSON.stringify(new URL('../../src/core/log.ts', import.meta.url).href)}
      keepSecret('s3cr"et\\\\word')
      const log = createLog('test', 'info')
      log.info({ password: 's3cr"et\\\\word', deep: { body: JSON.stringify({ p: 's3cr"et\\\\word' }) } }, 'with s3cr"et\\\\word')
      log.child({ who: 's3cr"et\\\\word' }).error(new Error('no s3cr"et\\\\word here', { cause: new Error('s3cr"et\\\\word') }))
    `

    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })

    assert.equal(status, 0)
    const lines = stdout.trim().split('\n')
    assert.equal(lines.length, 2)
    for (const line of lines) assert.equal(typeof JSON.parse(line), 'object')
    assert.doesNotMatch(stdout, /s3cr/)
    assert.match(stdout, /•••/)
  })
})
