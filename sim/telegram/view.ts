import type { BotCommand } from './commands.ts'
import type { Entity, InlineButton, Media, Message, ReplyKeyboard, User } from './model.ts'
import type { Person } from './people.ts'
import type { PressAnswer } from './presses.ts'
import type { Sim } from './sim.ts'

/** A button as a person sees it. Exactly one of the actions is there; `row` counts from 0. */
export interface SeenButton {
  label: string
  row: number
  data?: string
  url?: string
  copy?: string
}

/** A file in a chat. `url` is a path on the simulator. */
interface SeenFile {
  name: string
  mimeType: string
  size: number
  url: string
}

/** A message as a person sees it. `changed` grows with every change in the simulated world. */
export interface SeenMessage {
  id: number
  from: 'bot' | 'user'
  text: string
  entities: Entity[]
  date: string
  edited: boolean
  buttons: SeenButton[]
  document?: SeenFile
  photo?: SeenFile & { width: number; height: number }
  replyTo?: { id: number; text: string }
  changed: number
}

/** A press and whether its button still turns. */
export interface SeenPress {
  id: string
  messageId: number
  data: string
  waiting: boolean
  answer?: PressAnswer
}

/** A chat as its user sees it at one moment. */
export interface ChatView {
  revision: number
  bot: { name: string; username: string; description: string }
  user: User
  hint?: string
  started: boolean
  blocked: boolean
  messages: SeenMessage[]
  presses: SeenPress[]
  replyKeyboard?: ReplyKeyboard
  placeholder?: string
  /** What the bot is doing ("typing") and until when. */
  action?: { name: string; until: string }
  commands: BotCommand[]
}

export function viewChat(sim: Sim, person: Person): ChatView {
  const { user } = person
  const action = sim.people.visibleAction(person)
  return {
    revision: sim.changes.revision,
    bot: { name: sim.bot.first_name, username: sim.bot.username, description: describeBot(sim, user) },
    user,
    ...(sim.hint === undefined ? {} : { hint: sim.hint }),
    started: person.started,
    blocked: person.blocked,
    messages: sim.messages.of(user.id).map((message) => viewMessage(sim, message)),
    presses: viewPresses(sim, person),
    ...(person.replyKeyboard ? { replyKeyboard: person.replyKeyboard } : {}),
    ...(person.placeholder ? { placeholder: person.placeholder } : {}),
    ...(action ? { action: { name: action, until: isoTime(person.action?.until ?? 0) } } : {}),
    commands: sim.commands.seenBy(user.id, user.language_code ?? ''),
  }
}

function describeBot(sim: Sim, user: User): string {
  const setting = sim.settings.get(`description|${user.language_code ?? ''}`) ?? sim.settings.get('description|')
  return String(setting?.['description'] ?? '')
}

function viewMessage(sim: Sim, message: Message): SeenMessage {
  const replied = message.replyTo === undefined ? undefined : sim.messages.find(message.chatId, message.replyTo)
  return {
    id: message.id,
    from: message.fromBot ? 'bot' : 'user',
    text: message.body.text,
    entities: message.body.entities,
    date: isoTime(message.date),
    edited: message.showsEdited,
    buttons: (message.keyboard ?? []).flatMap((row, index) => row.map((button) => viewButton(button, index))),
    ...viewMedia(message.media),
    ...(replied ? { replyTo: { id: replied.id, text: replied.body.text } } : {}),
    changed: message.changed,
  }
}

function viewButton(button: InlineButton, row: number): SeenButton {
  const copy = button['copy_text']
  return {
    label: button.text,
    row,
    ...(button.callback_data === undefined ? {} : { data: button.callback_data }),
    ...(button.url === undefined ? {} : { url: button.url }),
    ...(typeof copy === 'object' && copy !== null && 'text' in copy ? { copy: String(copy.text) } : {}),
  }
}

function viewMedia(media: Media | undefined): Pick<SeenMessage, 'document' | 'photo'> {
  if (!media) return {}
  const largest = media.kind === 'photo' ? media.sizes.at(-1) : undefined
  const file = media.kind === 'document' ? media.file : largest?.file
  if (!file) return {}
  const seen = {
    name: file.name,
    mimeType: file.mimeType,
    size: file.bytes.length,
    url: `/__sim/file?id=${encodeURIComponent(file.id)}`,
  }
  return largest ? { photo: { ...seen, width: largest.width, height: largest.height } } : { document: seen }
}

/** The latest presses are enough: only they can still turn or pop up an answer. */
function viewPresses(sim: Sim, person: Person): SeenPress[] {
  const recent = sim.presses.of(person.user.id).slice(-50)
  return recent.map((press) => ({
    id: press.id,
    messageId: press.messageId,
    data: press.data,
    waiting: sim.presses.isOpen(press),
    ...(press.answer ? { answer: press.answer } : {}),
  }))
}

function isoTime(seconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString()
}
