import type { Update } from 'grammy/types'
import { choiceOf } from './talk-buttons.ts'

/** What a person answered. `messageId`: the message that was pressed, or that they sent. */
export type Answer =
  | { kind: 'choice'; choice: string; messageId: number | undefined; queryId: string }
  | { kind: 'text'; text: string; messageId: number }
  | { kind: 'photo'; fileId: string; messageId: number }

export type Expected = { key: string; accepts: readonly ('text' | 'photo')[]; secret: boolean }

/**
 * What an update says to a question: its answer, something for the rest of the bot (a press of another button), or
 * something nobody can make sense of here.
 */
export function answerIn(update: Update, { key, accepts, secret }: Expected): Answer | 'not-mine' | 'unexpected' {
  const { callback_query: press, message } = update
  if (press) {
    const choice = choiceOf(press.data ?? '', key)
    if (choice === undefined) return 'not-mine'
    return { kind: 'choice', choice, messageId: press.message?.message_id, queryId: press.id }
  }
  if (!message) return 'not-mine'
  const { message_id: messageId, text } = message
  if (text !== undefined && accepts.includes('text')) return { kind: 'text', text: text.trim(), messageId }
  const fileId = imageOf(message)
  if (fileId !== undefined && accepts.includes('photo')) return { kind: 'photo', fileId, messageId }
  // Whatever came in answer to a question about a secret may hold it: it is taken, and taken out of the chat.
  return secret ? { kind: 'text', text: '', messageId } : 'unexpected'
}

/** The largest size of a photo, or an image sent as a file. */
function imageOf({ photo, document }: NonNullable<Update['message']>): string | undefined {
  if (photo) return photo.at(-1)?.file_id
  return document?.mime_type?.startsWith('image/') ? document.file_id : undefined
}
