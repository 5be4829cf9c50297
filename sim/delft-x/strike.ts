import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Occasion } from './fault-box.ts'
import { cut, findVisit, noteOutcome, sendError, type Visit } from './network.ts'
import type { World } from './world.ts'

/** Lets the faults of the network strike, before the work of a request and after it. */
export function installFaults(app: FastifyInstance, world: World): void {
  app.addHook('preHandler', async (request, reply) => {
    const visit = findVisit(request)
    return visit && request.method !== 'OPTIONS' ? strikeBefore(world, visit, request, reply) : undefined
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const visit = findVisit(request)
    return visit && !visit.cut && request.method !== 'OPTIONS'
      ? strikeAfter(world, visit, request, reply, payload)
      : payload
  })
}

/** The occasion that a request is for faults. */
export function occasionOf({ entry: { path, method, username }, atMs }: Visit): Occasion {
  return { path, method, account: username ?? undefined, nowMs: atMs }
}

async function strikeBefore(world: World, visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const { faults } = world
  const occasion = occasionOf(visit)
  if ((await hold(world, visit, 'before')) === 'cut') return drop(world, request, reply)
  const slow = faults.take('slow3s', occasion, ({ booked }) => booked === 'end')
  if (slow) await world.pause(slow.seconds * 1000)
  if (slow || visit.entry.phase === 'held') visit.atMs = world.nowMs()
  if (faults.take('barred', occasion)) {
    noteOutcome(request, 'failed')
    return reply.code(403).type('text/html').send('<!DOCTYPE html><title>Forbidden</title><h1>Forbidden</h1>')
  }
  const limited = faults.take('rate429', occasion, ({ origins }) => origins === 'all' || visit.entry.origin === 'api')
  if (limited) {
    noteOutcome(request, 'rate-limited')
    if (limited.retryAfter !== null) reply.header('retry-after', limited.retryAfter)
    return sendError(reply, 429, 'ThrottlerException: Too Many Requests')
  }
  const failed = faults.take('http500', occasion, ({ when }) => when === 'before')
  if (failed) {
    noteOutcome(request, 'failed')
    return sendError(reply, failed.status, 'Internal server error')
  }
  const dropped = faults.take('dropped', occasion, ({ when }) => when === 'before')
  return dropped && drop(world, request, reply)
}

/** What was done stays done; only the answer suffers. */
async function strikeAfter(
  world: World,
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const { faults } = world
  const occasion = occasionOf(visit)
  await hold(world, visit, 'after')
  const slow = faults.take('slow3s', occasion, ({ booked }) => booked === 'start')
  if (slow) await world.pause(slow.seconds * 1000)
  if (reply.statusCode >= 300) return payload
  if (faults.take('dropped', occasion, ({ when }) => when === 'after')) cut(world, request)
  const failed = faults.take('http500', occasion, ({ when }) => when === 'after')
  if (!failed) return payload
  reply.code(failed.status).header('content-type', 'application/json; charset=utf-8')
  reply.removeHeader('content-length')
  return JSON.stringify({ statusCode: failed.status, message: 'Internal server error' })
}

function drop(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  noteOutcome(request, 'dropped')
  reply.hijack()
  cut(world, request)
  return reply
}

async function hold(world: World, visit: Visit, when: 'before' | 'after'): Promise<'go-on' | 'cut'> {
  const fault = world.faults.take('hold', occasionOf(visit), (fault) => fault.when === when)
  if (!fault) return 'go-on'
  const released = world.holds.hold(visit.entry.path)
  visit.entry.phase = 'held'
  world.log.changed()
  await released
  return fault.onRelease
}
