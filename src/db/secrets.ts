import type { Vault } from '../core/vault.ts'
import { listAccounts, openCredentials } from './accounts.ts'
import type { Reader } from './database.ts'
import { openSession } from './portal-sessions.ts'

/** Opens every sealed secret once, answering how many there are. Throws `UserError` when one belongs to another key. */
export async function openEverySecret(reader: Reader, vault: Vault): Promise<number> {
  const accounts = await listAccounts(reader)
  let opened = 0
  for (const { id } of accounts) {
    await openCredentials(reader, vault, id)
    const session = await openSession(reader, vault, id)
    opened += session === undefined ? 1 : 2
  }
  return opened
}
