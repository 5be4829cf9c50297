import { existsSync } from 'node:fs'
import { systemClock } from '../core/clock.ts'
import { type Config, configPath, readConfig } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'
import { createLog, keepSecret, maskSecrets } from '../core/log.ts'
import { openVault, type Vault } from '../core/vault.ts'
import { type Account, listAccounts, openCredentials } from '../db/accounts.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { readPostgresUrl } from '../db/dialects/postgres-url.ts'
import { listOwners } from '../db/users.ts'
import { countLiveWorkers } from '../db/workers.ts'
import type { PortalFacts } from '../portals/contract.ts'
import { portals } from '../portals/registry.ts'
import { checkPortalSettings, urlsOf } from '../portals/settings.ts'
import { startWorker } from '../worker/worker.ts'
import { askBotName } from './bot-name.ts'
import { measureClockOffset } from './clock-offset.ts'
import { describeBrowser } from './ensure-browser.ts'
import { runAction } from './run-actions.ts'

const CLOCK_TOLERANCE_MS = 5_000
let failures = 0

/** One line a check: what is so, and what to do where it is not well. Exit code 1 when anything is wrong. */
function report(ok: boolean | 'note', what: string, text: string): void {
  if (ok === false) failures += 1
  console.log(`${ok === true ? '✓' : ok === 'note' ? '•' : '✗'} ${what}: ${maskSecrets(text)}`)
}

async function check(what: string, work: () => Promise<string>): Promise<boolean> {
  try {
    report(true, what, await work())
    return true
  } catch (error) {
    report(false, what, messageOf(error))
    return false
  }
}

await doctor()
process.exit(failures === 0 ? 0 : 1)

async function doctor(): Promise<void> {
  report(true, 'Node', process.version)
  let config: Config | undefined
  await check('Configuration', async () => {
    config = readConfig(configPath())
    checkPortalSettings(config)
    keepSecret(config.telegram.botToken)
    return config.path
  })
  if (!config) return
  const { ok, text } = await describeBrowser(config.browser)
  report(ok, 'Browser', text)
  await checkTelegram(config)
  const db = await checkDatabase(config)
  if (!db) return
  try {
    const reachable = await checkPortals(config, db)
    const hasOwner = await checkOwner(config, db)
    const vault = await checkVault(config, db)
    if (vault) await checkAccounts(config, db, vault, { reachable, hasOwner })
  } finally {
    await db.close()
  }
}

async function checkTelegram({ telegram }: Config): Promise<void> {
  await check('Telegram', async () => {
    const bot = await askBotName(telegram)
    if ('username' in bot) return `the bot is @${bot.username}`
    if (bot.problem === 'refused')
      throw new Error('the token is not valid: take the current one from @BotFather and put it into telegram.botToken')
    throw new Error(`${telegram.apiRoot} does not answer (${bot.reason}): check the network`)
  })
}

/** The portals that have accounts here, or all while there is none yet. Answers those that were reached. */
async function checkPortals(config: Config, db: Database): Promise<ReadonlySet<string>> {
  const used = new Set((await listAccounts(db.read)).map(({ portal }) => portal))
  const reached = new Set<string>()
  for (const portal of portals)
    if ((used.size === 0 || used.has(portal.id)) && (await checkPortal(config, portal))) reached.add(portal.id)
  return reached
}

async function checkPortal(config: Config, portal: PortalFacts): Promise<boolean> {
  const url = urlsOf(config, portal).baseUrl
  return await check(portal.name, async () => {
    const { offsetMs, accuracyMs } = await measureClockOffset(url, systemClock)
    const size = Math.abs(offsetMs)
    const clock = `its clock is ${size} ms ${offsetMs >= 0 ? 'ahead of' : 'behind'} ours (± ${accuracyMs} ms)`
    if (size > CLOCK_TOLERANCE_MS + accuracyMs)
      throw new Error(`${clock}: switch on time synchronisation on this machine`)
    return `${url} answers; ${clock}`
  })
}

async function checkDatabase(config: Config): Promise<Database | undefined> {
  let db: Database | undefined
  await check('Database', async () => {
    db = await openDatabase({ url: config.database.url })
    const { version, integrity } = await db.inspect()
    const { url } = config.database
    const shown = url.startsWith('file:') ? url : readPostgresUrl(url).masked
    if (integrity !== 'ok') throw new Error(`${shown} is damaged (${integrity}): restore a backup`)
    await db.write((tx) => tx.deleteFrom('bot_state').where('key', '=', 'doctor').execute())
    return `${shown}, engine ${version}, writable, sound`
  })
  return db
}

/** A house without an owner is not wrong, only not at the end of its first steps. */
async function checkOwner({ telegram }: Config, db: Database): Promise<boolean> {
  const [owner] = await listOwners(db.read)
  const isThere = owner !== undefined || telegram.ownerId !== undefined
  report(
    isThere || 'note',
    'Owner',
    isThere
      ? owner?.first_name || `Telegram user ${owner?.id ?? telegram.ownerId}`
      : 'there is none yet: run ./bookwright setup, then ./bookwright start, and open the link that setup prints',
  )
  return isThere
}

async function checkVault(config: Config, db: Database): Promise<Vault | undefined> {
  const { keyFile } = config.vault
  let vault: Vault | undefined
  await check('Vault', async () => {
    if (!existsSync(keyFile)) throw new Error(`there is no key at ${keyFile}: run ./bookwright setup, or restore it`)
    vault = openVault(keyFile)
    const accounts = await listAccounts(db.read)
    for (const account of accounts) await openCredentials(db.read, vault, account.id)
    return `${keyFile} opens the secrets of ${accounts.length} account${accounts.length === 1 ? '' : 's'}`
  })
  return vault
}

/** The login is a worker's business, so that no account is ever used twice at once: without one, we are it for the check. */
async function checkAccounts(
  config: Config,
  db: Database,
  vault: Vault,
  { reachable, hasOwner }: { reachable: ReadonlySet<string>; hasOwner: boolean },
): Promise<void> {
  const workers = await countLiveWorkers(db)
  report(workers > 0 || 'note', 'Worker', workers > 0 ? `${workers} running` : 'none is running: ./bookwright start')
  const accounts = await listAccounts(db.read)
  if (accounts.length === 0)
    report(!hasOwner && 'note', 'Accounts', 'there is none: add one in the chat, or with ./bookwright setup')
  const log = createLog('doctor', 'silent')
  const ours =
    workers === 0 && reachable.size > 0 ? await startWorker({ db, vault, log, config, types: ['check'] }) : undefined
  for (const account of accounts) await checkLogin(db, account, reachable.has(account.portal))
  await ours?.stop('at once')
}

async function checkLogin(
  db: Database,
  { id, portal, name, state, suspended_by }: Account,
  reachable: boolean,
): Promise<void> {
  const what = `Login of ${name}`
  if (!reachable) return report('note', what, 'not tried: the site does not answer')
  if (suspended_by === 'user') return report('note', what, 'not tried: its user has suspended it')
  if (state === 'suspended')
    return report(false, what, 'suspended, the site refused its password: correct it in the chat, with /accounts')
  await check(what, async () => {
    const action = await runAction(db, { type: 'check', userId: null, accountId: id, portal })
    if (action?.status === 'completed') return 'works'
    throw new Error(action?.error?.message ?? 'no answer from the worker: see ./bookwright logs')
  })
}
