import type { FastifyInstance, FastifyRequest } from 'fastify'
import { noteOutcome, sendError, visitOf } from '../network.ts'
import type { Member } from '../people.ts'
import { occasionOf } from '../strike.ts'
import type { World } from '../world.ts'

const members = new WeakMap<FastifyRequest, Member>()

/** Lets nobody without a good bearer token through to the routes of this plugin. */
export function guard(app: FastifyInstance, world: World): void {
  app.addHook('preHandler', (request, reply, done) => {
    const visit = visitOf(request)
    const { authorization } = request.headers
    if (world.faults.take('token401', occasionOf(visit))) world.tokens.kill(authorization)
    const holder = world.tokens.holder(authorization, visit.atMs)
    if (!holder?.valid) {
      noteOutcome(request, 'bad-token')
      sendError(reply, 401, 'Unauthorized')
      return
    }
    members.set(request, holder.member)
    done()
  })
}

/** Who asks, behind the guard. */
export function memberOf(request: FastifyRequest): Member {
  const member = members.get(request)
  if (!member) throw new Error(`${request.url} is not guarded`)
  return member
}
