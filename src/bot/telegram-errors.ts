import { GrammyError, HttpError } from 'grammy'
import { hasCode } from '../core/errors.ts'

/** What became of a call to Telegram that did not succeed. */
export type Failure =
  /** The message already shows just this. */
  | 'not-modified'
  /** The user blocks the bot, or their account is gone. */
  | 'blocked'
  /** Telegram does not know the chat: the user never wrote to the bot. */
  | 'unknown-chat'
  /** The message cannot be edited any more: deleted, or not the bot's. */
  | 'gone'
  /** Telegram will never accept this call. */
  | 'refused'
  /** Surely not carried out: Telegram was not reached, or asks to wait. */
  | 'not-accepted'
  /** The answer was lost: it may have been carried out. */
  | 'unclear'

/** Errors of a connection that was never made. */
const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']

/** What a failed call means for the message it carried. */
export function failureOf(error: unknown): Failure {
  if (error instanceof HttpError) return hasCode(error.error, ...NEVER_CONNECTED) ? 'not-accepted' : 'unclear'
  if (!(error instanceof GrammyError)) return 'unclear'
  const { error_code: code, description } = error
  if (code === 403) return 'blocked'
  if (code === 429) return 'not-accepted'
  if (code >= 500) return 'unclear'
  if (description.includes('message is not modified')) return 'not-modified'
  if (description.includes('chat not found')) return 'unknown-chat'
  if (/message to (edit|delete) not found|message can't be edited|there is no text in the message/.test(description))
    return 'gone'
  return 'refused'
}
