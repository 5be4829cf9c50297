import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../core/clock.ts'
import { configPath, readConfig } from '../core/config.ts'
import { UserError } from '../core/errors.ts'
import { runMain } from '../core/run-main.ts'
import type { Unsure } from '../db/after-restore.ts'
import { restore } from '../db/copies/restore.ts'
import { databaseFile } from '../db/database.ts'

const USAGE = 'Usage: ./bookwright restore FILE   (a file made by ./bookwright backup)'

/** Puts a backup in the place of the database; bot and workers must be stopped. */
await runMain(async () => {
  const file = readArgument()
  const config = readConfig(configPath())
  const { url } = config.database
  if (!url.startsWith('file:'))
    throw new UserError(
      'The database is on PostgreSQL, which brings its own tools for this: ./bookwright backup FILE shows the commands.',
    )
  const target = databaseFile(url)
  const { kept, unsure } = await restore({ file, target, keyFile: config.vault.keyFile, now: systemClock.now() })
  console.log(`✓ ${target} is now what was in ${file}`)
  if (kept) console.log(`✓ the database that it replaces is kept as ${kept}`)
  tellOpen(unsure)
  console.log('• Bookings made or cancelled since the backup are not in it: after ./bookwright start run')
  console.log('  ./bookwright sync-bookings, or wait an hour, and they are as the site has them.')
  console.log('• A password changed since the backup has to be entered again: ./bookwright doctor tells.')
})

function readArgument(): string {
  const [file, ...more] = parse()
  if (!file || more.length > 0) throw new UserError(USAGE)
  return resolve(file)
}

function parse(): string[] {
  try {
    return parseArgs({ allowPositionals: true }).positionals
  } catch {
    throw new UserError(USAGE)
  }
}

function tellOpen(unsure: Unsure[]): void {
  if (unsure.length === 0) return
  console.log(
    '• These requests were open in the backup. Half a minute from now a worker asks the site about each before it',
  )
  console.log(
    '  sends anything, so nothing is booked twice. What you took back after the backup is asked for again: take it',
  )
  console.log('  back in the chat once more, or cancel the booking.')
  for (const { id, action_type, course_name, location, date, time_slot } of unsure)
    console.log(`    #${id} ${action_type} ${course_name ?? location}, ${date} ${time_slot}`)
}
