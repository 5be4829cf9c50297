import { PortalError } from '../errors.ts'
import { memberSchema, parseJson } from './answers.ts'
import { bodyOf } from './body.ts'
import type { Incoming } from './connection.ts'
import { writeRecord } from './storage.ts'
import { type Grant, grantIn, recordOf, type Token, tokenIn } from './token.ts'
import type { Visit } from './visit.ts'

const DOING = 'logging in'

/** Logs a member in who has no NetID (dossier 2.2), without the password while the last login can be renewed (2.4). */
export async function loginByEmail(visit: Visit): Promise<Token> {
  const kept = tokenIn(await visit.storedRecord())
  const renewed = kept?.refreshToken ? await renew(visit, kept.refreshToken) : undefined
  const grant = renewed ?? (await withPassword(visit))
  const member = bodyOf(await visit.api.read('/auth?cf=0', grant.accessToken, DOING), memberSchema, DOING)
  const record = recordOf(grant, member, visit.now)
  // Where the portal's own pages keep it: it is saved and restored with the context.
  await writeRecord(await visit.page(), visit.baseUrl, record)
  const token = tokenIn(record)
  if (token) return token
  throw new PortalError('page-changed', `${DOING}: no token`, { lookedFor: 'access_token' })
}

/** The password is sent once. */
async function withPassword(visit: Visit): Promise<Grant> {
  const { username: email, password } = visit.credentials
  const request = visit.api.compose('POST', '/auth', { form: { email, password } })
  const answer = await visit.api.send(request, DOING).catch((error: unknown) => {
    if (!(error instanceof PortalError) || error.kind !== 'session-expired') throw error
    throw new PortalError('bad-credentials', 'the portal rejected the e-mail or the password')
  })
  return grantOf(answer)
}

/** A new token for the refresh token; nothing when the portal does not renew it any more. */
async function renew(visit: Visit, refreshToken: string): Promise<Grant | undefined> {
  const first = await ask(visit, '/auth/token-refresh', { refresh_token: refreshToken })
  const answer = first?.status === 404 ? await ask(visit, '/auth/refresh', { refreshToken }) : first
  const grant = answer && answer.status < 300 ? grantIn(parseJson(answer.text)) : undefined
  return grant && { refreshToken, ...grant }
}

async function ask(visit: Visit, path: string, body: object): Promise<Incoming | undefined> {
  const request = visit.api.compose('POST', path, { json: JSON.stringify(body) })
  return visit.api.send(request, DOING).catch((error: unknown) => {
    if (error instanceof PortalError && error.kind === 'session-expired') return undefined
    throw error
  })
}

function grantOf({ status, text }: Incoming): Grant {
  const grant = status < 300 ? grantIn(parseJson(text)) : undefined
  if (grant) return grant
  throw new PortalError('page-changed', `${DOING}: the portal answered ${status}`, { lookedFor: 'access_token' })
}
