import { z } from 'zod'
import { parseJson } from './answers.ts'

/** What opens the API for an account. Never part of an error or a log. */
export type Token = {
  accessToken: string
  /** Members without a NetID only (dossier 2.3). */
  refreshToken: string | null
  memberId: number | null
  /** The earlier of what the record and the token itself say; null when neither does. */
  expiresAt: Temporal.Instant | null
}

/** The key of the portal's localStorage under which its pages keep the token (dossier 2.3). */
export const TOKEN_KEY = 'delcom_auth'

/** A token that ends sooner is as good as none: it has to outlive the opening that it is meant for (dossier 2.4). */
const LEAST_LEFT = { minutes: 15 }

const seconds = z.coerce.number().finite().optional().catch(undefined)

const storedSchema = z.object({
  member: z.object({ id: z.coerce.number().int() }).optional().catch(undefined),
  tokenResponse: z.object({
    accessToken: z.string().min(1),
    expiresIn: seconds,
    issuedAt: seconds,
    refreshToken: z.string().min(1).nullish().catch(null),
  }),
  isLoggedIn: z.boolean().optional().catch(undefined),
})

const grantSchema = z.object({
  access_token: z.string().min(1),
  id_token: z.string().optional(),
  refresh_token: z.string().min(1).optional(),
  token_type: z.string().optional(),
  expires_in: seconds,
})
/** The other endpoint that refreshes answers like the stored copy (dossier 2.4). */
const camelGrantSchema = z.object({
  accessToken: z.string().min(1),
  idToken: z.string().optional(),
  refreshToken: z.string().min(1).optional(),
  expiresIn: seconds,
})

/** A token just granted, in the words of the stored copy. */
export type Grant = { accessToken: string; idToken?: string; refreshToken?: string; expiresIn?: number }

/** The token in the portal's localStorage; nothing when there is none, or none that we can read. */
export function tokenIn(stored: string | undefined): Token | undefined {
  const record = storedSchema.safeParse(parseJson(stored ?? ''))
  if (!record.success || record.data.isLoggedIn === false) return undefined
  const { member, tokenResponse } = record.data
  const { accessToken, refreshToken, issuedAt, expiresIn } = tokenResponse
  const ends = [jwtExpiry(accessToken)]
  if (issuedAt !== undefined && expiresIn !== undefined) ends.push(issuedAt + expiresIn)
  const known = ends.filter((end) => end !== undefined)
  return {
    ...{ accessToken, refreshToken: refreshToken ?? null, memberId: member?.id ?? null },
    expiresAt: known.length === 0 ? null : instantOf(Math.min(...known)),
  }
}

/** The token in an answer of a login or a refresh, in either spelling (dossier 2.2, 2.4). */
export function grantIn(body: unknown): Grant | undefined {
  const snake = grantSchema.safeParse(body)
  if (snake.success) {
    const { access_token, id_token, refresh_token, expires_in } = snake.data
    return grantOf(access_token, id_token, refresh_token, expires_in)
  }
  const camel = camelGrantSchema.safeParse(body)
  if (!camel.success) return undefined
  const { accessToken, idToken, refreshToken, expiresIn } = camel.data
  return grantOf(accessToken, idToken, refreshToken, expiresIn)
}

/** The record that the portal's own pages would keep of a member's login. */
export function recordOf(grant: Grant, member: object, now: Temporal.Instant): string {
  const issuedAt = Math.floor(now.epochMilliseconds / 1000)
  return JSON.stringify({
    member,
    tokenResponse: { ...grant, tokenType: 'Bearer', issuedAt },
    isOidc: false,
    isLoggedIn: true,
  })
}

/** Whether it still lasts long enough to begin something with it. */
export function lasts({ expiresAt }: Token, now: Temporal.Instant): boolean {
  return expiresAt === null || Temporal.Instant.compare(now.add(LEAST_LEFT), expiresAt) <= 0
}

function grantOf(
  accessToken: string,
  idToken: string | undefined,
  refreshToken: string | undefined,
  expiresIn: number | undefined,
): Grant {
  return {
    accessToken,
    ...(idToken !== undefined && { idToken }),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresIn !== undefined && { expiresIn }),
  }
}

/** `exp` of a JWT, in seconds since the epoch; nothing for a token of another kind. */
function jwtExpiry(token: string): number | undefined {
  const body = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  const claims = z.object({ exp: z.number() }).safeParse(body)
  return claims.success ? claims.data.exp : undefined
}

function instantOf(epochSeconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(epochSeconds * 1000))
}
