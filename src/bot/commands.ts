import type { Api } from 'grammy'
import type { Database } from '../db/database.ts'
import { listOwners } from '../db/users.ts'
import type { People } from './people.ts'
import { canPlan } from './plans/access.ts'
import type { Words } from './texts.ts'

const COMMANDS = [
  'start',
  'book',
  'bookings',
  'recurring',
  'plan',
  'week',
  'timetable',
  'accounts',
  'status',
  'why',
  'history',
  'stats',
  'calendar',
  'cancel',
  'refresh',
  'help',
] as const
const OWNER_COMMANDS = [...COMMANDS, 'invite', 'users'] as const
/** With those that no list shows. */
const ALL_COMMANDS = [...OWNER_COMMANDS, 'leave'] as const

/** Tells Telegram the commands: English for everybody, Italian for whoever uses Telegram in Italian. */
export async function registerCommands(api: Api, people: People, db: Database): Promise<void> {
  const commands = await usable(db, COMMANDS)
  await api.setMyCommands(commandsIn(people.words('en'), commands))
  await api.setMyCommands(commandsIn(people.words('it'), commands), { language_code: 'it' })
  for (const { id } of await listOwners(db.read)) await registerOwnerCommands(api, people, db, id)
}

/** Those of the owner, shown in their chat only. Telegram refuses while they have never written to the bot. */
export async function registerOwnerCommands(api: Api, people: People, db: Database, ownerId: number): Promise<void> {
  const scope = { type: 'chat', chat_id: ownerId } as const
  const commands = await usable(db, OWNER_COMMANDS)
  await api.setMyCommands(commandsIn(people.words('en'), commands), { scope })
  await api.setMyCommands(commandsIn(people.words('it'), commands), { scope, language_code: 'it' })
}

type Command = (typeof OWNER_COMMANDS)[number]

/** Without those that are of no use in this house as it is; they are understood all the same. */
async function usable(db: Database, commands: readonly Command[]): Promise<Command[]> {
  const hasPlans = await canPlan(db)
  return commands.filter((command) => command !== 'plan' || hasPlans)
}

function commandsIn(words: Words, commands: readonly Command[]) {
  return commands.map((command) => ({ command, description: words.text(`command-${command}`) }))
}

/** Whether a message is a command of this bot's, listed or not, addressed to it or to none in particular. */
export function isCommand(text: string): boolean {
  const name = /^\/([a-z_]+)(?:@\w+)?(?:\s|$)/i.exec(text)?.[1]?.toLowerCase()
  return ALL_COMMANDS.some((command) => command === name)
}
