import { Changes } from './changes.ts'
import { Clock } from './clock.ts'
import { CommandLists } from './commands.ts'
import { Faults } from './faults.ts'
import { FileStore } from './files.ts'
import { Flood } from './flood.ts'
import { Messages } from './messages.ts'
import type { Json, User } from './model.ts'
import { People } from './people.ts'
import { Presses } from './presses.ts'
import { UpdateQueue } from './update-queue.ts'
import { WireLog } from './wire-log.ts'

/** A request that departs from the specification: for a test, a bug of the bot. */
export interface Violation {
  method: string
  text: string
}

export interface SimOptions {
  token: string
  botName: string
  botUsername: string
  clock: () => Temporal.Instant
  users: User[]
  strict: boolean
  hint: string | undefined
}

/** The whole simulated Telegram, seen by one bot. */
export interface Sim {
  readonly token: string
  readonly bot: { id: number; is_bot: true; first_name: string; username: string }
  readonly strict: boolean
  readonly hint: string | undefined
  readonly clock: Clock
  readonly changes: Changes
  readonly people: People
  readonly messages: Messages
  readonly updates: UpdateQueue
  readonly presses: Presses
  readonly files: FileStore
  readonly commands: CommandLists
  readonly faults: Faults
  readonly flood: Flood
  readonly wire: WireLog
  readonly violations: Violation[]
  /** Simple settings of the bot (descriptions, menu buttons), by name and language or chat. */
  readonly settings: Map<string, Json>
  webhookUrl: string
}

export function createSim(options: SimOptions): Sim {
  const clock = new Clock(options.clock)
  const changes = new Changes()
  const people = new People(clock, changes)
  for (const user of options.users) people.put(user)
  return {
    token: options.token,
    bot: {
      id: Number.parseInt(options.token, 10),
      is_bot: true,
      first_name: options.botName,
      username: options.botUsername,
    },
    strict: options.strict,
    hint: options.hint,
    clock,
    changes,
    people,
    messages: new Messages(changes),
    updates: new UpdateQueue(clock, changes),
    presses: new Presses(clock, changes),
    files: new FileStore(),
    commands: new CommandLists(changes),
    faults: new Faults(),
    flood: new Flood(clock),
    wire: new WireLog(options.token),
    violations: [],
    settings: new Map(),
    webhookUrl: '',
  }
}
