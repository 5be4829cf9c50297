import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { seededRandom } from '../shared/seeded.ts'

/** A request that books, from its arrival until it was answered or cut. Milliseconds of `performance.now()`. */
export type Submit = { account: string; slot: string; worker: string; from: number; to: number }

/** A light stand-in for a booking site: plain HTTP, no pages. It takes every booking it is sent, and counts. */
export type CountingPortal = {
  url: string
  /** Every booking made, in order: the same one twice stands here twice. */
  bookings: readonly { account: string; slot: string }[]
  submits: readonly Submit[]
  close(): Promise<void>
}

/** What becomes of a request that books; the rest is answered as it should be. */
const NASTY = { 'cut before': 0.05, 'cut after': 0.05, 'done late': 0.03, unavailable: 0.04 } as const
/** Of the other requests so many are answered with 503. */
const UNAVAILABLE = 0.02
/** A booking that is done late is done after so many milliseconds: the answer is long lost then. */
const LATE_MS = { least: 300, most: 3_000 }

/** Starts it on loopback; its moods follow from `seed`. */
export async function startCountingPortal(seed: number): Promise<CountingPortal> {
  const random = seededRandom(seed)
  const between = (least: number, most: number) => least + random() * (most - least)
  const sessions = new Map<string, string>()
  const bookings: { account: string; slot: string }[] = []
  const submits: Submit[] = []
  let logins = 0

  function mood(): keyof typeof NASTY | 'fine' {
    let roll = random()
    for (const [name, share] of Object.entries(NASTY) as [keyof typeof NASTY, number][]) {
      roll -= share
      if (roll < 0) return name
    }
    return 'fine'
  }

  async function book(account: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const slot = await text(request)
    const submit = { account, slot, worker: String(request.headers['x-worker']), from: performance.now(), to: 0 }
    submits.push(submit)
    const make = () => void bookings.push({ account, slot })
    const how = mood()
    await pause(between(30, 300))
    if (how === 'unavailable') response.writeHead(503).end()
    else if (how === 'fine') {
      make()
      response.end('booked')
    } else {
      response.destroy()
      submit.to = performance.now()
      if (how === 'done late') await pause(between(LATE_MS.least, LATE_MS.most))
      if (how !== 'cut before') make()
    }
    submit.to ||= performance.now()
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const account = sessions.get(String(request.headers.authorization))
    const path = request.url ?? ''
    if (path === '/login') return void response.end(login(await text(request)))
    if (account === undefined) return void response.writeHead(401).end()
    if (path === '/book') return await book(account, request, response)
    await pause(between(10, 80))
    if (random() < UNAVAILABLE) return void response.writeHead(503).end()
    response.end(JSON.stringify(bookings.filter((booking) => booking.account === account).map(({ slot }) => slot)))
  }

  /** A new login ends the one before. */
  function login(account: string): string {
    for (const [token, owner] of sessions) if (owner === account) sessions.delete(token)
    logins += 1
    sessions.set(`token-${logins}`, account)
    return `token-${logins}`
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  const listening = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', listening.resolve)
  await listening.promise
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the counting portal has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    bookings,
    submits,
    async close() {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      server.closeAllConnections()
      await closed.promise
    },
  }
}
