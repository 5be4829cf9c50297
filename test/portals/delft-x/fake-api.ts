import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import type { Browser } from 'playwright'
import type { PortalSession } from '../../../src/portals/contract.ts'
import { createDelftXOperator } from '../../../src/portals/delft-x/operator.ts'
import { recordOf } from '../../../src/portals/delft-x/token.ts'
import { FRIDAY, MEMBER } from './site.ts'

/** What an API answers that the stand-in never would: by `GET /bookable-slots`, JSON or plain text. */
export type Answers = Record<string, { status?: number; json?: unknown; text?: string }>
export type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string }

const TIMES = { startDate: '2025-11-17T12:00:00.000Z', endDate: '2025-11-17T12:59:00.000Z' }
/** X1 A on Monday at one, as the list of slots has it. */
export const SLOT = {
  ...{ ...TIMES, isAvailable: true, linkedProductId: 20045, bookableProductId: 4, bookingId: null },
  linkedProduct: { id: 20045, description: 'X1' },
  product: { id: 4, description: 'X1 A' },
}
/** The same once it is booked, and the member's place in it. */
export const EVENT = { ...TIMES, id: 5_000_001, description: 'X1 A', productId: 4, linkedProductId: 20045, status: 1 }
export const PLACE = { id: 800_001, bookingId: 5_000_001, memberId: 900_001, status: 1, booking: EVENT }
export const ACCEPTED = { id: 800_001, status: 1, amount: 0, paid: true }

/** The only page of a list. */
export const list = (...data: unknown[]) => ({
  json: { data, count: data.length, total: data.length, page: 1, pageCount: 1 },
})

/** A session of a member inside, at an API of these answers, which may be changed. */
export async function openFake(t: TestContext, browser: Browser, answers: Answers) {
  const asked: Asked[] = []
  const warnings: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method = '', url = '', headers } = request
    const path = url.split('?')[0] ?? ''
    asked.push({ method, path, headers, body })
    const { status = 200, json, text } = answers[`${method} ${path}`] ?? { status: 404, json: { message: 'Not found' } }
    response.writeHead(status, { date: 'Fri, 14 Nov 2025 12:30:00 GMT' }).end(text ?? JSON.stringify(json))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const now = Temporal.Instant.from(FRIDAY)
  const value = recordOf({ accessToken: 'token', expiresIn: 86_400 }, { id: 900_001 }, now)
  const operator = createDelftXOperator({ pause: async () => undefined })
  const origins = [{ origin: 'https://x.tudelft.nl', localStorage: [{ name: 'delcom_auth', value }] }]
  const context = await browser.newContext({ ...operator.contextOptions, storageState: { cookies: [], origins } })
  const session: PortalSession = await operator.openSession({
    ...{ context, urls: { apiUrl }, credentials: MEMBER, clock: { now: () => now } },
    ...{ signal: new AbortController().signal, step: async () => undefined },
    warn: (message) => void warnings.push(message),
  })
  t.after(async () => {
    await session.close()
    await context.close()
    server.closeAllConnections()
    server.close()
  })
  return { session, asked, answers, context, warnings }
}

/** The one request of that method and path. */
export function only(asked: readonly Asked[], method: string, path: string): Asked {
  const found = asked.filter((one) => one.method === method && one.path === path)
  assert.equal(found.length, 1, `${method} ${path}`)
  const [one] = found
  assert.ok(one)
  return one
}
