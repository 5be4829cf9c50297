import type { Config } from '../core/config.ts'
import type { Vault } from '../core/vault.ts'
import { getPortal } from '../portals/registry.ts'
import { configHash, takeOverAccount } from './accounts.ts'
import type { Database } from './database.ts'
import { isDroppedLogin } from './dropped-logins.ts'
import { ensureOwner, ensureUser } from './users.ts'

export type TakenOver = { name: string; outcome: 'added' | 'updated' | 'unchanged' }

/**
 * Takes owner and accounts of the configuration over into the database, secrets sealed; runs at setup and at every
 * start, and the file may drop the accounts afterwards. Without an owner in it the house keeps the one it has, or waits
 * for one. What was removed since the file gave it stays removed. Throws `UserError`.
 */
export async function takeOverConfig(db: Database, vault: Vault, config: Config): Promise<TakenOver[]> {
  const { ownerId } = config.telegram
  if (ownerId !== undefined) await ensureOwner(db, ownerId)
  const taken: TakenOver[] = []
  for (const { portal, owner, name, ...credentials } of config.accounts) {
    if (await isDroppedLogin(db.read, configHash(vault, credentials))) continue
    await ensureUser(db, owner, 'member')
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
