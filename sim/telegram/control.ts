import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { ApiError, badRequest } from './errors.ts'
import { readBody } from './params.ts'
import type { Person } from './people.ts'
import type { Sim } from './sim.ts'
import { deleteOwn, editText, pressButton, sendFile, sendText, setBlocked } from './user-actions.ts'
import { userSchema } from './user-schema.ts'
import { viewChat } from './view.ts'

const acting = { user: z.int() }
const sendSchema = z.strictObject({ ...acting, text: z.string(), reply_to: z.int().optional() })
const pressSchema = z.strictObject({ ...acting, message_id: z.int(), data: z.string() })
const editSchema = z.strictObject({ ...acting, message_id: z.int(), text: z.string() })
const deleteSchema = z.strictObject({ ...acting, message_id: z.int() })
const blockSchema = z.strictObject({ ...acting, blocked: z.boolean() })
const clockSchema = z.union([z.strictObject({ now: z.string() }), z.strictObject({ advance: z.string() })])
const floodSchema = z.strictObject({ on: z.boolean() })
const faultSchema = z.strictObject({
  method: z.string(),
  with: z.union([z.literal([400, 401, 403, 404, 409, 429, 500, 502]), z.enum(['hang', 'drop-before', 'drop-after'])]),
  times: z.int().positive().exactOptional(),
  description: z.string().exactOptional(),
  retryAfter: z.int().positive().exactOptional(),
})

interface ControlRequest {
  sim: Sim
  query: URLSearchParams
  body: Buffer
}

type Route = (request: ControlRequest) => unknown

const LONGEST_WAIT_SECONDS = 30

const ROUTES: Record<string, Route> = {
  'GET users': ({ sim }) => sim.people.all().map(({ user, blocked, started }) => ({ ...user, blocked, started })),
  'POST users': ({ sim, body }) => sim.people.put(read(userSchema, body)).user,
  'GET chat': async ({ sim, query }) => {
    const person = findPerson(sim, Number(query.get('user')))
    await waitForChange(sim, query)
    return viewChat(sim, person)
  },
  'GET status': async ({ sim, query }) => {
    await waitForChange(sim, query)
    return {
      revision: sim.changes.revision,
      pendingUpdates: sim.updates.pending,
      unansweredPresses: sim.presses.unanswered,
      callsInFlight: sim.wire.inFlight,
    }
  },
  'POST send': ({ sim, body }) => {
    const { user, text, reply_to } = read(sendSchema, body)
    return { message_id: sendText(sim, findPerson(sim, user), text, reply_to).id }
  },
  'POST press': ({ sim, body }) => {
    const { user, message_id, data } = read(pressSchema, body)
    return { id: pressButton(sim, findPerson(sim, user), message_id, data).id }
  },
  'POST upload': ({ sim, query, body }) => {
    const kind = query.get('kind') === 'photo' ? 'photo' : 'document'
    const upload = { name: query.get('name') ?? 'file', bytes: body }
    const person = findPerson(sim, Number(query.get('user')))
    return { message_id: sendFile(sim, person, kind, upload, query.get('caption') ?? '').id }
  },
  'POST edit': ({ sim, body }) => {
    const { user, message_id, text } = read(editSchema, body)
    editText(sim, findPerson(sim, user), message_id, text)
  },
  'POST delete': ({ sim, body }) => {
    const { user, message_id } = read(deleteSchema, body)
    deleteOwn(sim, findPerson(sim, user), message_id)
  },
  'POST block': ({ sim, body }) => {
    const { user, blocked } = read(blockSchema, body)
    setBlocked(sim, findPerson(sim, user), blocked)
  },
  'GET calls': ({ sim, query }) => {
    const method = query.get('method')
    return sim.wire.calls.filter((call) => method === null || call.method === method)
  },
  'GET violations': ({ sim }) => sim.violations,
  'POST faults': ({ sim, body }) => sim.faults.add(read(faultSchema, body)),
  'DELETE faults': ({ sim }) => sim.faults.clear(),
  'POST flood': ({ sim, body }) => {
    sim.flood.on = read(floodSchema, body).on
  },
  'GET clock': ({ sim }) => ({ now: sim.clock.now().toString() }),
  'POST clock': ({ sim, body }) => moveClock(sim, read(clockSchema, body)),
  'POST callbacks/expire': ({ sim }) => sim.presses.expireAll(),
  'POST updates/repeat': ({ sim }) => sim.updates.repeatLast(),
}

/** Serves `/__sim/…`: what the chat page and the test client use to be a user, to look on and to break things. */
export async function serveControl(
  sim: Sim,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = ROUTES[`${request.method} ${url.pathname.slice('/__sim/'.length)}`]
  if (!route) return sendJson(response, 404, { error: 'no such control endpoint' })
  try {
    const result = await route({ sim, query: url.searchParams, body: await readBody(request) })
    sendJson(response, 200, result ?? { ok: true })
  } catch (error) {
    const status = error instanceof ApiError || error instanceof z.ZodError || error instanceof RangeError ? 400 : 500
    sendJson(response, status, { error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) })
  }
}

/** With `after`, waits until the world has changed since that revision, at most `wait` seconds. */
async function waitForChange(sim: Sim, query: URLSearchParams): Promise<void> {
  const after = query.get('after')
  const seconds = Math.min(Number(query.get('wait') ?? 0), LONGEST_WAIT_SECONDS)
  if (after !== null && seconds > 0) await sim.changes.after(Number(after), seconds * 1000)
}

function moveClock(sim: Sim, move: z.infer<typeof clockSchema>): { now: string } {
  if ('now' in move) sim.clock.set(Temporal.Instant.from(move.now))
  else sim.clock.advance(Temporal.Duration.from(move.advance))
  sim.changes.note()
  return { now: sim.clock.now().toString() }
}

function findPerson(sim: Sim, id: number): Person {
  const person = sim.people.find(id)
  if (!person) throw badRequest(`there is no user ${id}`)
  return person
}

function read<Output>(schema: z.ZodType<Output>, body: Buffer): Output {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')))
  } catch (error) {
    throw error instanceof SyntaxError ? badRequest('the body is not JSON') : error
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
