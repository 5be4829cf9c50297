import { randomBytes } from 'node:crypto'
import type { Member } from './people.ts'

/** How long a token is good for. */
export const TOKEN_SECONDS = 86_400

/** What an account holds after a login or a refresh. */
export type Issued = { accessToken: string; idToken: string; refreshToken: string }

type Grant = { member: Member; expiresMs: number; dead: boolean }

/** Bearer tokens that look like JWTs. Only those handed out here are worth anything. */
export class Tokens {
  readonly #grants = new Map<string, Grant>()
  readonly #refresh = new Map<string, Member>()

  issue(member: Member, nowMs: number): Issued {
    const issuedAt = Math.floor(nowMs / 1000)
    const issued = {
      accessToken: jwt(member, issuedAt, 'access'),
      idToken: jwt(member, issuedAt, 'id'),
      refreshToken: randomBytes(24).toString('base64url'),
    }
    const grant = { member, expiresMs: (issuedAt + TOKEN_SECONDS) * 1000, dead: false }
    this.#grants.set(`Bearer ${issued.accessToken}`, grant)
    this.#refresh.set(issued.refreshToken, member)
    return issued
  }

  /** Takes a refresh token, which is good once. */
  redeem(refreshToken: string): Member | undefined {
    const member = this.#refresh.get(refreshToken)
    this.#refresh.delete(refreshToken)
    return member
  }

  /** Whose an `Authorization` header is, and whether it is still good. */
  holder(authorization: string | undefined, nowMs: number): { member: Member; valid: boolean } | undefined {
    const grant = authorization === undefined ? undefined : this.#grants.get(authorization)
    return grant && { member: grant.member, valid: !grant.dead && nowMs < grant.expiresMs }
  }

  kill(authorization: string | undefined): void {
    const grant = authorization === undefined ? undefined : this.#grants.get(authorization)
    if (grant) grant.dead = true
  }

  /** Ends all tokens, or one person's; refresh tokens stay good. */
  killAll(username?: string): void {
    for (const grant of this.#grants.values()) {
      if (username === undefined || grant.member.username === username) grant.dead = true
    }
  }

  /** Tokens that are good now. */
  count(nowMs: number): number {
    return [...this.#grants.values()].filter(({ dead, expiresMs }) => !dead && nowMs < expiresMs).length
  }
}

function jwt({ id, email, firstName, lastName }: Member, iat: number, use: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: String(id), email, firstName, lastName, use, iat, exp: iat + TOKEN_SECONDS }
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${randomBytes(32).toString('base64url')}`
}
