import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { Connection, type Outgoing } from '../../../src/portals/delft-x/connection.ts'

const GET: Outgoing = { method: 'GET', path: '/x?y=1', headers: ['accept', 'text/plain'], body: null }
const POST: Outgoing = {
  method: 'POST',
  path: '/',
  headers: ['content-type', 'text/plain'],
  body: Buffer.from('{"é":1}'),
}

/** A server, and a connection to it that is cut when the test is over. */
async function serve(t: TestContext, listener: RequestListener, path = ''): Promise<Connection> {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const connection = new Connection(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, 2_000)
  t.after(async () => {
    await connection.close()
    server.closeAllConnections()
    server.close()
  })
  return connection
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

describe('a connection', () => {
  it('brings an answer as it came, with its times', async (t) => {
    const connection = await serve(t, async (request, response) => {
      const body = await bodyOf(request)
      response.writeHead(request.method === 'POST' ? 201 : 403, {
        date: 'Fri, 14 Nov 2025 12:00:00 GMT',
        'retry-after': '2',
      })
      response.write('[')
      response.end(`"${request.url} ${request.headers.accept} ${body} è"]`)
    })
    const before = performance.now()
    const got = await connection.send(GET)
    const { status, text, date, retryAfter } = got
    assert.deepEqual([status, date, retryAfter], [403, 'Fri, 14 Nov 2025 12:00:00 GMT', '2'])
    assert.equal(text, '["/x?y=1 text/plain  è"]')
    assert.ok(before <= got.sentAt && got.sentAt <= got.answeredAt && got.answeredAt <= performance.now())
    assert.equal((await connection.send(POST)).text, '["/ undefined {"é":1} è"]')
  })

  it('is kept from one request to the next, for a booking as for a ping', async (t) => {
    const ports = new Set<number | undefined>()
    const connection = await serve(t, (request, response) => {
      ports.add(request.socket.remotePort)
      response.end()
    })
    for (const request of [GET, GET, POST, GET, POST]) await connection.send(request)
    assert.equal(ports.size, 1)
  })

  it('has a second line for what must not wait for a slow answer', async (t) => {
    const waiting = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const connection = await serve(t, async (request, response) => {
      if (request.method === 'GET') {
        asked.resolve()
        await waiting.promise
      }
      response.end(request.method)
    })
    const slow = connection.send(GET)
    await asked.promise
    assert.equal((await connection.send(POST)).text, 'POST')
    waiting.resolve()
    assert.equal((await slow).text, 'GET')
  })

  it('never sends anything twice when it breaks', async (t) => {
    let posts = 0
    const connection = await serve(t, (request, response) => {
      if (request.method === 'GET') return response.end()
      posts++
      return request.socket.resetAndDestroy()
    })
    await connection.send(GET)
    await assert.rejects(connection.send(POST))
    assert.equal(posts, 1)
    await connection.send(GET)
  })

  it('cuts what is under way when it is closed', async (t) => {
    const asked = Promise.withResolvers<void>()
    const connection = await serve(t, () => asked.resolve())
    const sent = connection.send(GET)
    await asked.promise
    await connection.close()
    await assert.rejects(sent)
    await connection.close()
  })

  it('keeps the path of its address', async (t) => {
    const connection = await serve(t, (request, response) => response.end(request.url), '/api/')
    assert.equal((await connection.send(GET)).text, '/api/x?y=1')
  })
})
