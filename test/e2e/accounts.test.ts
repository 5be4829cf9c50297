import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { EXAMPLE_PERSON } from '../../sim/polimisport/server.ts'
import { listAccountsOf } from '../../src/db/accounts.ts'
import { OWNER } from '../support/house.ts'
import { openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

const WRONG = 'wr0ng-pa55word-of-ada'
/** A second login in the same half minute waits for the next one-time code. */
const SLOW = { timeoutMs: 90_000 }

describe('an account in the chat', () => {
  let house: WholeHouse
  before(async () => {
    house = await openWholeHouse()
    await house.startWorker()
  })
  after(() => house.close())

  const open = async () => {
    await house.ada.send('/accounts')
    await house.ada.press('🔑 Polimisport')
  }
  const change = async (password: string) => {
    await house.ada.press('Change the password')
    await house.ada.see(/What is the password/)
    await house.ada.gone(await house.ada.send(password))
  }

  it('is tested with new credentials, whatever login of before is still warm', { timeout: 240_000 }, async () => {
    const { ada } = house
    const bot = await house.startBot()
    await open()
    await ada.press('Check the login')
    await ada.see(/✅ The login of Polimisport works/, SLOW)

    await open()
    await change(WRONG)
    const refused = await ada.see(/Login of Polimisport not confirmed/, SLOW)
    await change(EXAMPLE_PERSON.password)
    await ada.see(/✅ The login of Polimisport works/, { ...SLOW, after: refused })

    await open()
    await ada.press('Remove')
    await ada.press('Yes, remove it')
    await ada.see(/Polimisport is removed/)
    bot.process.kill('SIGTERM')
    await bot.ended
    await house.startBot()
    assert.deepEqual(await listAccountsOf(house.db.read, OWNER.id), [], 'the configuration brought it back')

    const kept = dirname(house.databaseFile)
    const files = readdirSync(kept, { withFileTypes: true }).filter((entry) => entry.isFile())
    for (const secret of [...house.secrets, WRONG]) {
      assert.equal(house.output().includes(secret), false, 'a secret in the output')
      for (const { name } of files)
        assert.equal(readFileSync(join(kept, name)).indexOf(secret), -1, `a secret in ${name}`)
    }
  })
})
