import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Html } from '../../shared/html.ts'
import { installNetwork, rememberPerson, stringFields } from '../network.ts'
import type { Person } from '../people.ts'
import type { World } from '../world.ts'
import { type Flow, Flows, type Step } from './flows.ts'
import { credentialsPage, expiringPage, hopPage, noticePage, otpPage, ssoShell } from './pages.ts'

const CONTROLLER = '/aunicalogin/aunicalogin/controller'
const FLOW_COOKIE = 'JSESSIONID'
const SSO_COOKIE = 'SSO_LOGIN'
const COOKIE_OPTIONS = { path: '/', httpOnly: true } as const
const STEP_URLS: Record<Step['kind'], string> = {
  otp: `${CONTROLLER}/passi/OTP.do`,
  expiring: `${CONTROLLER}/PWDinScadenza.do`,
  notice: `${CONTROLLER}/passi/AvvisiDFA.do`,
}

/** The university's login service, on an origin of its own. */
export async function buildSso(world: World): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true })
  await app.register(cookie)
  await app.register(formbody)
  installNetwork(app, world, 'sso', (request) => world.ssoSessions.find(request.cookies[SSO_COOKIE], world.now()))
  const desk = new LoginDesk(world)
  app.get('/aunicalogin/getservizio.xml', (request, reply) => desk.enter(request, reply))
  app.get('/aunicalogin/aunicalogin.jsp', (_request, reply) =>
    reply.redirect(`${CONTROLLER}/AunicaLogin.do?evn_checkCookieSSO=evento`, 302),
  )
  app.get(`${CONTROLLER}/AunicaLogin.do`, (request, reply) => desk.greet(request, reply))
  app.post(`${CONTROLLER}/IdentificazioneUnica.do`, (request, reply) => desk.takePassword(request, reply))
  app.get(STEP_URLS.otp, (request, reply) => desk.show(request, reply, 'otp'))
  app.post(STEP_URLS.otp, (request, reply) => desk.takeCode(request, reply))
  for (const kind of ['expiring', 'notice'] as const) {
    app.get(STEP_URLS[kind], (request, reply) => desk.show(request, reply, kind))
    app.post(STEP_URLS[kind], (request, reply) => desk.pass(request, reply, kind))
  }
  app.get(`${CONTROLLER}/passi/LoginExtensionPoint.do`, (request, reply) => desk.hop(request, reply))
  return app
}

/** Leads a login through its pages. */
class LoginDesk {
  readonly #world: World
  readonly #flows = new Flows()

  constructor(world: World) {
    this.#world = world
  }

  enter(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { relay = '' } = stringFields(request.query)
    reply.setCookie(FLOW_COOKIE, this.#flows.start(relay), COOKIE_OPTIONS)
    return reply.redirect('/aunicalogin/aunicalogin.jsp?id_servizio=2087', 302)
  }

  /** Straight on for those whom the service still knows, the credentials page for the others. */
  greet(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const flow = this.#flow(request)
    const known = this.#known(request)
    if (!flow) return reply.code(400).send(this.#world.texts.refusals.badRequest)
    if (!known) return this.#page(reply, credentialsPage(this.#world.texts, false))
    flow.person = known
    return this.#next(reply, flow)
  }

  takePassword(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { people, faults, texts } = this.#world
    const flow = this.#flow(request)
    const { login = '', password = '' } = stringFields(request.body)
    const fault = faults.take('bad-password', { person: login })
    const person = people.checkPassword(login, password, fault !== undefined)
    if (!person || !flow) return this.#page(reply, credentialsPage(texts, true))
    rememberPerson(request, person.username)
    flow.person = person
    flow.steps = this.#stepsFor(person)
    return this.#next(reply, flow)
  }

  takeCode(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { people, faults, texts } = this.#world
    const flow = this.#flow(request)
    if (!flow?.person || flow.steps[0]?.kind !== 'otp') return this.#expired(reply)
    const { username } = flow.person
    rememberPerson(request, username)
    const fault =
      faults.take('bad-otp-once', { person: username }) ?? faults.take('bad-otp-always', { person: username })
    const clocks = [this.#world.now(), Temporal.Now.instant()]
    const { otp = '' } = stringFields(request.body)
    if (!people.checkCode(flow.person, otp, clocks, fault !== undefined)) return this.#page(reply, otpPage(texts, true))
    flow.steps.shift()
    return this.#next(reply, flow)
  }

  show(request: FastifyRequest, reply: FastifyReply, kind: Step['kind']): FastifyReply {
    const step = this.#flow(request)?.steps[0]
    if (step?.kind !== kind) return this.#expired(reply)
    const { texts } = this.#world
    if (step.kind === 'otp') return this.#page(reply, otpPage(texts, false))
    return this.#page(reply, step.kind === 'expiring' ? expiringPage(texts) : noticePage(texts, step.buttons))
  }

  pass(request: FastifyRequest, reply: FastifyReply, kind: Step['kind']): FastifyReply {
    const flow = this.#flow(request)
    if (flow?.steps[0]?.kind !== kind) return this.#expired(reply)
    flow.steps.shift()
    return this.#next(reply, flow)
  }

  /** The last page of the service; from now on it knows the browser. */
  hop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const flow = this.#flow(request)
    if (!flow?.person || flow.steps.length > 0) return this.#expired(reply)
    const { world, person } = { world: this.#world, person: flow.person }
    rememberPerson(request, person.username)
    const stuck = world.faults.take('sso-stuck', { person: person.username }) !== undefined
    reply.setCookie(SSO_COOKIE, world.ssoSessions.open(person.username, world.now()), COOKIE_OPTIONS)
    const fields = { SSO_LOGIN: world.handover.vouch(person.username), relay: flow.relay }
    const action = `${world.addresses.portal}/Account/ExternalLoginCallback`
    if (!stuck) this.#flows.end(request.cookies[FLOW_COOKIE])
    return this.#page(reply, hopPage(world.texts, action, fields, stuck))
  }

  #stepsFor({ username, secret }: Person): Step[] {
    const { faults } = this.#world
    const occasion = { person: username }
    const expiring = faults.take('password-expiring', occasion)
    const notice = faults.take('dfa-notice', occasion)
    const noCode = secret === undefined || faults.take('otp-skipped', occasion) !== undefined
    const around = (when: 'before-otp' | 'after-otp'): Step[] => [
      ...(expiring?.when === when ? [{ kind: 'expiring' as const }] : []),
      ...(notice?.when === when ? [{ kind: 'notice' as const, buttons: notice.buttons }] : []),
    ]
    return [...around('before-otp'), ...(noCode ? [] : [{ kind: 'otp' as const }]), ...around('after-otp')]
  }

  #known(request: FastifyRequest): Person | undefined {
    const { ssoSessions, people, faults } = this.#world
    const username = ssoSessions.find(request.cookies[SSO_COOKIE], this.#world.now())
    if (username !== undefined) return people.find(username)
    const fault = faults.take('sso-passthrough')
    return fault && (fault.person === undefined ? people.all()[0] : people.find(fault.person))
  }

  #flow(request: FastifyRequest): Flow | undefined {
    return this.#flows.find(request.cookies[FLOW_COOKIE])
  }

  #next(reply: FastifyReply, { steps: [step] }: Flow): FastifyReply {
    return reply.redirect(step ? STEP_URLS[step.kind] : `${CONTROLLER}/passi/LoginExtensionPoint.do`, 302)
  }

  #expired(reply: FastifyReply): FastifyReply {
    return reply.redirect(`${CONTROLLER}/AunicaLogin.do?evn_checkCookieSSO=evento`, 302)
  }

  #page(reply: FastifyReply, content: Html): FastifyReply {
    return reply.type('text/html; charset=utf-8').send(ssoShell(content, this.#world.structure()))
  }
}
