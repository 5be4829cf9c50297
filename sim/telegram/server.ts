import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { serveBotApi } from './bot-api.ts'
import { serveControl } from './control.ts'
import { serveEvents } from './event-stream.ts'
import type { User } from './model.ts'
import { serveChatFile, servePage } from './page-files.ts'
import { createSim, type Sim } from './sim.ts'

export interface TelegramOptions {
  /** 0, the default, takes a free port. */
  port?: number
  /** Number, colon, secret. */
  token?: string
  botName?: string
  botUsername?: string
  clock?: () => Temporal.Instant
  /** Accounts to begin with. */
  users?: User[]
  /** Refuse and record what the Bot API does not know. On by default. */
  strict?: boolean
  /** A line of advice shown above the chat. */
  hint?: string
}

/** A running simulator. `url` is the API root for a bot, `chatUrl` the page for a person. */
export interface TelegramSim {
  readonly url: string
  readonly chatUrl: string
  readonly token: string
  close(): Promise<void>
}

export const DEMO_TOKEN = '4242:demo-token-for-the-local-telegram'

/** Starts a local Telegram: the Bot API, the control API and the chat page, on the loopback interface only. */
export async function startTelegram(options: TelegramOptions = {}): Promise<TelegramSim> {
  const sim = createSim({
    token: options.token ?? DEMO_TOKEN,
    botName: options.botName ?? 'Bookwright',
    botUsername: options.botUsername ?? 'bookwright_bot',
    clock: options.clock ?? Temporal.Now.instant,
    users: options.users ?? [],
    strict: options.strict ?? true,
    hint: options.hint,
  })
  const server = createServer((request, response) => void serve(sim, request, response))
  const url = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`
  return { url, chatUrl: `${url}/`, token: sim.token, close: () => close(server) }
}

async function serve(sim: Sim, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await dispatch(sim, request, response)
  } catch (error) {
    // A client that goes away in the middle of its request is no failure of the server.
    if (!request.destroyed) console.error(error)
    response.destroy()
  }
}

async function dispatch(sim: Sim, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (!isLocal(request)) return void response.writeHead(403, { 'content-type': 'text/plain' }).end('Forbidden')
  if (/^\/(file\/)?bot/.test(url.pathname)) return serveBotApi(sim, url, request, response)
  if (url.pathname === '/__sim/events') return serveEvents(sim, response)
  if (url.pathname === '/__sim/file') return serveChatFile(sim, url.searchParams.get('id') ?? '', response)
  if (url.pathname.startsWith('/__sim/')) return serveControl(sim, url, request, response)
  servePage(url.pathname, response)
}

/** Keeps websites that a browser has open from acting through it: they come with another host or origin. */
function isLocal({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? ''
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false
  return headers.origin === undefined || headers.origin === `http://${host}`
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
