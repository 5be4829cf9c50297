import type { TestContext } from 'node:test'
import { Bot } from 'grammy'
import { type Chat, connectChat, connectTelegram, type TelegramControl } from '../../../sim/telegram/client.ts'
import type { User } from '../../../sim/telegram/model.ts'
import { startTelegram, type TelegramOptions } from '../../../sim/telegram/server.ts'

/** A user whose id does not fit into 32 bits, as those of new accounts. */
export const ADA: User = { id: 5_123_456_789, first_name: 'Ada', language_code: 'en' }
export const BRUNO: User = { id: 1002, first_name: '<3 & co', language_code: 'it' }

export interface Answer {
  status: number
  ok: boolean
  result: unknown
  description: string | undefined
  parameters: unknown
}

export interface TestTelegram {
  url: string
  token: string
  chatUrl: string
  control: TelegramControl
  /** Opens the chat of a user. */
  chat(user?: User): Promise<Chat>
  /** Calls a Bot API method as a bare HTTP client. */
  call(method: string, params?: Record<string, unknown>): Promise<Answer>
  /** Runs before the simulator closes; hooks of a test run in the order in which they were added. */
  beforeClose(stop: () => Promise<void>): void
}

/** A simulator that ends with the test. */
export async function testTelegram(t: TestContext, options: TelegramOptions = {}): Promise<TestTelegram> {
  const telegram = await startTelegram(options)
  const stops: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const stop of stops) await stop()
    await telegram.close()
  })
  const { url, token, chatUrl } = telegram
  return {
    url,
    token,
    chatUrl,
    control: connectTelegram(url),
    chat: (user = ADA) => connectChat(url, user),
    call: (method, params = {}) => callMethod(`${url}/bot${token}/${method}`, params),
    beforeClose: (stop) => stops.push(stop),
  }
}

async function callMethod(address: string, params: Record<string, unknown>): Promise<Answer> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  const { ok, result, description, parameters } = JSON.parse(await response.text())
  return { status: response.status, ok, result, description, parameters }
}

/** A real grammY bot that polls the simulator until the test ends. */
export function testBot(telegram: TestTelegram, setUp: (bot: Bot) => void): Bot {
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } })
  setUp(bot)
  const running = bot.start()
  telegram.beforeClose(async () => {
    await bot.stop()
    await running
  })
  return bot
}

/** The `message_id` of a sent message. */
export function idOf(answer: Answer): number {
  return Number(memberOf(answer.result, 'message_id'))
}

/** A member of a value of unknown shape. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
