import { callbackQueryJson, chatJson, messageJson, userJson } from './bot-json.ts'
import { badRequest } from './errors.ts'
import { storeDocument, storePhoto } from './media.ts'
import type { FormattedText, Media, Message } from './model.ts'
import type { Upload } from './params.ts'
import type { Person } from './people.ts'
import type { Press } from './presses.ts'
import type { Sim } from './sim.ts'
import { cleanText } from './text/format.ts'

/** A user writes to the bot; the first message makes the user reachable. */
export function sendText(sim: Sim, person: Person, text: string, replyTo?: number): Message {
  const body = cleanText({ text, entities: [] })
  if (body.text === '') throw badRequest('a message needs a text')
  if ([...body.text].length > 4096) throw badRequest('the message is longer than 4096 characters')
  return post(sim, person, body, undefined, replyTo)
}

/** A user sends a photo or a document. */
export function sendFile(sim: Sim, person: Person, kind: Media['kind'], upload: Upload, caption: string): Message {
  const media = kind === 'photo' ? storePhoto(sim.files, upload) : storeDocument(sim.files, upload)
  return post(sim, person, cleanText({ text: caption, entities: [] }), media, undefined)
}

/** A user presses a button, or a forged client claims so: the data need not stand on any button. */
export function pressButton(sim: Sim, person: Person, messageId: number, data: string): Press {
  const press = sim.presses.add(person.user.id, messageId, data)
  sim.updates.add('callback_query', callbackQueryJson(sim, person, press))
  return press
}

/** A user edits an own message. An edit that changes nothing visible is not sent. */
export function editText(sim: Sim, person: Person, messageId: number, text: string): void {
  const message = findOwn(sim, person, messageId)
  const body = cleanText({ text, entities: [] })
  if (body.text === '' || body.text === message.body.text) return
  sim.messages.change(message, { body, editDate: sim.clock.seconds(), showsEdited: true })
  sim.updates.add('edited_message', messageJson(sim, person, message))
}

/** A user deletes a message; the bot is never told. */
export function deleteOwn(sim: Sim, person: Person, messageId: number): void {
  const message = sim.messages.find(person.user.id, messageId)
  if (!message) throw badRequest('no such message')
  sim.messages.remove(message)
}

/** A user blocks or unblocks the bot. */
export function setBlocked(sim: Sim, person: Person, blocked: boolean): void {
  if (person.blocked === blocked) return
  person.blocked = blocked
  sim.changes.note()
  sim.updates.add('my_chat_member', {
    chat: chatJson(person.user),
    from: userJson(person.user),
    date: sim.clock.seconds(),
    old_chat_member: membership(sim, !blocked),
    new_chat_member: membership(sim, blocked),
  })
}

function membership(sim: Sim, kicked: boolean) {
  return kicked ? { status: 'kicked', user: sim.bot, until_date: 0 } : { status: 'member', user: sim.bot }
}

function post(
  sim: Sim,
  person: Person,
  body: FormattedText,
  media: Media | undefined,
  replyTo: number | undefined,
): Message {
  if (person.blocked) throw badRequest('the user has blocked the bot and must unblock it first')
  person.started = true
  if (person.replyKeyboard?.oneTime) person.replyKeyboard = undefined
  person.forcedReply = false
  const message = sim.messages.add({
    chatId: person.user.id,
    fromBot: false,
    date: sim.clock.seconds(),
    editDate: undefined,
    showsEdited: false,
    body,
    media,
    keyboard: undefined,
    replyTo,
    editable: false,
  })
  sim.updates.add('message', messageJson(sim, person, message))
  return message
}

function findOwn(sim: Sim, person: Person, messageId: number): Message {
  const message = sim.messages.find(person.user.id, messageId)
  if (!message || message.fromBot) throw badRequest('no such message of this user')
  return message
}
