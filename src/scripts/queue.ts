import { parseArgs } from 'node:util'
import { messageOf, UserError } from '../core/errors.ts'
import { maskSecrets } from '../core/log.ts'
import { runMain } from '../core/run-main.ts'
import type { Filter } from '../db/actions/overview.ts'
import type { Database } from '../db/database.ts'
import { openHouse } from '../db/open-house.ts'
import type { Answer } from './queue/answer.ts'
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

class UsageError extends Error {}

type Command = (db: Database) => Promise<Answer>

/** What the arguments ask for. Throws `UsageError`. */
function commandOf(args: string[]): { command: Command; json: boolean } {
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
      return { json, command: overview }
    case 'list': {
      const filter = filterOf(values)
      return { json, command: (db) => list(db, filter) }
    }
    case 'show':
    case 'retry':
    case 'cancel': {
      const number = wholeNumber('the number of an action', id?.replace(/^#/, ''))
      const command = { show, retry, cancel }[name]
      return { json, command: (db) => command(db, number) }
    }
    default:
      throw new UsageError(`there is no command '${name}'`)
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        state: { type: 'string' },
        user: { type: 'string' },
        limit: { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError(messageOf(error))
  }
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

function wholeNumber(what: string, text: string | undefined): number {
  if (text === undefined) throw new UsageError(`${what} is missing`)
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`${what} has to be a number from 1, not '${text}'`)
  return Number(text)
}

/** `./bookwright queue`. */
async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const wantsJson = args.includes('--json')
  try {
    const { command, json } = commandOf(args)
    const { db } = await openHouse('queue')
    try {
      const { lines, json: data } = await command(db)
      console.log(json ? JSON.stringify(data, undefined, 2) : lines.join('\n'))
    } finally {
      await db.close()
    }
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof UserError)) throw error
    const text = maskSecrets(error.message)
    if (wantsJson) console.log(JSON.stringify({ error: text }))
    else console.error(`bookwright: ${text}${error instanceof UsageError ? `\n${USAGE}` : ''}`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

await runMain(main)
