import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dateHeader } from '../shared/http-date.ts'
import type { LogEntry } from '../shared/request-log.ts'
import type { AttemptOutcome, Attempts } from './attempts.ts'
import { arrivalOf } from './travel/gate.ts'
import type { World } from './world.ts'

/** Files of the pages, and the simulator's own door: neither logged as visits nor struck by faults. */
const ASIDE = /^\/(__sim(\/|$|\?)|assets\/|favicon\.ico)/

/** One request on its way through the site. */
export type Visit = {
  entry: LogEntry
  /** When it had arrived, by the site's clock and by `performance.now()`. */
  arrivedMs: number
  since: number
  /** The instant that counts for the rules: the arrival, unless something held the request up before its work. */
  atMs: number
  attempt: ReturnType<Attempts['begin']> | undefined
  cut: boolean
}

const visits = new WeakMap<FastifyRequest, Visit>()

/** The visit of a request that is logged. */
export function visitOf(request: FastifyRequest): Visit {
  const visit = visits.get(request)
  if (!visit) throw new Error(`${request.url} is not logged`)
  return visit
}

/** The same, also for what is aside of the site. */
export function findVisit(request: FastifyRequest): Visit | undefined {
  return visits.get(request)
}

/** Logs every visit from the moment it arrives, and answers with the site's time. */
export function installLog(
  app: FastifyInstance,
  world: World,
  origin: LogEntry['origin'],
  who: (request: FastifyRequest) => string | undefined,
): void {
  const date = dateHeader()
  app.addHook('onRequest', (request, _reply, done) => {
    if (!ASIDE.test(request.url)) visits.set(request, arrive(world, request, origin, who(request)))
    done()
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    reply.header('date', date(world.nowMs())).header('cache-control', 'no-store')
    done(null, payload)
  })
  app.addHook('onResponse', (request, reply, done) => {
    const visit = visits.get(request)
    if (visit && !visit.cut) end(world, visit, reply.statusCode)
    done()
  })
}

/** Cuts the connection instead of answering. */
export function cut(world: World, request: FastifyRequest): void {
  const visit = visitOf(request)
  visit.cut = true
  visit.entry.phase = 'cut'
  end(world, visit, null)
  request.raw.socket.resetAndDestroy()
}

/** What the attempt log shall say was done. */
export function noteOutcome(request: FastifyRequest, outcome: AttemptOutcome): void {
  const attempt = visits.get(request)?.attempt
  if (attempt) attempt.outcome = outcome
}

/** Once it is known who asks. */
export function notePerson(request: FastifyRequest, username: string): void {
  const visit = visits.get(request)
  if (visit) visit.entry.username = username
}

/** An error in the shape of the API. */
export function sendError(reply: FastifyReply, statusCode: number, message: string | string[]): FastifyReply {
  const error = ERRORS[statusCode]
  return reply.code(statusCode).send({ statusCode, message, ...(error !== undefined && { error }) })
}

/** A refused login has no `error` in its body. */
const ERRORS: Record<number, string> = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict' }

function arrive(
  world: World,
  request: FastifyRequest,
  origin: LogEntry['origin'],
  username = null as string | null | undefined,
): Visit {
  const since = arrivalOf(request) ?? performance.now()
  const now = world.now()
  const arrivedMs = world.msAt(since)
  const mark = request.url.indexOf('?')
  const entry = world.log.add({
    at: Temporal.Now.instant().toString({ smallestUnit: 'millisecond' }),
    siteTime: now.toString({ smallestUnit: 'millisecond' }),
    origin,
    method: request.method,
    path: mark < 0 ? request.url : request.url.slice(0, mark),
    query: mark < 0 ? '' : request.url.slice(mark + 1),
    phase: 'arrived',
    status: null,
    username: username ?? null,
    body: null,
  })
  return { entry, arrivedMs, since, atMs: arrivedMs, attempt: undefined, cut: false }
}

function end(world: World, { entry, attempt }: Visit, status: number | null): void {
  entry.status = status
  if (status !== null) entry.phase = 'answered'
  if (attempt) world.attempts.end(attempt, status)
  world.log.changed()
}
