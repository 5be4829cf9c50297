import { toStamp } from '../core/clock.ts'
import type { Account } from './accounts.ts'
import type { Tx } from './database.ts'

/** So long the same credentials are not submitted again: a portal may lock a login that is refused too often. */
const REFUSED_FOR = { hours: 1 }

/**
 * Until when a login that the portal refused is not tried again; undefined where it may be. It may work by then, mended
 * on the site; new credentials are another login.
 */
export function refusedUntil(
  { state, suspended_by, updated_at }: Pick<Account, 'state' | 'suspended_by' | 'updated_at'>,
  now: Temporal.Instant,
): Temporal.Instant | undefined {
  if (state === 'active' || suspended_by === 'user') return undefined
  const until = Temporal.Instant.from(updated_at).add(REFUSED_FOR)
  return Temporal.Instant.compare(until, now) > 0 ? until : undefined
}

/** The portal has refused the login of a suspended account once more. */
export async function noteRefusal(tx: Tx, accountId: number, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ updated_at: toStamp(now) })
    .where('id', '=', accountId)
    .where('state', '=', 'suspended')
    .execute()
}
