import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notePerson, sendError, visitOf } from '../network.ts'
import type { Member } from '../people.ts'
import { TOKEN_SECONDS } from '../tokens.ts'
import type { World } from '../world.ts'

/** Logging in without the university, refreshing, and asking who one is (dossier section 2). */
export function authRoutes(app: FastifyInstance, world: World): void {
  app.post('/auth', (request, reply) => {
    const { email, password } = texts(request.body)
    const member = world.people.checkPassword(email, password, 'local')
    if (!member) return sendError(reply, 401, 'Unauthorized')
    world.people.counts(member.username).logins++
    return sendTokens(world, request, reply, member)
  })
  app.post('/auth/token-refresh', (request, reply) => {
    const member = world.tokens.redeem(texts(request.body)['refresh_token'] ?? '')
    return member ? sendTokens(world, request, reply, member) : sendError(reply, 401, 'Unauthorized')
  })
  app.get('/auth', (request, reply) => {
    const { authorization } = request.headers
    const holder = world.tokens.holder(authorization, visitOf(request).atMs)
    return holder?.valid ? reply.send(memberBody(holder.member)) : sendError(reply, 401, 'Unauthorized')
  })
}

/** `expires_in` is text here, and a number at the university's login: once more under `shapeDrift`, the other way round. */
function sendTokens(world: World, request: FastifyRequest, reply: FastifyReply, member: Member): FastifyReply {
  notePerson(request, member.username)
  const issued = world.tokens.issue(member, visitOf(request).atMs)
  const drifted = world.faults.peek('shapeDrift')?.variant === 'expires-in'
  return reply.code(201).send({
    ...{ access_token: issued.accessToken, id_token: issued.idToken, refresh_token: issued.refreshToken },
    ...{ token_type: 'Bearer', expires_in: drifted ? TOKEN_SECONDS : String(TOKEN_SECONDS), scope: 'openid' },
  })
}

function memberBody({ id, email, firstName, lastName, language }: Member) {
  const userRoles = [{ id: id + 40_000, role: { description: 'Customer' } }]
  return { id, email, firstName, lastName, language, userRoles }
}

/** A form or JSON, whatever came. */
function texts(body: unknown): { email: string; password: string; [name: string]: string } {
  const entries = Object.entries(typeof body === 'object' && body !== null ? body : {})
  return { email: '', password: '', ...Object.fromEntries(entries.map(([name, value]) => [name, String(value)])) }
}
