import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Config, configPath, readConfig } from '../core/config.ts'
import { UserError } from '../core/errors.ts'
import { runMain } from '../core/run-main.ts'
import { openVault } from '../core/vault.ts'
import { openAlone } from '../db/copies/sqlite-file.ts'
import { databaseFile, openDatabase } from '../db/database.ts'
import { readPostgresUrl } from '../db/dialects/postgres-url.ts'
import { copyEverything } from '../db/move/copy.ts'
import { openSource } from '../db/move/source.ts'
import { counted } from './counted.ts'

const USAGE = 'Usage: ./bookwright migrate-to postgres://user@host:5432/database   (the password in PGPASSWORD)'

/** Copies everything from the configured SQLite database to an empty PostgreSQL one; bot and workers must be stopped. */
await runMain(async () => {
  const { url, masked } = readPostgresUrl(readArgument())
  const config = readConfig(configPath())
  if (!config.database.url.startsWith('file:'))
    throw new UserError('database.url names a PostgreSQL database already. This moves a SQLite database there.')
  const file = databaseFile(config.database.url)
  await bringUpToDate(file)
  const source = openSource(file)
  try {
    await migrate(source, url, config)
  } finally {
    source.close()
  }
  console.log(`✓ everything in ${file} is now in ${masked}`)
  console.log(
    `\nNow put this into ${config.path}${masked.includes('•••') ? ', with the password in the place of •••' : ''}:`,
  )
  console.log(`\n  "database": { "url": "${masked}" }\n`)
  console.log(
    'and run ./bookwright doctor, then ./bookwright start. Keep the vault key: it opens the secrets there too.',
  )
  console.log(`${file} was left untouched; when all is well you may remove it.`)
})

function readArgument(): string {
  const [url, ...more] = parse()
  if (!url || more.length > 0) throw new UserError(USAGE)
  return url
}

function parse(): string[] {
  try {
    return parseArgs({ allowPositionals: true }).positionals
  } catch {
    throw new UserError(USAGE)
  }
}

/** The tables of an older version are changed as at every start. */
async function bringUpToDate(file: string): Promise<void> {
  openAlone(file).close()
  await (await openDatabase({ url: `file:${file}` })).close()
}

async function migrate(source: ReturnType<typeof openSource>, url: string, config: Config): Promise<void> {
  const target = await openDatabase({ url }).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.message.replace(/database\.url( in the configuration)?/, 'the address'), { cause: error })
  })
  try {
    const { keyFile } = config.vault
    const vault =
      existsSync(keyFile) || source.count({ name: 'accounts', key: 'id' }) > 0 ? openVault(keyFile) : undefined
    const secrets = await copyEverything(source, target, vault, (text) => console.log(`  ${text}`))
    console.log(`✓ compared row by row; ${counted(secrets, 'sealed secret')} can be opened with ${keyFile}`)
  } finally {
    await target.close()
  }
}
