import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance } from 'fastify'
import { installLog, sendError } from '../network.ts'
import { installFaults } from '../strike.ts'
import { installGate } from '../travel/gate.ts'
import type { World } from '../world.ts'
import { authRoutes } from './auth.ts'
import { noteAttempts, participationRoutes } from './booking.ts'
import { allowPortal } from './cors.ts'
import { guard } from './guard.ts'
import { myBookings } from './my-bookings.ts'
import { productRoutes } from './products.ts'
import { QueryError } from './query.ts'
import { slotRoutes } from './slots.ts'

/** The JSON API of the site. */
export async function buildApi(world: World): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true })
  await app.register(formbody)
  installGate(app, (port) => world.arrivals.get(port))
  readJsonLater(app)
  installLog(app, world, 'api', ({ headers }) => world.tokens.holder(headers.authorization, 0)?.member.username)
  allowPortal(app, world)
  noteAttempts(app, world)
  installFaults(app, world)
  app.setNotFoundHandler((request, reply) => sendError(reply, 404, `Cannot ${request.method} ${request.url}`))
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof QueryError) return sendError(reply, 400, error.message)
    console.error(error)
    return sendError(reply, 500, 'Internal server error')
  })
  authRoutes(app, world)
  slotRoutes(app, world)
  productRoutes(app, world)
  await app.register(async (inside) => {
    guard(inside, world)
    participationRoutes(inside, world)
    myBookings(inside, world)
  })
  return app
}

/** What is no JSON counts as an empty body: the token is checked before the payload. */
function readJsonLater(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)))
    } catch {
      done(null, undefined)
    }
  })
}
