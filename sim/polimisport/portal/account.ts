import type { FastifyInstance, FastifyReply } from 'fastify'
import { rememberPerson, stringFields } from '../network.ts'
import type { World } from '../world.ts'
import { authCookie, bringsToken, clearAuthCookie, setAuthCookie, setVisitorCookies } from './cookies.ts'
import { loginPage } from './pages.ts'
import { sendPage } from './send.ts'

/** The routes outside the guard: login page, the way to the login service and back, logout. */
export function accountRoutes(world: World) {
  return async (app: FastifyInstance): Promise<void> => {
    app.route<{ Querystring: { returnUrl?: string } }>({
      method: ['GET', 'POST'],
      url: '/Account/Login',
      handler: (request, reply) => {
        const token = setVisitorCookies(request, reply)
        const content = loginPage(world.texts, token, localUrl(request.query.returnUrl))
        return sendPage(world, reply, content, { bodyClass: 'login', isLogin: true })
      },
    })
    app.post('/Account/ExternalLogin', (request, reply) => {
      const { __RequestVerificationToken: token, returnUrl } = stringFields(request.body)
      if (!bringsToken(request, token)) return reply.code(400).send(world.texts.refusals.badRequest)
      const relay = world.handover.leave(localUrl(returnUrl))
      return reply.redirect(`${world.addresses.sso}/aunicalogin/getservizio.xml?id_servizio=2087&relay=${relay}`, 302)
    })
    app.post('/Account/ExternalLoginCallback', (request, reply) => {
      const { SSO_LOGIN: ticket = '', relay = '' } = stringFields(request.body)
      const arrival = world.handover.arrive(ticket, relay)
      if (!arrival) return toLogin(reply)
      rememberPerson(request, arrival.username)
      world.people.counts(arrival.username).logins++
      setAuthCookie(reply, world.portalSessions.open(arrival.username, world.now()))
      return reply.redirect(arrival.returnUrl, 302)
    })
    app.get('/Account/LogOut', (request, reply) => {
      world.portalSessions.close(authCookie(request))
      clearAuthCookie(reply)
      return toLogin(reply)
    })
  }
}

function toLogin(reply: FastifyReply): FastifyReply {
  return reply.redirect('/sportpolimi/Account/Login?returnUrl=%2Fsportpolimi%2F', 302)
}

/** Back into the portal and nowhere else. */
function localUrl(url: string | undefined): string {
  return url !== undefined && /^\/sportpolimi(\/|$)/i.test(url) ? url : '/sportpolimi/'
}
