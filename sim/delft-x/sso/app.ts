import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { allowPortal } from '../api/cors.ts'
import { installLog } from '../network.ts'
import { installFaults } from '../strike.ts'
import type { World } from '../world.ts'
import { LoginDesk, SSO_COOKIE } from './desk.ts'
import { CALLBACK, Protocol, readAuthorize } from './protocol.ts'
import { sendToken } from './token.ts'

/** The federation's and the university's login services, on one origin with different paths (dossier section 2.1). */
export async function buildSso(world: World): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true })
  await app.register(cookie)
  await app.register(formbody)
  installLog(app, world, 'sso', (request) => world.ssoSessions.find(request.cookies[SSO_COOKIE], world.now()))
  allowPortal(app, world)
  installFaults(app, world)
  const protocol = new Protocol()
  const desk = new LoginDesk(world, protocol)
  app.get('/oidc/authorize', (request, reply) => {
    const redirectUri = `${world.addresses.portal}${CALLBACK}`
    const asked = readAuthorize(request.query as Record<string, string>, redirectUri)
    if ('wrong' in asked) return reply.code(400).send({ error: 'invalid_request', error_description: asked.wrong })
    return desk.enter(request, reply, protocol.start(asked))
  })
  app.get('/authentication/idp/single-sign-on', (request, reply) => desk.pick(request, reply))
  app.post('/authentication/idp/process-wayf', (request, reply) => desk.picked(request, reply))
  app.get('/sso/module.php/core/loginuserpass.php', (request, reply) => desk.askPassword(request, reply))
  app.post('/sso/module.php/core/loginuserpass.php', (request, reply) => desk.takePassword(request, reply))
  app.post('/sso/module.php/mfa/code', (request, reply) => desk.takeCode(request, reply))
  app.post('/sso/module.php/consent/yes', (request, reply) => desk.takeConsent(request, reply))
  app.post('/authentication/sp/consume-assertion', (request, reply) => desk.passOn(request, reply))
  app.post('/login/saml2/sso/oidcng', (request, reply) => back(world, protocol, request, reply))
  app.post('/oidc/token', (request, reply) => sendToken(world, protocol, request, reply))
  return app
}

/** The last hop: a code for the portal. */
function back(world: World, protocol: Protocol, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const flow = protocol.consume((request.body as Record<string, string>)['SAMLResponse'])
  if (flow?.username === undefined) return reply.code(400).send({ error: 'invalid_assertion' })
  const { redirectUri, state } = flow.asked
  const code = protocol.code(flow.asked, flow.username, world.nowMs())
  return reply.redirect(`${redirectUri}?${new URLSearchParams({ code, state })}`, 302)
}
