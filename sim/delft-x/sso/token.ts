import type { FastifyReply, FastifyRequest } from 'fastify'
import { notePerson } from '../network.ts'
import { TOKEN_SECONDS } from '../tokens.ts'
import type { World } from '../world.ts'
import type { Protocol } from './protocol.ts'

/** Trades a code for a token, by PKCE; there is no refresh token in it. */
export function sendToken(
  world: World,
  protocol: Protocol,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const username = protocol.trade((request.body ?? {}) as Record<string, string>, world.nowMs())
  const member = username === undefined ? undefined : world.people.find(username)
  if (!member) return reply.code(400).send({ error: 'invalid_grant' })
  notePerson(request, member.username)
  const { accessToken, idToken } = world.tokens.issue(member, world.nowMs())
  const drifted = world.faults.peek('shapeDrift')?.variant === 'expires-in'
  return reply.send({
    ...{ access_token: accessToken, id_token: idToken, token_type: 'Bearer', scope: 'openid' },
    expires_in: drifted ? String(TOKEN_SECONDS) : TOKEN_SECONDS,
  })
}
