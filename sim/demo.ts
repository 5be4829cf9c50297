import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startChild, stopChildren } from './demo-processes.ts'
import { connectPolimisport } from './polimisport/client.ts'
import { DEMO_TOKEN } from './telegram/server.ts'

/** Whoever chats in the demo. */
const ADA = { id: 1001, first_name: 'Ada', language_code: 'en' }
const BRUNO = { id: 1002, first_name: 'Bruno', language_code: 'it' }
const PEOPLE = [
  {
    user: ADA,
    username: '10654321',
    password: 'correct horse battery',
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    netId: 'alovelace',
  },
  {
    user: BRUNO,
    username: '10987654',
    password: 'cavallo corretto',
    secret: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
    netId: 'brossi',
  },
]
/** Has a login on the site, but nobody has let her into the house yet. */
const CARLA = {
  user: { id: 1003, first_name: 'Carla', language_code: 'it' },
  username: '10555123',
  password: 'cavalla nuova',
  secret: 'MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK',
  netId: 'cbianchi',
}
const HINT = `Try it: send /start, choose “New booking”, a site, a day and a class, and watch a real browser book it. Switch to Bruno above to do it in Italian. With both of them there, /plan books several hours in a row. To let somebody in: /invite, open the link, switch to Carla, press Start. Her login on Polimisport: ${CARLA.username}, “${CARLA.password}”, second factor ${CARLA.secret}; on X TU Delft: ${CARLA.netId} and the same password.`

const root = join(import.meta.dirname, '..')

/**
 * `./bookwright demo`: the whole house as real processes against the local stand-ins, in a temporary folder. Ends
 * with Ctrl-C, leaving no process and no file behind.
 */
async function demo(): Promise<void> {
  say('starting the demo: stand-ins for Telegram, Polimisport and X TU Delft, the bot, a worker with a real browser …')
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-demo-'))
  const children: Child[] = []
  let ending: Promise<void> | undefined
  const end = (code: number) => {
    ending ??= stopChildren(children).then(() => {
      rmSync(folder, { recursive: true, force: true })
      process.exit(code)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  // A reader that went away (`| head -1`) is no reason to leave processes behind.
  process.stdout.on('error', () => end(0))
  const start = (script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}, once?: 'once'): Child => {
    const child = startChild(join(root, script), args, { ...process.env, ...env })
    children.push(child)
    child.ended.then((how) => {
      if (ending || (once && how === 'code 0')) return
      say(`${script} ended unexpectedly (${how}); ending the demo.\n${child.lastWords()}`)
      end(1)
    })
    return child
  }
  try {
    await startHouse(folder, start)
  } catch (error) {
    if (!ending) say(error instanceof Error ? error.message : String(error))
    end(1)
  }
  await ending
}

type Start = (script: string, args?: string[], env?: NodeJS.ProcessEnv, once?: 'once') => Child

async function startHouse(folder: string, start: Start): Promise<void> {
  const telegram = start('sim/telegram/main.ts', [
    ...['--token', DEMO_TOKEN, '--bot-name', 'Bookwright', '--bot-username', 'bookwright_bot', '--hint', HINT],
    ...[...PEOPLE, CARLA].flatMap(({ user }) => ['--user', JSON.stringify(user)]),
  ])
  const portal = start(
    'sim/polimisport/main.ts',
    [...PEOPLE, CARLA].flatMap(({ user, username, password, secret }) => [
      '--person',
      JSON.stringify({ username, password, secret, name: user.first_name }),
    ]),
  )
  const delftX = start(
    'sim/delft-x/main.ts',
    [...PEOPLE, CARLA].flatMap(({ user, netId, password }) => [
      '--person',
      JSON.stringify({ username: netId, password, name: user.first_name }),
    ]),
  )
  const [{ url, chatUrl }, polimisport, x] = await Promise.all([telegram.ready(), portal.ready(), delftX.ready()])
  const config = join(folder, 'config.json')
  const portals = {
    polimisport: { baseUrl: polimisport['baseUrl'], ssoBaseUrl: polimisport['ssoBaseUrl'] },
    'delft-x': { baseUrl: x['baseUrl'], apiUrl: x['apiUrl'], ssoUrl: x['ssoUrl'] },
  }
  writeFileSync(config, JSON.stringify(configFor(String(url), portals)), { mode: 0o600 })
  const env = { BOOKWRIGHT_CONFIG: config }
  const browser = start('src/scripts/ensure-browser-main.ts', [], env, 'once')
  browser.onLine((line) => say(line))
  await browser.finished()
  // The worker first: it makes the tables, and the bot finds them made.
  const worker = start('src/worker/main.ts', [], env)
  await worker.logged('worker started')
  const bot = start('src/bot/main.ts', [], env)
  const periodic = start('src/periodic/main.ts', [], env)
  const timetable = start('src/scripts/refresh-courses.ts', [], env, 'once')
  await Promise.all([bot.logged('bot started'), periodic.logged('periodic started'), timetable.finished()])
  await slowDown(String(polimisport['controlUrl']))
  console.log(`\nChat:  ${chatUrl}`)
  console.log(`Site:  ${polimisport['controlUrl']}/  (what the stand-in of Polimisport holds)`)
  console.log(`       ${x['controlUrl']}/  (what that of X TU Delft holds)`)
  console.log('\nOpen the chat in a browser and send /start. Ctrl-C ends everything.')
}

/** From here on the site answers as slowly as a real one, so that the steps of a booking can be watched. */
async function slowDown(controlUrl: string): Promise<void> {
  const site = connectPolimisport(controlUrl)
  await site.setFault({ id: 'slow-page', seconds: 0.25 })
  await site.setFault({ id: 'slow-ajax', seconds: 0.7 })
}

function configFor(apiRoot: string, portals: Record<string, Record<string, unknown>>) {
  return {
    telegram: { botToken: DEMO_TOKEN, ownerId: ADA.id, apiRoot },
    portals,
    // Bruno's session reads the timetable: Ada's first booking shows the whole login, password and code.
    accounts: PEOPLE.toReversed().flatMap(({ user, username, password, secret, netId }) => [
      {
        portal: 'polimisport',
        owner: user.id,
        username,
        password,
        otpauth: `otpauth://totp/Polimisport:${username}?secret=${secret}&issuer=Polimisport`,
      },
      { portal: 'delft-x', owner: user.id, username: netId, password },
    ]),
  }
}

function say(text: string): void {
  console.error(`bookwright: ${text}`)
}

await demo()
