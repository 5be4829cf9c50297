import { parseArgs } from 'node:util'
import { runMain } from '../core/run-main.ts'
import type { Filter } from '../db/actions/overview.ts'
import { type Command, parsed, runCommand, UsageError, wholeNumber } from './command.ts'
import { cancel, retry } from './queue/change.ts'
import { overview } from './queue/overview.ts'
import { list, show } from './queue/show.ts'

const USAGE = `Usage: ./bookwright queue [command] [--json]
  (none)       how the queue stands
  list         actions, newest first
                 --state pending|processing|completed|failed|cancelled|expired|open|ended
                 --user ID     only this user's (the Telegram user id)
                 --limit N     so many at most (20)
  show ID      everything about one action
  retry ID     asks again for one that failed, expired or was cancelled
  cancel ID    takes one back
  --json       prints one JSON document`

const STATES = ['pending', 'processing', 'completed', 'failed', 'cancelled', 'expired', 'open', 'ended'] as const

/** What the arguments ask for. Throws `UsageError`. */
function commandOf(args: string[]): Command {
  const { values, positionals } = parse(args)
  const [name, id, ...rest] = positionals
  const isList = name === 'list'
  const stray = isList ? id : rest[0]
  if (stray !== undefined) throw new UsageError(`what is '${stray}'?`)
  if (!isList && (values.state ?? values.user ?? values.limit) !== undefined)
    throw new UsageError('--state, --user and --limit belong to list')
  const json = values.json
  switch (name) {
    case undefined:
      return { json, run: ({ db }) => overview(db) }
    case 'list': {
      const filter = filterOf(values)
      return { json, run: ({ db }) => list(db, filter) }
    }
    case 'show':
    case 'retry':
    case 'cancel': {
      const number = wholeNumber('the number of an action', id?.replace(/^#/, ''))
      const command = { show, retry, cancel }[name]
      return { json, run: ({ db }) => command(db, number) }
    }
    default:
      throw new UsageError(`there is no command '${name}'`)
  }
}

function parse(args: string[]) {
  return parsed(() =>
    parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        state: { type: 'string' },
        user: { type: 'string' },
        limit: { type: 'string' },
      },
    }),
  )
}

function filterOf(values: {
  state?: string | undefined
  user?: string | undefined
  limit?: string | undefined
}): Filter {
  const state = STATES.find((one) => one === values.state)
  if (values.state !== undefined && state === undefined) throw new UsageError(`there is no state '${values.state}'`)
  return {
    state,
    userId: values.user === undefined ? undefined : wholeNumber('--user', values.user),
    limit: wholeNumber('--limit', values.limit ?? '20'),
  }
}

/** `./bookwright queue`. */
await runMain(() => runCommand('queue', USAGE, commandOf))
