import type { Member } from './people.ts'
import { TOKEN_SECONDS } from './tokens.ts'
import type { World } from './world.ts'

/** What the pages keep in localStorage under `delcom_auth` after a login by the university (dossier section 2.3). */
export type StoredAuth = {
  member: { id: number; email: string; firstName: string; lastName: string; language: Member['language'] }
  /** `issuedAt` in Unix seconds. */
  tokenResponse: { accessToken: string; tokenType: 'Bearer'; expiresIn: number; idToken: string; issuedAt: number }
  isOidc: true
  isLoggedIn: true
}

/** A good token without any login. */
export function grant(world: World, member: Member): StoredAuth {
  const nowMs = world.nowMs()
  const { accessToken, idToken } = world.tokens.issue(member, nowMs)
  const { id, email, firstName, lastName, language } = member
  const issuedAt = Math.floor(nowMs / 1000)
  return {
    member: { id, email, firstName, lastName, language },
    tokenResponse: { accessToken, tokenType: 'Bearer', expiresIn: TOKEN_SECONDS, idToken, issuedAt },
    isOidc: true,
    isLoggedIn: true,
  }
}
