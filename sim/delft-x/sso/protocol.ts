import { createHash, randomBytes } from 'node:crypto'

/** The portal at the login service (dossier section 2.1). A public client: no secret. */
export const CLIENT_ID = 'web-sporter-frontend.production.delft.delcom.nl'
export const CALLBACK = '/oidc/auth-callback'
const CODE_LIFE_MS = 60_000

/** What the portal asked for when it sent somebody to log in. */
export type Asked = { redirectUri: string; state: string; challenge: string }

/** One login on its way through the pages. */
export type Flow = { asked: Asked; username: string | undefined }

type Code = { asked: Asked; username: string; issuedMs: number }

/** What is wrong with the query of `/oidc/authorize`, or what it asks for. */
export function readAuthorize(
  query: Record<string, string | undefined>,
  redirectUri: string,
): Asked | { wrong: string } {
  const fixed = {
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    access_type: 'offline',
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(fixed)) if (query[name] !== value) return { wrong: name }
  const { state = '', code_challenge: challenge = '' } = query
  if (state.length < 8) return { wrong: 'state' }
  return /^[\w-]{43}$/.test(challenge) ? { redirectUri, state, challenge } : { wrong: 'code_challenge' }
}

/** Logins under way, and the codes that they end with. Everything handed out is good once. */
export class Protocol {
  readonly #flows = new Map<string, Flow>()
  readonly #assertions = new Map<string, Flow>()
  readonly #codes = new Map<string, Code>()

  start(asked: Asked): string {
    const id = `_${randomBytes(20).toString('hex')}`
    this.#flows.set(id, { asked, username: undefined })
    return id
  }

  flow(id: string | undefined): Flow | undefined {
    return id === undefined ? undefined : this.#flows.get(id)
  }

  end(id: string): void {
    this.#flows.delete(id)
  }

  /** A `SAMLResponse` that speaks for somebody on the way from one party to the next. */
  assert(flow: Flow): string {
    const assertion = randomBytes(48).toString('base64')
    this.#assertions.set(assertion, flow)
    return assertion
  }

  consume(assertion: string | undefined): Flow | undefined {
    const flow = assertion === undefined ? undefined : this.#assertions.get(assertion)
    if (assertion !== undefined) this.#assertions.delete(assertion)
    return flow
  }

  code(asked: Asked, username: string, nowMs: number): string {
    const code = randomBytes(24).toString('base64url')
    this.#codes.set(code, { asked, username, issuedMs: nowMs })
    return code
  }

  /** Trades a code; whoever cannot show the verifier of its challenge gets nothing. */
  trade(form: Record<string, string>, nowMs: number): string | undefined {
    const { grant_type, client_id, redirect_uri, code = '', code_verifier = '' } = form
    const found = this.#codes.get(code)
    this.#codes.delete(code)
    if (!found || nowMs - found.issuedMs > CODE_LIFE_MS) return undefined
    if (grant_type !== 'authorization_code' || client_id !== CLIENT_ID) return undefined
    if (redirect_uri !== found.asked.redirectUri) return undefined
    const challenge = createHash('sha256').update(code_verifier).digest('base64url')
    return challenge === found.asked.challenge ? found.username : undefined
  }
}
