import type { Update } from 'grammy/types'
import { choiceOf } from './talk-buttons.ts'

/** What a person answered. `messageId`: the message that was pressed, or that they sent. */
export type Answer =
  | { kind: 'choice'; choice: string; messageId: number | undefined; queryId: string }
  /** Empty where the answer to a question about a secret was something else than what it accepts. */
  | { kind: 'text'; text: string; messageId: number }
  | { kind: 'photo'; fileId: string; messageId: number }

export type Expected = {
  key: string
  choices: readonly string[]
  accepts: readonly ('text' | 'photo')[]
  secret: boolean
  /** The update that was last answered: what comes again after a crash answers nothing a second time. */
  lastUpdate: number
}

/**
 * What an update says to a question: its answer, something for the rest of the bot (a press of another button, another
 * command), something nobody can make sense of here, or what has been heard before.
 */
export function answerIn(update: Update, expected: Expected): Answer | 'not-mine' | 'unexpected' | 'repeated' {
  const { callback_query: press, message } = update
  if (press) return choiceIn(press, expected)
  if (!message) return 'not-mine'
  if (update.update_id <= expected.lastUpdate) return 'repeated'
  const { accepts, secret } = expected
  const { message_id: messageId, text } = message
  // A password may begin like a command.
  if (text?.startsWith('/') && !secret) return 'not-mine'
  if (text !== undefined && accepts.includes('text')) return { kind: 'text', text: text.trim(), messageId }
  const fileId = imageOf(message)
  if (fileId !== undefined && accepts.includes('photo')) return { kind: 'photo', fileId, messageId }
  // Whatever came in answer to a question about a secret may hold it: it is taken, and taken out of the chat.
  return secret ? { kind: 'text', text: '', messageId } : 'unexpected'
}

/** A choice that was not offered is a forged one. */
function choiceIn(press: NonNullable<Update['callback_query']>, { key, choices }: Expected): Answer | 'not-mine' {
  const choice = choiceOf(press.data ?? '', key)
  if (choice === undefined || !choices.includes(choice)) return 'not-mine'
  return { kind: 'choice', choice, messageId: press.message?.message_id, queryId: press.id }
}

/** The largest size of a photo, or an image sent as a file. */
function imageOf({ photo, document }: NonNullable<Update['message']>): string | undefined {
  if (photo) return photo.at(-1)?.file_id
  return document?.mime_type?.startsWith('image/') ? document.file_id : undefined
}
