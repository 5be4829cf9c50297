import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

const AUTH = '.ASPXAUTH_SOCIALBOOKING'
const SESSION = 'ASP.NET_SessionId'
const VERIFICATION = '__RequestVerificationToken'
const OPTIONS = { path: '/', httpOnly: true } as const

/** The portal's session ticket as the browser holds it. */
export function authCookie(request: FastifyRequest): string | undefined {
  return request.cookies[AUTH]
}

export function setAuthCookie(reply: FastifyReply, token: string): void {
  reply.setCookie(AUTH, token, OPTIONS)
}

export function clearAuthCookie(reply: FastifyReply): void {
  reply.clearCookie(AUTH, OPTIONS)
}

/** The two cookies that every visitor gets. Returns the token that forms have to bring back. */
export function setVisitorCookies(request: FastifyRequest, reply: FastifyReply): string {
  const token = request.cookies[VERIFICATION] ?? randomBytes(16).toString('base64url')
  if (!request.cookies[SESSION]) reply.setCookie(SESSION, randomBytes(12).toString('hex'), OPTIONS)
  reply.setCookie(VERIFICATION, token, OPTIONS)
  return token
}

export function bringsToken(request: FastifyRequest, token: string | undefined): boolean {
  return token !== undefined && token === request.cookies[VERIFICATION]
}
