import { badRequest } from './errors.ts'
import type { InlineButton, InlineKeyboard, Json, ReplyMarkup } from './model.ts'
import { checkLink } from './text/links.ts'

const ROW_LIMIT = 12
const BUTTON_LIMIT = 300
/** Beyond these Telegram's own servers refuse an inline keyboard. */
const INLINE_BUTTON_LIMIT = 100
const INLINE_SIZE_LIMIT = 10_000

const ACTIONS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
  'disabled',
]

/** Reads `reply_markup`, with the server's own complaints about it. */
export function readReplyMarkup(text: string): ReplyMarkup | undefined {
  if (text === '') return undefined
  const value = parseMarkup(text)
  if ('inline_keyboard' in value) return readInline(value['inline_keyboard'])
  if ('keyboard' in value) return readReply(value)
  if (value['remove_keyboard'] === true) return { kind: 'remove' }
  if (value['force_reply'] === true)
    return { kind: 'force', placeholder: optionalText(value, 'input_field_placeholder') }
  return undefined
}

/** Checks what is decided last, by Telegram's data centres. */
export function checkDeliverable(keyboard: InlineKeyboard | undefined): void {
  const buttons = keyboard?.flat() ?? []
  if (buttons.some((button) => Buffer.byteLength(button.callback_data ?? '') > 64)) {
    throw badRequest('BUTTON_DATA_INVALID')
  }
  if (buttons.length > INLINE_BUTTON_LIMIT || JSON.stringify(keyboard ?? []).length > INLINE_SIZE_LIMIT) {
    throw badRequest('reply markup is too long')
  }
}

function parseMarkup(text: string): Json {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw badRequest("can't parse reply keyboard markup JSON object")
  }
  if (!isObject(value)) throw badRequest('object expected as reply markup')
  return value
}

function readInline(value: unknown): ReplyMarkup {
  if (!Array.isArray(value) || !value.every((row) => Array.isArray(row))) {
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
  }
  const rows: InlineKeyboard = value.map((row: unknown[]) => row.map(readInlineButton))
  return { kind: 'inline', keyboard: trim(rows, (button) => button.text) }
}

function readInlineButton(value: unknown): InlineButton {
  if (!isObject(value)) throw buttonError('inline', 'expected an Object')
  const button: InlineButton = { ...value, text: readText(value, 'inline') }
  const action = ACTIONS.find((name) => name in value)
  const empty = action === 'callback_data' && value['callback_data'] === ''
  if (!action || empty) throw buttonError('inline', 'Text buttons are unallowed in the inline keyboard')
  if (action === 'callback_data' && typeof value['callback_data'] !== 'string') {
    throw buttonError('inline', 'Field "callback_data" must be of type String')
  }
  if (button.url === undefined) return button
  const link = checkLink(String(button.url))
  if ('problem' in link) throw badRequest(`inline keyboard button URL '${button.url}' is invalid: ${link.problem}`)
  return { ...button, url: link.url }
}

function readReply(value: Json): ReplyMarkup {
  const { keyboard } = value
  if (!Array.isArray(keyboard) || !keyboard.every((row) => Array.isArray(row))) {
    throw badRequest('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
  }
  const rows = keyboard.map((row: unknown[]) => row.map(readReplyButton))
  return {
    kind: 'reply',
    keyboard: {
      rows: trim(rows, (text) => text),
      oneTime: value['one_time_keyboard'] === true,
      placeholder: optionalText(value, 'input_field_placeholder'),
    },
  }
}

function readReplyButton(value: unknown): string {
  if (typeof value === 'string') return value
  if (!isObject(value)) throw buttonError('', 'expected an Object')
  return readText(value, '')
}

function readText(value: Json, kind: string): string {
  if (!('text' in value)) throw buttonError(kind, 'Can\'t find field "text"')
  if (typeof value['text'] !== 'string') throw buttonError(kind, 'Field "text" must be of type String')
  return value['text']
}

/** Drops buttons without a text, rows without a button, and whatever exceeds the limits, all silently. */
function trim<Button>(rows: Button[][], text: (button: Button) => string): Button[][] {
  let left = BUTTON_LIMIT
  const trimmed = rows.map((row) => {
    const kept = row.filter((button) => text(button) !== '').slice(0, Math.min(ROW_LIMIT, left))
    left -= kept.length
    return kept
  })
  return trimmed.filter((row) => row.length > 0)
}

function buttonError(kind: string, text: string): Error {
  return badRequest(`can't parse ${kind === '' ? '' : `${kind} `}keyboard button: ${text}`)
}

function optionalText(value: Json, name: string): string | undefined {
  const text = value[name]
  return typeof text === 'string' ? text : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
