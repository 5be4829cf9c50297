import { PortalError } from '../errors.ts'
import { asPortalError } from '../shared/failures.ts'
import { memberSchema } from './answers.ts'
import { bodyOf } from './body.ts'
import { loginByEmail } from './member-login.ts'
import { loginBySso } from './sso-login.ts'
import { lasts } from './token.ts'
import type { Visit } from './visit.ts'

/** What a session remembers of its logins: a refused password is never sent again. */
export type LoginMemory = { rejected: PortalError | undefined }

/** Whether the account's token lasts for long enough and the portal still takes it. */
export async function isLoggedIn(visit: Visit): Promise<boolean> {
  const token = await visit.token()
  if (!token || !lasts(token, visit.now)) return false
  const doing = 'checking the session'
  try {
    const answer = await visit.api.read('/auth?cf=0', token.accessToken, doing)
    visit.keep({ ...token, memberId: bodyOf(answer, memberSchema, doing).id })
    return true
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'session-expired') return false
    throw error
  }
}

/** Logs in: with a NetID on the pages of the university, with an e-mail at the portal itself (dossier 2.1, 2.2). */
export async function login(visit: Visit, memory: LoginMemory): Promise<void> {
  if (memory.rejected) throw memory.rejected
  if (await isLoggedIn(visit)) return
  await visit.step('logging-in')
  try {
    visit.keep(await (visit.credentials.username.includes('@') ? loginByEmail(visit) : loginBySso(visit)))
  } catch (error) {
    const failure = asPortalError(error, 'logging in')
    if (failure.kind === 'bad-credentials') memory.rejected = failure
    throw failure
  }
  await visit.closePage()
}
