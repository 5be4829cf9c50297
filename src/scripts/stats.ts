import { parseArgs } from 'node:util'
import { runMain } from '../core/run-main.ts'
import { type Command, parsed, runCommand, wholeNumber } from './command.ts'
import { stats } from './stats/stats.ts'

const USAGE = `Usage: ./bookwright stats [--days N] [--json]
  --days N     of the last N days (30)
  --json       prints one JSON document`

/** What the arguments ask for. Throws `UsageError`. */
function commandOf(args: string[]): Command {
  const { values } = parsed(() =>
    parseArgs({
      args,
      options: { json: { type: 'boolean', default: false }, days: { type: 'string', default: '30' } },
    }),
  )
  const days = wholeNumber('--days', values.days)
  return { json: values.json, run: (house) => stats(house, days) }
}

/** `./bookwright stats`. */
await runMain(() => runCommand('stats', USAGE, commandOf))
