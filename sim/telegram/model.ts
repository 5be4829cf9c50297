/** A JSON object on its way in or out. */
export type Json = Record<string, unknown>

/** A person, as the Bot API describes one. */
export interface User {
  id: number
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
  is_premium?: true
}

/** Formatting of a stretch of text; offset and length are UTF-16 code units. */
export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  user?: Json
  custom_emoji_id?: string
}

export interface FormattedText {
  text: string
  entities: Entity[]
}

/** A button under a message: its text and one action (`callback_data`, `url`, …). */
export interface InlineButton {
  text: string
  callback_data?: string
  url?: string
  [action: string]: unknown
}

export type InlineKeyboard = InlineButton[][]

/** The keyboard that takes the place of the phone's own; pressing a button sends its text. */
export interface ReplyKeyboard {
  rows: string[][]
  oneTime: boolean
  placeholder: string | undefined
}

export type ReplyMarkup =
  | { kind: 'inline'; keyboard: InlineKeyboard }
  | { kind: 'reply'; keyboard: ReplyKeyboard }
  | { kind: 'remove' }
  | { kind: 'force'; placeholder: string | undefined }

/** Bytes known to the server under an id. */
export interface StoredFile {
  id: string
  uniqueId: string
  kind: 'document' | 'photo'
  name: string
  mimeType: string
  path: string
  bytes: Buffer
}

export interface PhotoSize {
  file: StoredFile
  width: number
  height: number
}

export type Media = { kind: 'document'; file: StoredFile } | { kind: 'photo'; sizes: PhotoSize[] }

/** A message of a private chat. `body` is its text, or the caption of its media. */
export interface Message {
  id: number
  chatId: number
  fromBot: boolean
  date: number
  editDate: number | undefined
  /** Telegram shows "edited" for new content, not for a new keyboard alone. */
  showsEdited: boolean
  body: FormattedText
  media: Media | undefined
  keyboard: InlineKeyboard | undefined
  replyTo: number | undefined
  /** False for messages sent with a reply keyboard, a removal or a forced reply: Telegram never edits those. */
  editable: boolean
  /** The revision of the world at which this message last changed. */
  changed: number
}
