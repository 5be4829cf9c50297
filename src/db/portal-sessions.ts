import { toStamp } from '../core/clock.ts'
import type { Vault } from '../core/vault.ts'
import type { Database, Reader } from './database.ts'

/** The saved cookies and storage of the account's session as JSON text, or undefined when there are none to be had. */
export async function loadSession(db: Database, vault: Vault, accountId: number): Promise<string | undefined> {
  return await openSession(db.read, vault, accountId)
}

/** The same, asked of a transaction. */
export async function openSession(reader: Reader, vault: Vault, accountId: number): Promise<string | undefined> {
  const row = await reader
    .selectFrom('portal_sessions')
    .select('state')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && vault.open(row.state, contextOf(accountId))
}

/**
 * Saves the session, sealed, so that a restart does not log in again. `since`: the account's `updated_at` when the
 * session was begun; when it has changed, or the account is gone, the session is of no more use and is not saved.
 */
export async function saveSession(
  db: Database,
  vault: Vault,
  accountId: number,
  state: string,
  since?: string,
): Promise<void> {
  const values = { state: vault.seal(state, contextOf(accountId)), saved_at: toStamp(db.clock.now()) }
  await db.write(async (tx) => {
    const account = await tx.selectFrom('accounts').select('updated_at').where('id', '=', accountId).executeTakeFirst()
    if (!account || (since !== undefined && account.updated_at !== since)) return
    await tx
      .insertInto('portal_sessions')
      .values({ account_id: accountId, ...values })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
      .execute()
  })
}

function contextOf(accountId: number): string {
  return `session:${accountId}`
}
