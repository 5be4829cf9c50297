import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { type Child, startChild, stopChildren } from '../../sim/demo-processes.ts'
import { connectChat } from '../../sim/telegram/client.ts'
import { startTelegram, type TelegramSim } from '../../sim/telegram/server.ts'
import { writeConfig } from '../../src/scripts/write-config.ts'
import { testBrowserPath } from '../support/browser.ts'

const root = join(import.meta.dirname, '../..')
const TOKEN = '987654321:AAF-this-token-must-never-be-shown-00'
const ADA = { id: 5_000_000_001, first_name: 'Ada', language_code: 'en' }
const EVE = { id: 5_000_000_666, first_name: 'Eve', language_code: 'en' }
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9'

let folder: string
let telegram: TelegramSim
let children: Child[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bookwright-setup-'))
  telegram = await startTelegram({ token: TOKEN })
  children = []
  configure({})
})
afterEach(async () => {
  await stopChildren(children)
  await telegram.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The configuration that setup makes when it is given a token only, but with a Telegram and a site on this machine. */
function configure(more: { ownerId?: number; apiRoot?: string }): void {
  const config = {
    telegram: { botToken: TOKEN, apiRoot: telegram.url, ...more },
    portals: { polimisport: { baseUrl: NOWHERE, ssoBaseUrl: NOWHERE } },
    browser: { executablePath: testBrowserPath() },
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 })
}

const env = () => ({ ...process.env, BOOKWRIGHT_CONFIG: join(folder, 'config.json') })

async function run(
  script: 'setup' | 'doctor',
  args: string[] = [],
): Promise<{ status: number | null; output: string }> {
  const child: ChildProcess = spawn(process.execPath, [join(root, `src/scripts/${script}.ts`), ...args], {
    env: env(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = [child.stdout, child.stderr].map((stream) => stream?.setEncoding('utf8').toArray())
  await once(child, 'exit')
  const output = (await Promise.all(said)).flat().join('')
  assert.ok(!output.includes(TOKEN))
  return { status: child.exitCode, output }
}

async function startBot(): Promise<void> {
  const bot = startChild(join(root, 'src/bot/main.ts'), [], env())
  children.push(bot)
  await bot.logged('bot started')
}

/** What the link in this output makes Telegram send. */
function opened(output: string): string {
  const code = /https:\/\/t\.me\/bookwright_bot\?start=([\w-]{22})\n/.exec(output)?.[1]
  assert.ok(code, output)
  return `/start ${code}`
}

describe('the first run', () => {
  it('setup, start, open the link: and whoever opened it is the owner, nobody after them', async () => {
    const { status, output } = await run('setup')
    assert.equal(status, 0, output)
    assert.match(output, /no account yet: add it in the chat, once you are the owner/)
    assert.match(output, /1\. Run it: \.\/bookwright start\n {2}2\. Become its owner: open this link/)
    assert.match((await run('doctor')).output, /^• Owner: there is none yet: run \.\/bookwright setup, then/m)
    await startBot()
    const ada = await connectChat(telegram.url, ADA)
    const eve = await connectChat(telegram.url, EVE)
    await eve.send('/start')
    await ada.send(opened(output))
    await eve.send(opened(output))

    await ada.see(/You are the owner of this bot now\.[\s\S]*Hi Ada!/)
    await ada.send('/users')
    await ada.see(/👑 Ada, since .*, no account/)
    assert.deepEqual(
      (await ada.view()).commands.slice(-2).map(({ command }) => command),
      ['invite', 'users'],
    )
    await eve.idle()
    assert.deepEqual(
      (await eve.messages()).filter(({ from }) => from === 'bot'),
      [],
    )
    const again = await run('setup')
    assert.match(again.output, /✓ owner: Ada, Telegram user 5000000001\n\nReady\./)
    assert.doesNotMatch(again.output, /t\.me/)
    assert.match((await run('doctor')).output, /^✓ Owner: Ada$/m)
  })

  it('takes a link that was opened before the bot ran, and of several only the newest', async () => {
    const first = opened((await run('setup')).output)
    const second = opened((await run('setup')).output)
    assert.notEqual(first, second)
    const eve = await connectChat(telegram.url, EVE)
    const ada = await connectChat(telegram.url, ADA)
    await eve.send(first)
    await ada.send(second)
    await startBot()

    await ada.see(/You are the owner of this bot now/)
    assert.deepEqual(
      (await eve.messages()).filter(({ from }) => from === 'bot'),
      [],
    )
  })

  it('prints what to send where Telegram is not reached, and it works', async () => {
    configure({ apiRoot: NOWHERE })
    const { status, output } = await run('setup')
    assert.equal(status, 0, output)
    const text = /send this to your bot in Telegram[\s\S]*\n +(\/start [\w-]{22})\n/.exec(output)?.[1]
    assert.ok(text, output)
    configure({})
    await startBot()
    const ada = await connectChat(telegram.url, ADA)
    await ada.send(text)

    await ada.see(/You are the owner of this bot now/)
  })

  it('says that the token is refused, where to put the right one, and that setup is to be run again', async () => {
    await telegram.close()
    telegram = await startTelegram({ token: '1:another' })
    configure({})

    const { status, output } = await run('setup')

    assert.equal(status, 1)
    assert.match(
      output,
      /does not accept the bot token\. Copy it again .*config\.json, and run \.\/bookwright setup again/,
    )
    assert.doesNotMatch(output, /\/start/)
  })

  it('needs no link where the configuration names the owner', async () => {
    configure({ ownerId: ADA.id })
    const { output } = await run('setup')
    assert.match(output, /✓ owner: Telegram user 5000000001\n/)
    assert.doesNotMatch(output, /t\.me|\/start /)
    assert.match((await run('doctor')).output, /^✓ Owner: Telegram user 5000000001$/m)
  })

  it('does not take an account that would belong to nobody', async () => {
    const { status, output } = await run('setup', ['--username', '10654321', '--password', 'a secret password'])

    assert.equal(status, 1)
    assert.match(output, /The account was not added: there is no owner yet whose it could be/)
    assert.ok(!output.includes('a secret password'))
  })

  it('writes a configuration without an owner when it is given none', () => {
    const path = join(folder, 'fresh.json')
    writeConfig(path, { botToken: TOKEN })

    const written = JSON.parse(readFileSync(path, 'utf8'))
    assert.deepEqual(written.telegram, { botToken: TOKEN, apiRoot: 'https://api.telegram.org' })
    assert.deepEqual(written.accounts, [])
  })
})
