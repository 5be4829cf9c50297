import type { Changes } from './changes.ts'
import { badRequest } from './errors.ts'

export interface BotCommand {
  command: string
  description: string
}

const SCOPES = [
  'default',
  'all_private_chats',
  'all_group_chats',
  'all_chat_administrators',
  'chat',
  'chat_administrators',
  'chat_member',
]

/** The lists of commands the bot has set, each for a scope and a language. */
export class CommandLists {
  readonly #changes: Changes
  readonly #lists = new Map<string, BotCommand[]>()

  constructor(changes: Changes) {
    this.#changes = changes
  }

  set(scope: string, language: string, commands: BotCommand[]): void {
    this.#lists.set(`${scope}|${language}`, commands)
    this.#changes.note()
  }

  get(scope: string, language: string): BotCommand[] {
    return this.#lists.get(`${scope}|${language}`) ?? []
  }

  delete(scope: string, language: string): void {
    this.#lists.delete(`${scope}|${language}`)
    this.#changes.note()
  }

  /** What a user sees in the menu of a private chat: the nearest list that has commands. */
  seenBy(userId: number, language: string): BotCommand[] {
    for (const scope of [`chat:${userId}`, 'all_private_chats', 'default']) {
      const list = this.#lists.get(`${scope}|${language}`) ?? this.#lists.get(`${scope}|`)
      if (list && list.length > 0) return list
    }
    return []
  }
}

/** The key of a BotCommandScope. */
export function readScope(value: unknown): string {
  if (value === undefined) return 'default'
  const scope = asObject(value, "can't parse BotCommandScope: object expected")
  const type = String(scope['type'] ?? '')
  if (!SCOPES.includes(type)) throw badRequest("can't parse BotCommandScope: Unsupported type specified")
  return scope['chat_id'] === undefined
    ? type
    : [type, scope['chat_id'], scope['user_id'] ?? ''].join(':').replace(/:$/, '')
}

/** The commands of setMyCommands, checked as the server does. */
export function readCommands(value: unknown): BotCommand[] {
  if (!Array.isArray(value)) throw badRequest("can't parse commands list: expected an Array of BotCommand")
  const commands = value.map(readCommand)
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  return commands
}

function readCommand(value: unknown): BotCommand {
  const item = asObject(value, "can't parse BotCommand: expected an Object")
  for (const name of ['command', 'description']) {
    if (!(name in item)) throw badRequest(`can't parse BotCommand: Can't find field "${name}"`)
    if (typeof item[name] !== 'string') {
      throw badRequest(`can't parse BotCommand: Field "${name}" must be of type String`)
    }
  }
  const command = String(item['command']).trim().replace(/^\//, '')
  const description = String(item['description']).trim()
  if (command === '') throw badRequest('command must be non-empty')
  if ([...command].length > 32) throw badRequest('command length must not exceed 32')
  if (description === '') throw badRequest('command description must be non-empty')
  if ([...description].length > 256) throw badRequest('command description length must not exceed 256')
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  return { command, description }
}

function asObject(value: unknown, complaint: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badRequest(complaint)
  return { ...value }
}
