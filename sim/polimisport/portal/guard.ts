import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isAjax } from '../network.ts'
import type { Person } from '../people.ts'
import type { World } from '../world.ts'
import { authCookie, clearAuthCookie } from './cookies.ts'

const people = new WeakMap<FastifyRequest, Person>()

/** Sends everybody without a session to the login page, scripts too: those then get the page's HTML with status 200. */
export function guard(app: FastifyInstance, world: World): void {
  app.addHook('preHandler', async (request, reply) => {
    expireByFault(world, request)
    const username = world.portalSessions.find(authCookie(request), world.now())
    const person = username === undefined ? undefined : world.people.find(username)
    if (!person) return toLogin(request, reply)
    people.set(request, person)
    return undefined
  })
}

/** Who asks; only behind the guard. */
export function personOf(request: FastifyRequest): Person {
  const person = people.get(request)
  if (!person) throw new Error('This route is not behind the guard.')
  return person
}

function toLogin(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  clearAuthCookie(reply)
  return reply.redirect(`/sportpolimi/Account/Login?returnUrl=${encodeURIComponent(request.url)}`, 302)
}

function expireByFault(world: World, request: FastifyRequest): void {
  const token = authCookie(request)
  const username = world.portalSessions.find(token, world.now())
  if (username === undefined) return
  const id = isAjax(request) ? 'session-expired-ajax' : 'session-expired-page'
  const [route = ''] = request.url.split('?')
  if (world.faults.take(id, { route, person: username })) world.portalSessions.close(token)
}
