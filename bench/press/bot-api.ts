import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Milliseconds from the press to the arrival of what the bot said; `popup` is the text of the answer. */
type Pressed = { answered: number; edited: number; popup: string; update: number }

/** As little of a Bot API server as a press needs: it costs next to nothing beside the bot. */
export type BotApi = {
  url: string
  /** The user presses a button; resolves when the bot has answered the press and edited the message. */
  press(data: string): Promise<Pressed>
  close(): Promise<void>
}

type Update = { update_id: number } & Record<string, unknown>
type Watched = { queryId: string; messageId: number; answer(popup: string): void; edit(): void }
type Body = { callback_query_id?: string; text?: string; message_id?: number }

/** What a bot that does not answer at all is given. */
const PRESS_LIMIT_MS = 30_000

export async function startBotApi(user: { id: number; first_name: string; language_code: string }): Promise<BotApi> {
  const waiting: Update[] = []
  let poll: ServerResponse | undefined
  let watched: Watched | undefined
  let updates = 0

  const server = createServer((request, response) => void serve(request, response))
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.url?.split('/').at(-1) ?? ''
    const body = await bodyOf(request)
    if (method === 'getUpdates') return takePoll(response)
    if (method === 'answerCallbackQuery' && body.callback_query_id === watched?.queryId)
      watched?.answer(body.text ?? '')
    if (method === 'editMessageText' && body.message_id === watched?.messageId) watched?.edit()
    reply(response, RESULTS[method] ?? true)
  }

  function takePoll(response: ServerResponse): void {
    poll = response
    response.once('close', () => {
      if (poll === response) poll = undefined
    })
    handOut()
  }

  function handOut(): void {
    const update = poll && waiting.shift()
    if (!poll || !update) return
    reply(poll, [update])
    poll = undefined
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async press(data) {
      updates += 1
      const update = updates
      const [queryId, messageId] = [`query-${update}`, 1000 + update]
      const message = { message_id: messageId, date: 1, chat: { id: user.id, type: 'private' }, text: 'a class' }
      const query = { id: queryId, from: { ...user, is_bot: false }, chat_instance: '1', message, data }
      const answered = Promise.withResolvers<[at: number, popup: string]>()
      const edited = Promise.withResolvers<number>()
      watched = {
        queryId,
        messageId,
        answer: (popup) => answered.resolve([performance.now(), popup]),
        edit: () => edited.resolve(performance.now()),
      }
      const late = () => edited.reject(new Error('the bot did not answer a press in time'))
      const limit = setTimeout(late, PRESS_LIMIT_MS)
      waiting.push({ update_id: update, callback_query: query })
      const start = performance.now()
      handOut()
      const both = Promise.all([answered.promise, edited.promise])
      const [[answerAt, popup], editAt] = await both.finally(() => clearTimeout(limit))
      return { answered: answerAt - start, edited: editAt - start, popup, update }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const RESULTS: Readonly<Record<string, unknown>> = {
  getMe: { id: 1, is_bot: true, first_name: 'Bookwright', username: 'bookwright_bot' },
  editMessageText: { message_id: 1, date: 1, chat: { id: 1, type: 'private' }, text: '' },
  sendMessage: { message_id: 1, date: 1, chat: { id: 1, type: 'private' }, text: '' },
}

function reply(response: ServerResponse, result: unknown): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ ok: true, result }))
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  return text === '' ? {} : (JSON.parse(text) as Body)
}
