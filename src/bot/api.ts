import { autoRetry } from '@grammyjs/auto-retry'
import type { Bot, Transformer } from 'grammy'
import type { BotContext } from './feature.ts'

/** A call that is not answered in this time has failed; the long poll has its own limit. */
const CALL_MS = 15_000

/**
 * Makes every call end in time, and wait when Telegram asks to. Other trouble is the outbox's business, which knows
 * what may be repeated.
 */
export function prepareApi({ api }: Bot<BotContext>): void {
  api.config.use(limitTime, autoRetry({ rethrowHttpErrors: true, rethrowInternalServerErrors: true }))
}

const limitTime: Transformer = (call, method, payload, signal) =>
  call(method, payload, method === 'getUpdates' ? signal : (signal ?? timeLimit()))

type Signal = NonNullable<Parameters<Transformer>[3]>

function timeLimit(): Signal {
  // grammY types signals after an older package; it takes the built-in ones.
  return AbortSignal.timeout(CALL_MS) as unknown as Signal
}
