import type { FormattedText, InlineKeyboard, Json, Message, StoredFile, User } from './model.ts'
import type { Person } from './people.ts'
import type { Press } from './presses.ts'
import type { Sim } from './sim.ts'

/** A user as the bot is told about one. */
export function userJson(user: User): Json {
  return { ...user, is_bot: false }
}

/** The private chat with a user. */
export function chatJson({ id, first_name, last_name, username }: User): Json {
  return {
    id,
    first_name,
    ...(last_name ? { last_name } : {}),
    ...(username ? { username } : {}),
    type: 'private',
  }
}

/** A message as the bot sees it. */
export function messageJson(sim: Sim, person: Person, message: Message): Json {
  const replied = message.replyTo === undefined ? undefined : sim.messages.find(message.chatId, message.replyTo)
  return {
    message_id: message.id,
    from: message.fromBot ? sim.bot : userJson(person.user),
    chat: chatJson(person.user),
    date: message.date,
    ...(message.editDate === undefined ? {} : { edit_date: message.editDate }),
    ...(replied ? { reply_to_message: messageJson(sim, person, { ...replied, replyTo: undefined }) } : {}),
    ...mediaJson(message),
    ...bodyJson(message.body, message.media !== undefined),
    ...keyboardJson(message.keyboard),
  }
}

/** A press as the bot sees it: with the whole message as it stands now, if it still exists. */
export function callbackQueryJson(sim: Sim, person: Person, press: Press): Json {
  const message = sim.messages.find(press.userId, press.messageId)
  return {
    id: press.id,
    from: userJson(person.user),
    message: message
      ? messageJson(sim, person, message)
      : { chat: chatJson(person.user), message_id: press.messageId, date: 0 },
    chat_instance: String(7_000_000_000_000n + BigInt(press.userId)),
    data: press.data,
  }
}

function bodyJson({ text, entities }: FormattedText, isCaption: boolean): Json {
  if (text === '') return {}
  const [textName, entitiesName] = isCaption ? ['caption', 'caption_entities'] : ['text', 'entities']
  return { [textName]: text, ...(entities.length > 0 ? { [entitiesName]: entities } : {}) }
}

function mediaJson({ media }: Message): Json {
  if (!media) return {}
  if (media.kind === 'photo') {
    return { photo: media.sizes.map(({ file, width, height }) => ({ ...fileIds(file), width, height })) }
  }
  const { file } = media
  return { document: { ...fileIds(file), file_name: file.name, mime_type: file.mimeType } }
}

function fileIds(file: StoredFile): Json {
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.bytes.length }
}

function keyboardJson(keyboard: InlineKeyboard | undefined): Json {
  return keyboard ? { reply_markup: { inline_keyboard: keyboard } } : {}
}
