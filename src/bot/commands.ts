import type { Api } from 'grammy'
import type { People } from './people.ts'
import type { Words } from './texts.ts'

const COMMANDS = ['start', 'book', 'bookings', 'timetable', 'status', 'cancel', 'refresh', 'accounts', 'help'] as const

/** Tells Telegram the commands: English for everybody, Italian for whoever uses Telegram in Italian. */
export async function registerCommands(api: Api, people: People): Promise<void> {
  await api.setMyCommands(commandsIn(people.words('en')))
  await api.setMyCommands(commandsIn(people.words('it')), { language_code: 'it' })
}

function commandsIn(words: Words) {
  return COMMANDS.map((command) => ({ command, description: words.text(`command-${command}`) }))
}

/** Whether a message is one of these commands, addressed to this bot or to none in particular. */
export function isCommand(text: string): boolean {
  const name = /^\/([a-z_]+)(?:@\w+)?(?:\s|$)/i.exec(text)?.[1]?.toLowerCase()
  return COMMANDS.some((command) => command === name)
}
