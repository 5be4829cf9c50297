import { existsSync } from 'node:fs'
import { type Config, configPath, readConfig } from '../core/config.ts'
import { createLog, keepSecret, type Logger } from '../core/log.ts'
import { ensureVaultKey, openVault, type Vault } from '../core/vault.ts'
import { checkPortalSettings } from '../portals/settings.ts'
import { listAccounts } from './accounts.ts'
import { type Database, openDatabase } from './database.ts'
import { takeOverConfig } from './take-over.ts'

export type House = { config: Config; log: Logger; vault: Vault; db: Database }

/**
 * What every process starts with: the configuration, its log, the database brought up to date, the vault, and the
 * accounts of the configuration taken over. Throws `UserError`. Close `db` at the end.
 */
export async function openHouse(processName: string): Promise<House> {
  const config = readConfig(configPath())
  checkPortalSettings(config)
  keepSecret(config.telegram.botToken)
  for (const account of config.accounts) {
    keepSecret(account.password)
    keepSecret(account.otpauth)
  }
  const log = createLog(processName, config.log.level)
  const db = await openDatabase({ url: config.database.url })
  try {
    const vault = await openHouseVault(db, config.vault.keyFile)
    for (const { name, outcome } of await takeOverConfig(db, vault, config))
      if (outcome !== 'unchanged') log.info({ account: name, outcome }, 'account taken over into the vault')
    return { config, log, vault, db }
  } catch (error) {
    await db.close()
    throw error
  }
}

/** A new key is made only while nothing has been sealed yet: with another key the old secrets would be lost. */
async function openHouseVault(db: Database, keyFile: string): Promise<Vault> {
  if (!existsSync(keyFile) && (await listAccounts(db.read)).length === 0) ensureVaultKey(keyFile)
  return openVault(keyFile)
}
