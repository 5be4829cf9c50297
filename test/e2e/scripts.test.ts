import assert from 'node:assert/strict'
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { EXAMPLE_PERSON } from '../../sim/polimisport/server.ts'
import { kill9, openWholeHouse, type WholeHouse } from '../support/whole-house.ts'

const root = join(import.meta.dirname, '../..')

type Ran = { status: number; output: string }

describe('setup and what comes before it', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'bookwright-setup-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  const run = (script: string, args: string[], env: NodeJS.ProcessEnv = {}): Ran =>
    ran(
      spawnSync(process.execPath, [join(root, script), ...args], {
        cwd: tmpdir(),
        encoding: 'utf8',
        input: '',
        env: { ...process.env, BOOKWRIGHT_CONFIG: join(folder, 'config.json'), ...env },
      }),
    )

  it('says in one sentence that there is no configuration yet', () => {
    for (const script of ['src/bot/main.ts', 'src/worker/main.ts', 'src/scripts/sync-bookings.ts']) {
      const { status, output } = run(script, [])

      assert.equal(status, 1)
      assert.match(output, /^bookwright: There is no configuration at .*\. Make one with: \.\/bookwright setup\n$/)
    }
  })

  it('says what is missing when nobody can be asked', () => {
    const { status, output } = run('src/scripts/setup.ts', [])

    assert.equal(status, 1)
    assert.match(output, /--bot-token or BOOKWRIGHT_BOT_TOKEN/)
  })

  it('makes configuration, key, database and account from options and environment', () => {
    const { status, output } = run('src/scripts/setup.ts', ['--owner-id', '77', '--username', '10654321'], {
      BOOKWRIGHT_BOT_TOKEN: '12345:token-of-the-test',
      BOOKWRIGHT_PASSWORD: 'a secret password',
      BOOKWRIGHT_OTPAUTH: EXAMPLE_PERSON.secret,
    })

    assert.equal(status, 0, output)
    assert.match(output, /account Polimisport: added in the vault/)
    assert.ok(!output.includes('a secret password') && !output.includes('token-of-the-test'))
    const mode = (file: string) => (statSync(join(folder, file)).mode & 0o777).toString(8)
    assert.deepEqual([mode('config.json'), mode('data/vault.key'), mode('data/bookwright.db')], ['600', '600', '600'])
  })

  it('overwrites nothing when it is run again', () => {
    const before = readFileSync(join(folder, 'config.json'), 'utf8')
    const key = readFileSync(join(folder, 'data/vault.key'), 'utf8')

    const { status, output } = run('src/scripts/setup.ts', ['--bot-token', '999:other', '--owner-id', '1'])

    assert.equal(status, 0, output)
    assert.match(output, /is there and stays as it is/)
    assert.equal(readFileSync(join(folder, 'config.json'), 'utf8'), before)
    assert.equal(readFileSync(join(folder, 'data/vault.key'), 'utf8'), key)
  })

  it('names a wrong key of the configuration, what it found and what it expects', () => {
    const path = join(folder, 'wrong.json')
    writeFileSync(path, JSON.stringify({ telegram: { botToken: '1:abc', ownerId: 'me' }, dataDirr: 'x' }))

    const { status, output } = run('src/worker/main.ts', [], { BOOKWRIGHT_CONFIG: path })

    assert.equal(status, 1)
    assert.match(output, /telegram\.ownerId: expected a number, found "me"/)
    assert.match(output, /dataDirr: there is no such key/)
  })
})

describe('refresh-courses, sync-bookings and doctor', () => {
  let house: WholeHouse
  before(async () => {
    house = await openWholeHouse()
  })
  after(() => house.close())
  const runs = (script: string, args: string[] = []) =>
    house.runScript(`src/scripts/${script}.ts`, args).then(
      (output): Ran => ({ status: 0, output }),
      (error: Error): Ran => ({ status: 1, output: error.message }),
    )

  it('doctor logs in by itself while no worker runs, and finds all well', async () => {
    const setup = await runs('setup')

    const { status, output } = await runs('doctor')

    assert.match(setup.output, /account Polimisport: added in the vault/)
    assert.equal(status, 0, output)
    for (const line of ['Node', 'Configuration', 'Browser', 'Telegram', 'Polimisport', 'Database', 'Vault'])
      assert.match(output, new RegExp(`^✓ ${line}: `, 'm'))
    assert.match(output, /^✓ Login of Polimisport: works$/m)
  })

  it('read the timetable and the bookings, and say what they found', async () => {
    const worker = await house.startWorker()
    const [slot] = (await house.portal.state()).slots.filter(({ spots }) => spots > 1).slice(-1)
    assert.ok(slot)
    await house.portal.bookByHand({ username: EXAMPLE_PERSON.username, slotId: slot.id })

    const refreshed = await runs('refresh-courses')
    const again = await runs('refresh-courses', ['--daily', '06:00'])
    const synced = await runs('sync-bookings')

    assert.match(refreshed.output, /Polimisport: \d+ slots on 7 days/)
    assert.match(again.output, /already read since 06:00/)
    assert.match(synced.output, /1 booking \(1 new, 0 gone from the site\)/)
    assert.equal(refreshed.status + again.status + synced.status, 0)
    await kill9(worker)
  })

  it('fail with a clear line when the site refuses the password', async () => {
    await house.portal.expireSessions()
    await house.portal.setFault({ id: 'bad-password' })
    const worker = await house.startWorker()

    const { status, output } = await runs('sync-bookings')

    assert.equal(status, 1)
    assert.match(output, /bad-credentials/)
    assert.match((await runs('doctor')).output, /✗ Login of Polimisport: suspended/)
    await kill9(worker)
  })
})

function ran(result: SpawnSyncReturns<string>): Ran {
  return { status: result.status ?? -1, output: result.stdout + result.stderr }
}
