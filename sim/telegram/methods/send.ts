import { messageJson } from '../bot-json.ts'
import { badRequest } from '../errors.ts'
import { checkDeliverable, readReplyMarkup } from '../keyboard.ts'
import type { FormattedText, Json, Media, ReplyMarkup } from '../model.ts'
import type { Params } from '../params.ts'
import type { Person } from '../people.ts'
import type { Sim } from '../sim.ts'
import { formatText } from '../text/format.ts'
import { knownMedia, readMedia } from './media-parameter.ts'
import { checkReachable, findChat, type Method } from './method.ts'

const TEXT_LIMIT = 4096
export const CAPTION_LIMIT = 1024

const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'record_audio',
  'upload_audio',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
])

// The checks stand in the order in which the server makes them: the first that fails is reported.
export const sendMessage: Method = (sim, params) => {
  if (!params.has('text')) throw badRequest('message text is empty')
  const body = readBodyText(params, 'text', 'entities')
  const markup = readReplyMarkup(params.text('reply_markup'))
  const person = findChat(sim, params)
  const replyTo = readReply(sim, params, person)
  if (body.text === '') throw badRequest('text must be non-empty')
  if ([...body.text].length > TEXT_LIMIT) throw badRequest('message is too long')
  return deliver(sim, person, { body, markup, replyTo, media: undefined })
}

export const sendDocument: Method = (sim, params) => sendMedia(sim, params, 'document')

export const sendPhoto: Method = (sim, params) => sendMedia(sim, params, 'photo')

export const sendChatAction: Method = (sim, params) => {
  const person = findChat(sim, params)
  const action = params.text('action').toLowerCase()
  if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request')
  checkReachable(person)
  sim.people.showAction(person, action)
  return true
}

/** Reads a text or caption of a request with its formatting. */
export function readBodyText(params: Params, name: string, entities: string): FormattedText {
  return formatText({ text: params.text(name), parseMode: params.text('parse_mode'), entities: params.json(entities) })
}

function sendMedia(sim: Sim, params: Params, kind: Media['kind']): Json {
  const body = readBodyText(params, 'caption', 'caption_entities')
  const markup = readReplyMarkup(params.text('reply_markup'))
  const upload = params.upload(kind)
  if (!upload && !params.has(kind)) throw badRequest(`there is no ${kind} in the request`)
  const person = findChat(sim, params)
  const replyTo = readReply(sim, params, person)
  if ([...body.text].length > CAPTION_LIMIT) throw badRequest('message caption is too long')
  const media = readMedia(sim.files, kind, upload, params.text(kind), knownMedia(sim, person))
  return deliver(sim, person, { body, markup, replyTo, media })
}

function readReply(sim: Sim, params: Params, person: Person): number | undefined {
  const parameters = params.json('reply_parameters')
  const given = typeof parameters === 'object' && parameters !== null ? { ...parameters } : {}
  const reply: Json = given
  const id = Number(reply['message_id'] ?? params.integer('reply_to_message_id'))
  if (!id) return undefined
  if (sim.messages.find(person.user.id, id)) return id
  const without = reply['allow_sending_without_reply'] === true || params.flag('allow_sending_without_reply')
  if (without) return undefined
  throw badRequest('message to be replied not found')
}

interface Content {
  body: FormattedText
  media: Media | undefined
  markup: ReplyMarkup | undefined
  replyTo: number | undefined
}

function deliver(sim: Sim, person: Person, { body, media, markup, replyTo }: Content): Json {
  checkDeliverable(markup?.kind === 'inline' ? markup.keyboard : undefined)
  checkReachable(person)
  applyReplyMarkup(person, markup)
  person.action = undefined
  const keyboard = markup?.kind === 'inline' && markup.keyboard.length > 0 ? markup.keyboard : undefined
  const message = sim.messages.add({
    chatId: person.user.id,
    fromBot: true,
    date: sim.clock.seconds(),
    editDate: undefined,
    showsEdited: false,
    body,
    media,
    keyboard,
    replyTo,
    editable: markup === undefined || markup.kind === 'inline',
  })
  return messageJson(sim, person, message)
}

/** A reply keyboard belongs to the chat, not to the message that brought it. */
function applyReplyMarkup(person: Person, markup: ReplyMarkup | undefined): void {
  if (!markup || markup.kind === 'inline') return
  person.replyKeyboard = markup.kind === 'reply' ? markup.keyboard : undefined
  person.forcedReply = markup.kind === 'force'
  person.placeholder = markup.kind === 'force' ? markup.placeholder : person.replyKeyboard?.placeholder
}
