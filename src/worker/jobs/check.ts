import { activateAccount } from '../../db/accounts.ts'
import type { PlainAction } from '../../db/actions/action.ts'
import type { Done, Job } from './job.ts'

/** Logs in with the account's credentials; when the portal takes them, a suspended account is active again. */
export async function check(job: Job<PlainAction>): Promise<Done> {
  if (job.account.state === 'suspended' || !(await job.session.isLoggedIn())) await job.session.login()
  return { result: { kind: 'checked' }, effects: (tx, now) => activateAccount(tx, job.account.id, now) }
}
