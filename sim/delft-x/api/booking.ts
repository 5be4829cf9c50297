import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noteOutcome, sendError, visitOf } from '../network.ts'
import { statusOf } from '../rules.ts'
import type { Slot } from '../slots.ts'
import { occasionOf } from '../strike.ts'
import { refusalText } from '../texts.ts'
import type { World } from '../world.ts'
import { memberOf } from './guard.ts'
import { faultsOfPayload, slotOfPayload } from './payload.ts'
import { participationBody } from './shapes.ts'

const slots = new WeakMap<FastifyRequest, Slot>()

/** Begins the attempt log's entry of every booking POST that names a slot, before anything can go wrong with it. */
export function noteAttempts(app: FastifyInstance, world: World): void {
  app.addHook('preHandler', (request, _reply, done) => {
    const visit = visitOf(request)
    if (request.method === 'POST' && visit.entry.path === '/participations') {
      const slot = slotOfPayload(world, request.body)
      if (slot) {
        slots.set(request, slot)
        const account = visit.entry.username ?? undefined
        visit.attempt = world.attempts.begin(account, slot, visit.arrivedMs, visit.since)
      }
    }
    done()
  })
}

/** Booking and cancelling. */
export function participationRoutes(app: FastifyInstance, world: World): void {
  app.post('/participations', (request, reply) => book(world, request, reply))
  app.delete<{ Params: { id: string } }>('/participations/:id', (request, reply) =>
    cancel(world, request, reply, Number(request.params.id)),
  )
}

function book(world: World, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const member = memberOf(request)
  const slot = slots.get(request)
  const wrong = faultsOfPayload(request.body, member, slot)
  if (wrong.length > 0 || !slot) {
    noteOutcome(request, 'malformed')
    return sendError(reply, 400, wrong)
  }
  const refused = world.faults.take('refused', occasionOf(visitOf(request)))
  if (refused) {
    noteOutcome(request, 'failed')
    return sendError(reply, 403, refused.message)
  }
  const { outcome, participation } = world.site.book(member, slot, visitOf(request).atMs)
  noteOutcome(request, outcome)
  if (participation) return reply.code(201).send(participationBody(participation))
  if (outcome === 'booked' || outcome === 'waiting-list') throw new Error('a booking without a participation')
  const hours = slot.place.product.minutesAhead / 60
  return sendError(reply, statusOf(outcome, world.profile), refusalText(outcome, world.profile, member, hours))
}

/** Only one's own; what was cancelled before, or never was, is not found. */
function cancel(world: World, request: FastifyRequest, reply: FastifyReply, id: number): FastifyReply {
  const member = memberOf(request)
  const visit = visitOf(request)
  const occasion = occasionOf(visit)
  const own = world.site.participations.find(id)
  const participation = own?.member === member ? own : undefined
  const missing = world.faults.take('cancel404', occasion)
  if (missing?.gone && participation) world.site.cancel(participation, visit.atMs)
  if (!participation || missing) return sendError(reply, 404, `Participation with id ${id} not found`)
  const late = participation.slot.startMs <= visit.atMs
  if (late || world.faults.take('cancel403', occasion)) {
    return sendError(reply, 403, refusalText('cancel-refused', world.profile, member))
  }
  world.site.cancel(participation, visit.atMs)
  return reply.code(200).send({})
}
