import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { UserError } from '../../src/core/errors.ts'
import { ensureVaultKey, openVault } from '../../src/core/vault.ts'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookwright-vault-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const newKeyFile = () => join(folder, `vault-${++files}`, 'vault.key')
function newVault() {
  const keyFile = newKeyFile()
  ensureVaultKey(keyFile)
  return openVault(keyFile)
}

describe('the vault', () => {
  it('opens what it sealed, whatever the text', () => {
    const vault = newVault()

    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        const sealed = vault.seal(text, context)

        assert.equal(vault.open(sealed, context), text)
        assert.match(sealed, /^v1:[\w+/]+=*$/)
      }),
    )
  })

  it('seals the same text differently each time', () => {
    const vault = newVault()

    assert.notEqual(vault.seal('text', 'place'), vault.seal('text', 'place'))
  })

  it('does not open with another key, and says which key it tried', () => {
    const sealed = newVault().seal('text', 'place')
    const keyFile = newKeyFile()
    ensureVaultKey(keyFile)

    assert.throws(
      () => openVault(keyFile).open(sealed, 'place'),
      (error) => error instanceof UserError && error.message.includes(keyFile),
    )
  })

  it('does not open in another place', () => {
    const vault = newVault()
    const sealed = vault.seal('text', 'account:1')

    assert.throws(() => vault.open(sealed, 'account:2'), UserError)
  })

  it('does not open when a single byte was changed, taken away or added', () => {
    const vault = newVault()
    const bytes = Buffer.from(vault.seal('a text', 'place').slice('v1:'.length), 'base64')
    const opens = (changed: Uint8Array) => vault.open(`v1:${Buffer.from(changed).toString('base64')}`, 'place')

    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const changed = Uint8Array.from(bytes, (byte, at) => (at === index ? byte ^ flip : byte))

        assert.throws(() => opens(changed), UserError)
        assert.throws(() => opens(bytes.subarray(0, index)), UserError)
        assert.throws(() => opens(Buffer.concat([bytes, Buffer.of(flip)])), UserError)
      }),
    )
  })

  it('does not open what it never sealed', () => {
    const vault = newVault()
    const sealed = vault.seal('text', 'place')

    for (const text of ['', 'v1:', 'plain text', `v2:${sealed.slice(3)}`]) {
      assert.throws(() => vault.open(text, 'place'), UserError)
    }
  })

  it('hashes the same text to the same, and with another key to another', () => {
    const vault = newVault()

    assert.equal(vault.hash('ada'), vault.hash('ada'))
    assert.notEqual(vault.hash('ada'), vault.hash('bob'))
    assert.notEqual(vault.hash('ada'), newVault().hash('ada'))
  })
})

describe('the vault key', () => {
  it('is made once, for its owner alone, and never overwritten', () => {
    const keyFile = newKeyFile()

    assert.equal(ensureVaultKey(keyFile), true)
    const key = readFileSync(keyFile, 'utf8')
    assert.equal(ensureVaultKey(keyFile), false)

    assert.equal(readFileSync(keyFile, 'utf8'), key)
    assert.equal(statSync(keyFile).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(join(keyFile, '..')), ['vault.key'])
  })

  it('is one key when several processes make it at once', async () => {
    const folders = Array.from({ length: 60 }, () => join(newKeyFile(), '..'))
    const vault = JSON.stringify(new URL('../../src/core/vault.ts', import.meta.url).href)
    const program = `import { ensureVaultKey, openVault } from ${vault}
      const keyFiles = process.argv.slice(1).map((folder) => folder + '/vault.key')
      console.log('ready')
      process.stdin.once('data', () => {
        for (const file of keyFiles) console.log(ensureVaultKey(file), openVault(file).hash('same'))
        process.exit()
      })`
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--input-type=module', '-e', program, ...folders]),
    )
    await Promise.all(children.map((child) => once(child.stdout, 'data')))

    for (const child of children) child.stdin.write('go')
    const outputs = await Promise.all(children.map((child) => child.stdout.toArray()))

    const lines = outputs.map((chunks) => chunks.join('').trim().split('\n'))
    for (const [n, folder] of folders.entries()) {
      const answers = lines.map((answersOfOne) => answersOfOne[n] ?? '')
      assert.equal(answers.filter((answer) => answer.startsWith('true ')).length, 1)
      assert.equal(new Set(answers.map((answer) => answer.split(' ')[1])).size, 1)
      assert.deepEqual(readdirSync(folder), ['vault.key'])
    }
  })

  it('says what to do when it is missing, damaged or open to others', () => {
    const keyFile = newKeyFile()
    assert.throws(() => openVault(keyFile), /cannot be read.*\.\/bookwright setup/)

    ensureVaultKey(keyFile)
    chmodSync(keyFile, 0o640)
    assert.throws(() => openVault(keyFile), /can be read by others\. Run: chmod 600/)

    chmodSync(keyFile, 0o600)
    writeFileSync(keyFile, 'half a ke')
    assert.throws(() => openVault(keyFile), /is damaged/)
  })

  it('says so when its folder cannot be made', () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')

    assert.throws(() => ensureVaultKey(join(file, 'vault.key')), UserError)
    assert.throws(() => ensureVaultKey(join(file, 'deeper', 'vault.key')), UserError)
  })
})
