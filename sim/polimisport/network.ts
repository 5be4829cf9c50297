import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { httpDate } from '../shared/http-date.ts'
import type { LogEntry } from '../shared/request-log.ts'
import type { Occasion } from './fault-box.ts'
import type { FaultOf } from './faults.ts'
import type { World } from './world.ts'

/** Requests whose body is worth keeping and holds no secret. */
const LOGGED_BODIES = /\/Booking\/(BookAppointment|DeleteBooking|JoinWaitingList)$/i
/** Requests that only scripts make. */
const SCRIPTED =
  /\/Booking\/(GetActivitySchedule|ConfirmActivityBooking|BookAppointment|DeleteBooking|JoinWaitingList)\b/i
/** Files of the pages, and the simulator's own door: neither logged as visits nor struck by faults. */
const ASIDE = /^\/(__sim(\/|$)|sportpolimi\/Content\/|favicon\.ico)/

const entries = new WeakMap<FastifyRequest, LogEntry>()

/** Logs every visit, answers with the site's time, and lets the faults of the network strike. */
export function installNetwork(
  app: FastifyInstance,
  world: World,
  origin: LogEntry['origin'],
  who: (request: FastifyRequest) => string | undefined,
): void {
  app.addHook('onRequest', async (request) => {
    if (!ASIDE.test(request.url)) entries.set(request, world.log.add(newEntry(world, request, origin, who(request))))
  })
  app.addHook('preHandler', async (request, reply) => {
    const entry = entries.get(request)
    if (!entry) return undefined
    if (LOGGED_BODIES.test(entry.path)) entry.body = stringFields(request.body)
    return strike(world, entry, request, reply)
  })
  app.addHook('onSend', async (request, reply) => {
    const entry = entries.get(request)
    if (entry) await hold(world, entry, 'after')
    reply.header('date', httpDate(world.now())).header('cache-control', 'private')
  })
  app.addHook('onResponse', async (request, reply) => {
    const entry = entries.get(request)
    if (!entry) return
    entry.status = reply.statusCode
    entry.phase = 'answered'
    world.log.changed()
  })
}

/** Cuts the connection instead of answering. */
export function cut(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const entry = entries.get(request)
  if (entry) entry.phase = 'cut'
  world.log.changed()
  reply.hijack()
  request.raw.socket.destroy()
  return reply
}

/** Whether a page's script asks, rather than a person who follows a link. */
export function isAjax(request: FastifyRequest): boolean {
  return SCRIPTED.test(request.url) || request.headers['x-requested-with'] === 'XMLHttpRequest'
}

/** Once a login has told who is there. */
export function rememberPerson(request: FastifyRequest, username: string): void {
  const entry = entries.get(request)
  if (entry) entry.username = username
}

/** The fields of a form that are plain text. */
export function stringFields(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {}
  return Object.fromEntries(
    Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

async function strike(world: World, entry: LogEntry, request: FastifyRequest, reply: FastifyReply) {
  const occasion: Occasion = { route: entry.path, method: entry.method, person: entry.username ?? undefined }
  if ((await hold(world, entry, 'before')) === 'cut') return cut(world, request, reply)
  const slow = world.faults.take(isAjax(request) ? 'slow-ajax' : 'slow-page', occasion)
  await world.pause((slow?.seconds ?? 0) * 1000)
  const failing =
    world.faults.take('http-500', occasion) ??
    world.faults.take('http-503', occasion) ??
    world.faults.take('http-429', occasion) ??
    world.faults.take('http-403', occasion) ??
    world.faults.take('connection-reset', occasion)
  return failing && fail(world, failing, request, reply)
}

/** What the site answers instead of working. */
const FAILURES = {
  'http-500': [500, 'Server Error'],
  'http-503': [503, 'Service Unavailable'],
  'http-429': [429, 'Too Many Requests'],
  'http-403': [403, 'Forbidden'],
} as const

type Failure = FaultOf<keyof typeof FAILURES | 'connection-reset'>

async function fail(world: World, fault: Failure, request: FastifyRequest, reply: FastifyReply) {
  await world.pause(fault.delayMs)
  if (fault.id === 'connection-reset') return cut(world, request, reply)
  const [status, text] = FAILURES[fault.id]
  return reply.code(status).type('text/html').send(`<!DOCTYPE html><title>${text}</title><h1>${text}</h1>`)
}

async function hold(world: World, entry: LogEntry, at: 'before' | 'after') {
  const occasion: Occasion = { route: entry.path, method: entry.method, person: entry.username ?? undefined }
  const fault = world.faults.take('hold', occasion, (fault) => fault.at === at)
  if (!fault) return 'go-on'
  const released = world.holds.hold(entry.path)
  entry.phase = 'held'
  world.log.changed()
  await released
  return fault.onRelease
}

function newEntry(world: World, request: FastifyRequest, origin: LogEntry['origin'], username: string | undefined) {
  const [path = '', query = ''] = request.url.split('?')
  return {
    at: Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }),
    siteTime: world.now().toString({ smallestUnit: 'millisecond' }),
    origin,
    method: request.method,
    path,
    query,
    phase: 'arrived' as const,
    status: null,
    username: username ?? null,
    body: null,
  }
}
