import type { Config } from '../core/config.ts'
import type { Vault } from '../core/vault.ts'
import { getPortal } from '../portals/registry.ts'
import { takeOverAccount } from './accounts.ts'
import type { Database } from './database.ts'
import { ensureUser } from './users.ts'

export type TakenOver = { name: string; outcome: 'added' | 'updated' | 'unchanged' }

/**
 * Takes owner and accounts of the configuration over into the database, secrets sealed; runs at setup and at every
 * start, and the file may drop the accounts afterwards. Throws `UserError`.
 */
export async function takeOverConfig(db: Database, vault: Vault, config: Config): Promise<TakenOver[]> {
  await ensureUser(db, config.telegram.ownerId, 'owner')
  const taken: TakenOver[] = []
  for (const { portal, owner, name, ...credentials } of config.accounts) {
    await ensureUser(db, owner, owner === config.telegram.ownerId ? 'owner' : 'member')
    const accountName = name ?? getPortal(portal).name
    const outcome = await takeOverAccount(db, vault, {
      userId: owner,
      portal,
      name: accountName,
      credentials,
      fromConfig: true,
    })
    taken.push({ name: accountName, outcome })
  }
  return taken
}
