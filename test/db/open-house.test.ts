import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { UserError } from '../../src/core/errors.ts'
import { maskSecrets } from '../../src/core/log.ts'
import { listAccounts, openCredentials } from '../../src/db/accounts.ts'
import { openHouse } from '../../src/db/open-house.ts'
import { listOwners } from '../../src/db/users.ts'

const account = { portal: 'polimisport', owner: 42, username: 'ada', password: 'pa55word-of-ada' }
let folder = ''
const keyFile = () => join(folder, 'data', 'vault.key')
const before = process.env['BOOKWRIGHT_CONFIG']

function configure(changes: object = {}): void {
  const config = {
    telegram: { botToken: '1:token-of-the-bot', ownerId: 42 },
    log: { level: 'silent' },
    accounts: [account],
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, ...changes }))
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookwright-house-'))
  process.env['BOOKWRIGHT_CONFIG'] = join(folder, 'config.json')
  configure()
})
afterEach(() => {
  if (before === undefined) delete process.env['BOOKWRIGHT_CONFIG']
  else process.env['BOOKWRIGHT_CONFIG'] = before
  rmSync(folder, { recursive: true, force: true })
})

describe('opening the house', () => {
  it('makes key and database, and takes owner and accounts over', async () => {
    const { db, vault, config } = await openHouse('test')

    assert.deepEqual(
      (await listOwners(db.read)).map(({ id }) => id),
      [42],
    )
    assert.equal((await openCredentials(db.read, vault, 1)).password, account.password)
    assert.equal(config.vault.keyFile, keyFile())
    await db.close()
  })

  it('lets the file drop its accounts afterwards', async () => {
    await (await openHouse('test')).db.close()
    configure({ accounts: [] })

    const { db, vault } = await openHouse('test')

    assert.equal((await openCredentials(db.read, vault, 1)).username, 'ada')
    await db.close()
  })

  it('masks what the configuration holds from then on', async () => {
    await (await openHouse('test')).db.close()

    assert.equal(maskSecrets('1:token-of-the-bot and pa55word-of-ada'), '••• and •••')
  })

  it('never makes a second key once something is sealed with the first', async () => {
    await (await openHouse('test')).db.close()
    rmSync(keyFile())

    await assert.rejects(openHouse('test'), (error) => error instanceof UserError && /vault key/.test(error.message))

    assert.ok(!existsSync(keyFile()))
  })

  it('is done by several processes at once', async () => {
    const house = JSON.stringify(new URL('../../src/db/open-house.ts', import.meta.url).href)
    const program = `import { openHouse } from ${house}; await (await openHouse('test')).db.close()`
    const run = async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program])
      return (await child.stderr.toArray()).join('')
    }

    const errors = await Promise.all([run(), run(), run(), run()])

    assert.deepEqual(errors, ['', '', '', ''])
    const { db } = await openHouse('test')
    assert.equal((await listAccounts(db.read)).length, 1)
    await db.close()
  })
})
