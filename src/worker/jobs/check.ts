import { activateAccount } from '../../db/accounts.ts'
import type { PlainAction } from '../../db/actions/action.ts'
import { refusedUntil } from '../../db/refused-logins.ts'
import { PortalError } from '../../portals/errors.ts'
import type { Done, Job } from './job.ts'

/** The portal has refused this login a short while ago, and was not asked again. */
export class StillRefused extends PortalError {
  constructor() {
    super('bad-credentials', 'the portal has just refused this login: it is not tried again so soon')
  }
}

/**
 * Logs in with the account's credentials; when the portal takes them, a suspended account is active again. Throws
 * `StillRefused`, having sent nothing, soon after a refusal: the same again would lock the account.
 */
export async function check({ account, session, db }: Job<PlainAction>): Promise<Done> {
  if (refusedUntil(account, db.clock.now())) throw new StillRefused()
  if (account.state === 'suspended' || !(await session.isLoggedIn())) await session.login()
  return { result: { kind: 'checked' }, effects: (tx, now) => activateAccount(tx, account.id, now) }
}
