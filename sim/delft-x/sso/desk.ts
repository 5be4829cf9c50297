import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Html } from '../../shared/html.ts'
import { notePerson } from '../network.ts'
import type { World } from '../world.ts'
import {
  consentPage,
  credentialsPage,
  DELFT_IDP,
  foreignPage,
  hopPage,
  pickerPage,
  secondFactorPage,
  ssoPage,
} from './pages.ts'
import type { Flow, Protocol } from './protocol.ts'

/** By it the login service knows a browser again. */
export const SSO_COOKIE = 'SimpleSAMLAuthToken'
const PASSWORD_PAGE = '/sso/module.php/core/loginuserpass.php'

/** Leads a login through its pages. */
export class LoginDesk {
  readonly #world: World
  readonly #protocol: Protocol

  constructor(world: World, protocol: Protocol) {
    this.#world = world
    this.#protocol = protocol
  }

  /** Straight on for a browser that the service still knows, the picker for the others. */
  enter(request: FastifyRequest, reply: FastifyReply, id: string): FastifyReply {
    const flow = this.#protocol.flow(id)
    const username = this.#world.ssoSessions.find(request.cookies[SSO_COOKIE], this.#world.now())
    if (!flow || username === undefined) return reply.redirect(`/authentication/idp/single-sign-on?ID=${id}`, 302)
    flow.username = username
    return this.#vouch(request, reply, id, flow)
  }

  pick(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { ID } = request.query as Record<string, string | undefined>
    if (ID === undefined || !this.#protocol.flow(ID)) return this.#lost(reply)
    return this.#page(reply, pickerPage(ID, this.#world.faults.take('ssoFormChange')?.variant ?? 'div'))
  }

  picked(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { ID = '', idp } = fields(request)
    if (!this.#protocol.flow(ID)) return this.#lost(reply)
    if (idp !== DELFT_IDP) return this.#page(reply, foreignPage())
    return reply.redirect(`${PASSWORD_PAGE}?${new URLSearchParams({ AuthState: stateOf(ID, this.#world) })}`, 302)
  }

  askPassword(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { AuthState = '' } = request.query as Record<string, string | undefined>
    if (!this.#protocol.flow(idOf(AuthState))) return this.#lost(reply)
    return this.#page(reply, credentialsPage(AuthState, false))
  }

  /** A wrong password shows the form again. */
  async takePassword(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { username = '', password = '', AuthState = '' } = fields(request)
    const { faults, people } = this.#world
    const flow = this.#protocol.flow(idOf(AuthState))
    if (!flow) return this.#lost(reply)
    notePerson(request, username)
    const occasion = { account: username }
    await this.#world.pause((faults.take('ssoSlow', occasion)?.seconds ?? 0) * 1000)
    const member = people.checkPassword(username, password, 'university')
    if (!member) return this.#page(reply, credentialsPage(AuthState, true))
    if (member.kind === 'needs-second-factor') return this.#page(reply, secondFactorPage(AuthState))
    flow.username = member.username
    if (faults.take('ssoConsent', occasion)) return this.#page(reply, consentPage(AuthState))
    return this.#vouch(request, reply, idOf(AuthState), flow)
  }

  /** Here nobody's code is right. */
  takeCode(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return this.#page(reply, secondFactorPage(fields(request)['AuthState'] ?? ''))
  }

  takeConsent(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const id = idOf(fields(request)['AuthState'] ?? '')
    const flow = this.#protocol.flow(id)
    return flow?.username === undefined ? this.#lost(reply) : this.#vouch(request, reply, id, flow)
  }

  /** The federation takes the university's word and gives its own. */
  passOn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const flow = this.#protocol.consume(fields(request)['SAMLResponse'])
    return flow ? this.#hop(reply, '/login/saml2/sso/oidcng', flow) : this.#lost(reply)
  }

  /** From now on the service knows the browser. */
  #vouch(request: FastifyRequest, reply: FastifyReply, id: string, flow: Flow): FastifyReply {
    const { people, ssoSessions } = this.#world
    const username = flow.username ?? ''
    notePerson(request, username)
    people.counts(username).logins++
    this.#protocol.end(id)
    reply.setCookie(SSO_COOKIE, ssoSessions.open(username, this.#world.now()), { path: '/', httpOnly: true })
    return this.#hop(reply, '/authentication/sp/consume-assertion', flow)
  }

  #hop(reply: FastifyReply, action: string, flow: Flow): FastifyReply {
    return this.#page(reply, hopPage(action, { SAMLResponse: this.#protocol.assert(flow), RelayState: 'x' }))
  }

  #lost(reply: FastifyReply): FastifyReply {
    return reply
      .code(400)
      .type('text/html; charset=utf-8')
      .send('<!DOCTYPE html><title>Error</title><h1>State lost</h1>')
  }

  #page(reply: FastifyReply, content: Html): FastifyReply {
    return reply.type('text/html; charset=utf-8').send(ssoPage('Login', content))
  }
}

/** SimpleSAMLphp writes an id and the address to go back to. */
function stateOf(id: string, { addresses }: World): string {
  return `${id}:${addresses.sso}/sso/saml2/idp/SSOService.php`
}

function idOf(authState: string): string {
  return authState.split(':')[0] ?? ''
}

function fields(request: FastifyRequest): Record<string, string | undefined> {
  return (request.body ?? {}) as Record<string, string | undefined>
}
