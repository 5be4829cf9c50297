import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Config, configPath, readConfig } from '../core/config.ts'
import { UserError } from '../core/errors.ts'
import { keepSecret } from '../core/log.ts'
import { runMain } from '../core/run-main.ts'
import { ensureVaultKey, openVault } from '../core/vault.ts'
import { listAccounts, takeOverAccount } from '../db/accounts.ts'
import { openDatabase } from '../db/database.ts'
import { takeOverConfig } from '../db/take-over.ts'
import { listOwners } from '../db/users.ts'
import { portals } from '../portals/registry.ts'
import { checkPortalSettings } from '../portals/settings.ts'
import { ensureBrowser } from './ensure-browser.ts'
import { type Answers, askAccount, askTelegram } from './setup-questions.ts'
import { showOwner } from './show-owner.ts'
import { writeConfig } from './write-config.ts'

const HELP = `Usage: ./bookwright setup [options]

Makes config.json, the vault key and the database, and finds a browser. Nothing that is there is overwritten.
At a terminal it asks for what it needs; otherwise give it as options or in the environment:

  --bot-token TEXT   BOOKWRIGHT_BOT_TOKEN   the token that BotFather gave you
  --owner-id NUMBER  BOOKWRIGHT_OWNER_ID    your Telegram user id; leave it out to become the owner by a link
  --portal ID        BOOKWRIGHT_PORTAL      the site of the account: ${portals.map(({ id }) => id).join(', ')} (the first one if left out)
  --username TEXT    BOOKWRIGHT_USERNAME    your login there; leave it out for no account
  --password TEXT    BOOKWRIGHT_PASSWORD    its password; better in the environment: options show in process lists
  --otpauth TEXT     BOOKWRIGHT_OTPAUTH     the otpauth:// URL, or the secret, of its second factor
  --name TEXT        BOOKWRIGHT_NAME        what to call the account
`

await runMain(async () => {
  const answers = readAnswers()
  const path = configPath()
  if (existsSync(path)) console.log(`✓ ${path} is there and stays as it is`)
  else {
    const telegram = await askTelegram(answers)
    writeConfig(path, telegram)
    console.log(`✓ made ${path}`)
  }
  const config = readConfig(path)
  checkPortalSettings(config)
  await makeHouse(config, answers)
  const browser = await ensureBrowser(config.browser, (line) => console.log(`  ${line}`))
  console.log(`✓ browser: ${browser}`)
  await showOwner(config)
  process.exit(0)
})

function readAnswers(): Answers {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      'bot-token': text,
      'owner-id': text,
      portal: text,
      username: text,
      password: text,
      otpauth: text,
      name: text,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.log(HELP)
    process.exit(0)
  }
  const { env } = process
  const answers: Answers = {
    botToken: values['bot-token'] ?? env['BOOKWRIGHT_BOT_TOKEN'],
    ownerId: values['owner-id'] ?? env['BOOKWRIGHT_OWNER_ID'],
    portal: values.portal ?? env['BOOKWRIGHT_PORTAL'],
    username: values.username ?? env['BOOKWRIGHT_USERNAME'],
    password: values.password ?? env['BOOKWRIGHT_PASSWORD'],
    otpauth: values.otpauth ?? env['BOOKWRIGHT_OTPAUTH'],
    name: values.name ?? env['BOOKWRIGHT_NAME'],
  }
  for (const secret of [answers.botToken, answers.password, answers.otpauth]) keepSecret(secret)
  return answers
}

async function makeHouse(config: Config, answers: Answers): Promise<void> {
  const { keyFile } = config.vault
  const db = await openDatabase({ url: config.database.url })
  try {
    console.log(`✓ database: ${config.database.url}`)
    if (existsSync(keyFile) || (await listAccounts(db.read)).length === 0)
      console.log(ensureVaultKey(keyFile) ? `✓ made the vault key ${keyFile}: back it up` : `✓ vault key: ${keyFile}`)
    const vault = openVault(keyFile)
    for (const { name, outcome } of await takeOverConfig(db, vault, config))
      console.log(`✓ account ${name}: ${outcome === 'unchanged' ? 'in the vault' : `${outcome} in the vault`}`)
    const hasAccount = (await listAccounts(db.read)).length > 0
    const [owner] = await listOwners(db.read)
    if (!owner) return refuseAccount(answers)
    const account = await askAccount(answers, hasAccount)
    if (account) {
      const { portal, credentials } = account
      const name = answers.name ?? portal.name
      const outcome = await takeOverAccount(db, vault, {
        userId: owner.id,
        portal: portal.id,
        name,
        credentials,
      })
      console.log(`✓ account ${name}: ${outcome === 'unchanged' ? 'in the vault' : `${outcome} in the vault`}`)
    } else if (!hasAccount) console.log('• no account yet: add it in the chat, or run ./bookwright setup again')
  } catch (error) {
    if (error instanceof UserError) throw new UserError(error.message)
    throw error
  } finally {
    await db.close()
  }
}

/** An account belongs to somebody: until there is an owner, it can only be left for later. */
function refuseAccount({ username }: Answers): void {
  if (username !== undefined)
    throw new UserError(
      'The account was not added: there is no owner yet whose it could be. Become the owner first, with the link that ./bookwright setup prints without --username; then add it in the chat, or here.',
    )
  console.log('• no account yet: add it in the chat, once you are the owner')
}
