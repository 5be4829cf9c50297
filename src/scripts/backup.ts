import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { type Config, configPath, readConfig } from '../core/config.ts'
import { UserError } from '../core/errors.ts'
import { runMain } from '../core/run-main.ts'
import { backUp } from '../db/copies/backup.ts'
import { databaseFile } from '../db/database.ts'
import { counted } from './counted.ts'

const USAGE = 'Usage: ./bookwright backup FILE [--force]   (FILE such as ~/bookwright-monday.db)'

/** Copies the database to a file while bot and workers run. */
await runMain(async () => {
  const { target, overwrite } = readArguments()
  const config = readConfig(configPath())
  const { url } = config.database
  if (!url.startsWith('file:')) throw new UserError(postgresHint(url, target))
  const { keyFile } = config.vault
  const contents = await backUp(databaseFile(url), target, { overwrite, precious: [keyFile, config.path] })
  const size = (contents.bytes / 1024 / 1024).toFixed(1)
  console.log(`✓ ${target}: ${size} MB, checked and sound`)
  const { actions, bookings, accounts } = contents
  console.log(`  ${counted(actions, 'action')}, ${counted(bookings, 'booking')}, ${counted(accounts, 'account')}`)
  console.log(`• ${missing(config)}`)
})

function readArguments(): { target: string; overwrite: boolean } {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { force: { type: 'boolean' } } })
    const [file, ...more] = positionals
    if (file && more.length === 0) return { target: resolve(file), overwrite: values.force === true }
  } catch {
    // An option that there is not: the usage says which there are.
  }
  throw new UserError(USAGE)
}

function missing({ vault, path }: Config): string {
  return `The vault key ${vault.keyFile} is NOT in it. Keep a copy of the key too, somewhere else than the backup: without it the passwords in the backup cannot be opened, and with it whoever finds both can log in as you. The configuration ${path} is not in it either.`
}

/** PostgreSQL has its own tools for this; where they find the password is said, not what it is. */
function postgresHint(url: string, target: string): string {
  const { host, port, database, user } = new Client({ connectionString: url })
  const at = `--host=${quoted(host)} --port=${port} --username=${quoted(user ?? '')}`
  const name = quoted(database ?? '')
  return `The database is on PostgreSQL, which brings its own tools for this. They take the password from PGPASSWORD or ~/.pgpass.
  to back up:  pg_dump --format=custom ${at} --file=${quoted(target)} ${name}
  to restore (after ./bookwright stop):  pg_restore --clean --if-exists --no-owner --single-transaction ${at} --dbname=${name} ${quoted(target)}
Keep the vault key too: it is not in the dump.`
}

function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
