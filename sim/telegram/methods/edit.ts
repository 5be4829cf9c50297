import { isDeepStrictEqual } from 'node:util'
import { messageJson } from '../bot-json.ts'
import { badRequest } from '../errors.ts'
import { checkDeliverable, readReplyMarkup } from '../keyboard.ts'
import type { FormattedText, InlineKeyboard, Json, Media, Message } from '../model.ts'
import type { Params } from '../params.ts'
import type { Person } from '../people.ts'
import type { Sim } from '../sim.ts'
import { formatText } from '../text/format.ts'
import { knownMedia, readMedia } from './media-parameter.ts'
import { checkReachable, findMessage, type Method } from './method.ts'
import { CAPTION_LIMIT, readBodyText } from './send.ts'

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

export const editMessageText: Method = (sim, params) => {
  if (!params.has('text')) throw badRequest('message text is empty')
  const body = readBodyText(params, 'text', 'entities')
  const keyboard = readInlineKeyboard(params)
  const { person, message } = findEditable(sim, params)
  if (message.media) throw badRequest('there is no text in the message to edit')
  if (body.text === '') throw badRequest('text must be non-empty')
  if ([...body.text].length > 4096) throw badRequest('MESSAGE_TOO_LONG')
  return change(sim, person, message, { body, keyboard, media: undefined })
}

export const editMessageCaption: Method = (sim, params) => {
  const body = readBodyText(params, 'caption', 'caption_entities')
  const keyboard = readInlineKeyboard(params)
  const { person, message } = findEditable(sim, params)
  if (!message.media) throw badRequest('there is no caption in the message to edit')
  checkCaption(body)
  return change(sim, person, message, { body, keyboard, media: message.media })
}

export const editMessageReplyMarkup: Method = (sim, params) => {
  const keyboard = readInlineKeyboard(params)
  const { person, message } = findEditable(sim, params)
  return change(sim, person, message, { body: message.body, keyboard, media: message.media })
}

export const editMessageMedia: Method = (sim, params) => {
  const given = readInputMedia(params.json('media'))
  const keyboard = readInlineKeyboard(params)
  const { person, message } = findEditable(sim, params)
  checkCaption(given.body)
  const upload = params.upload('media', given.source)
  const media = readMedia(sim.files, given.kind, upload, given.source, knownMedia(sim, person))
  return change(sim, person, message, { body: given.body, keyboard, media })
}

function checkCaption(body: FormattedText): void {
  if ([...body.text].length > CAPTION_LIMIT) throw badRequest('MEDIA_CAPTION_TOO_LONG')
}

function readInputMedia(value: unknown): { kind: Media['kind']; source: string; body: FormattedText } {
  const media: Json = typeof value === 'object' && value !== null ? { ...value } : {}
  const { type } = media
  if (!media['media']) throw badRequest("can't parse InputMedia: media not found")
  if (type !== 'photo' && type !== 'document') throw badRequest(`can't parse InputMedia: type "${type}" is unsupported`)
  const body = formatText({
    text: String(media['caption'] ?? ''),
    parseMode: String(media['parse_mode'] ?? ''),
    entities: media['caption_entities'],
  })
  return { kind: type, source: String(media['media']), body }
}

/** An edit without `reply_markup` takes the inline keyboard away. */
function readInlineKeyboard(params: Params): InlineKeyboard | undefined {
  const markup = readReplyMarkup(params.text('reply_markup'))
  if (markup && markup.kind !== 'inline') throw badRequest('inline keyboard expected')
  return markup && markup.keyboard.length > 0 ? markup.keyboard : undefined
}

function findEditable(sim: Sim, params: Params): { person: Person; message: Message } {
  const found = findMessage(sim, params, 'message to edit not found')
  if (!found.message.fromBot || !found.message.editable) throw badRequest("message can't be edited")
  return found
}

type Content = Pick<Message, 'body' | 'keyboard' | 'media'>

function change(sim: Sim, person: Person, message: Message, content: Content): Json {
  checkDeliverable(content.keyboard)
  checkReachable(person)
  const current: Content = { body: message.body, keyboard: message.keyboard, media: message.media }
  if (isDeepStrictEqual(current, content)) throw badRequest(NOT_MODIFIED)
  const newContent = !isDeepStrictEqual([current.body, current.media], [content.body, content.media])
  const showsEdited = message.showsEdited || newContent
  sim.messages.change(message, { ...content, showsEdited, editDate: sim.clock.seconds() })
  return messageJson(sim, person, { ...message, replyTo: undefined })
}
