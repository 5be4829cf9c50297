import { Api, GrammyError } from 'grammy'
import type { Config } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'

const PATIENCE_SECONDS = 10

/** What Telegram says to the bot token: whose it is, that it is nobody's, or nothing at all. */
export type BotName = { username: string } | { problem: 'refused' | 'not reached'; reason: string }

export async function askBotName({ botToken, apiRoot }: Config['telegram']): Promise<BotName> {
  try {
    const { username } = await new Api(botToken, { apiRoot, timeoutSeconds: PATIENCE_SECONDS }).getMe()
    return { username }
  } catch (error) {
    const isRefused = error instanceof GrammyError && [401, 404].includes(error.error_code)
    return { problem: isRefused ? 'refused' : 'not reached', reason: messageOf(error) }
  }
}
