import { createHash, randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type DelftXOptions, type DelftXSim, EXAMPLE_PERSON, startDelftX } from '../../../sim/delft-x/server.ts'

export const ANNA = EXAMPLE_PERSON
export const BRAM = { username: 'bvoorbeeld', password: 'juist paard', name: 'Bram Voorbeeld' } as const
/** A member without a NetID. */
export const LOCAL = { username: 'carla@example.org', password: 'cavallo corretto', name: 'Carla Esempio' } as const

/** Noon of a Friday in winter time: X1 is open up to Monday 12:00, Fitness up to next Friday 12:00. */
const FRIDAY_NOON = '2025-11-14T12:00'
/** The next Monday: its slot at 13:00 opens on Friday at 13:00. */
export const MONDAY = '2025-11-17'
/** A day on which every hour is open at noon of that Friday. */
export const SUNDAY = '2025-11-16'

/** A site that stands still at noon of a Friday. */
export async function openSite(t: TestContext, options: DelftXOptions = {}): Promise<DelftXSim> {
  const sim = await startDelftX({ people: [ANNA, BRAM, LOCAL], ...options })
  t.after(() => sim.close())
  await sim.control.setClock({ at: FRIDAY_NOON, frozen: true })
  return sim
}

type Person = { username: string; password: string }
type Form = Record<string, string>
type Json = Record<string, unknown>

/** Which cell, in a person's words. */
export type Cell = { date: string; start: string; place: string }

/** Somebody without a browser, who logs in and uses the API as the site's pages do. */
export class Visitor {
  readonly #sim: DelftXSim
  readonly #cookies = new Map<string, string>()
  token = ''
  memberId = 0

  constructor(sim: DelftXSim) {
    this.#sim = sim
  }

  /** Sends one request to the login services and keeps the cookies. */
  async sso(path: string, form?: Form): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(new URL(path, this.#sim.ssoUrl), {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return response
  }

  /** The query of step 3 of the dossier, with a verifier that the visitor remembers. */
  authorizeQuery(changes: Form = {}): { query: string; verifier: string; state: string } {
    const verifier = randomBytes(48).toString('base64url')
    const state = randomBytes(24).toString('base64url')
    const query = new URLSearchParams({
      redirect_uri: `${this.#sim.baseUrl}/oidc/auth-callback`,
      client_id: 'web-sporter-frontend.production.delft.delcom.nl',
      response_type: 'code',
      scope: 'openid',
      access_type: 'offline',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    })
    return { query: query.toString(), verifier, state }
  }

  /** From the picker to the page after the password. */
  async passPassword(authorize: string, { username, password }: Person): Promise<string> {
    const picker = await this.sso(located(await this.sso(`/oidc/authorize?${authorize}`)))
    const ID = field(await picker.text(), 'ID')
    const idp = 'https://login.tudelft.nl/sso/saml2/idp/metadata.php'
    const wayf = await this.sso('/authentication/idp/process-wayf', { ID, idp })
    const page = located(wayf)
    const AuthState = field(await (await this.sso(page)).text(), 'AuthState')
    return (await this.sso(page, { username, password, AuthState })).text()
  }

  /** What the auto-submitting pages do; answers with the address of the portal that they end at. */
  async hop(page: string): Promise<URL> {
    let response = await this.sso(actionOf(page), { SAMLResponse: field(page, 'SAMLResponse'), RelayState: 'x' })
    while (response.status === 200) {
      const next = await response.text()
      response = await this.sso(actionOf(next), { SAMLResponse: field(next, 'SAMLResponse'), RelayState: 'x' })
    }
    return new URL(located(response))
  }

  trade(callback: URL, verifier: string): Promise<Response> {
    return this.sso('/oidc/token', {
      grant_type: 'authorization_code',
      client_id: 'web-sporter-frontend.production.delft.delcom.nl',
      redirect_uri: `${this.#sim.baseUrl}/oidc/auth-callback`,
      code: callback.searchParams.get('code') ?? '',
      code_verifier: verifier,
    })
  }

  /** By the forms, or straight through where the login service still knows the visitor. */
  async logIn(person: Person = ANNA): Promise<this> {
    if (person.username.includes('@')) return this.#keep(await this.logInLocally(person))
    const { query, verifier } = this.authorizeQuery()
    const known = await this.sso(`/oidc/authorize?${query}`)
    const page = known.status === 200 ? await known.text() : await this.passPassword(query, person)
    const callback = await this.hop(page)
    return this.#keep(await this.trade(callback, verifier))
  }

  logInLocally({ username, password }: Person): Promise<Response> {
    return this.api('/auth', { method: 'POST', body: new URLSearchParams({ email: username, password }) })
  }

  api(path: string, init: RequestInit = {}): Promise<Response> {
    const authorization = this.token === '' ? {} : { authorization: `Bearer ${this.token}` }
    return fetch(`${this.#sim.apiUrl}${path}`, { ...init, headers: { ...authorization, ...init.headers } })
  }

  async json(path: string): Promise<Json> {
    return (await (await this.api(path)).json()) as Json
  }

  post(path: string, body: unknown): Promise<Response> {
    return this.api(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  /** The payload of the dossier's section 4 for a cell. */
  async payload({ date, start, place }: Cell): Promise<Payload> {
    const slot = (await this.#sim.control.slots(date)).find((one) => one.start === start && one.place === place)
    if (!slot) throw new Error(`no slot of ${place} on ${date} at ${start}`)
    const { startDate, endDate, bookableProductId, linkedProductId, bookingId } = slot
    const params = { startDate, endDate, bookableProductId, bookableLinkedProductId: linkedProductId, bookingId }
    const more = { invitedMemberEmails: [], invitedGuests: [], invitedOthers: [], clickedOnBook: true }
    return { organizationId: null, memberId: this.memberId, bookingId, params: { ...params, ...more } }
  }

  /** Books a cell; answers with the status and the body. */
  async book(cell: Cell): Promise<{ status: number; body: Answer }> {
    const response = await this.post('/participations', await this.payload(cell))
    return { status: response.status, body: (await response.json()) as Answer }
  }

  async cancel(id: number): Promise<number> {
    return (await this.api(`/participations/${id}`, { method: 'DELETE' })).status
  }

  async #keep(response: Response): Promise<this> {
    const { access_token } = (await response.json()) as { access_token: string }
    this.token = access_token
    this.memberId = ((await this.json('/auth?cf=0')) as { id: number }).id
    return this
  }
}

export type Payload = { organizationId: null; memberId: unknown; bookingId: unknown; params: Json }
/** The parts of answers that tests look at. */
export type Answer = { id: number; status: number; message: string | string[]; error?: string; bookingId: number }

export function located(response: Response): string {
  return response.headers.get('location') ?? ''
}

export function field(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
}

export function actionOf(page: string): string {
  return /action="([^"]+)"/.exec(page)?.[1] ?? ''
}
