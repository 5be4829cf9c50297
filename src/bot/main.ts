import { systemClock } from '../core/clock.ts'
import { configPath, readConfig } from '../core/config.ts'
import { UserError } from '../core/errors.ts'
import { createLog, keepSecret } from '../core/log.ts'
import { openVault } from '../core/vault.ts'
import { openDatabase } from '../db/database.ts'
import { takeOverConfig } from '../db/take-over.ts'
import { ensureUser } from '../db/users.ts'
import { startBot } from './bot.ts'

/** The bot process: runs until it is asked to stop. */
async function main(): Promise<void> {
  const config = readConfig(configPath())
  keepSecret(config.telegram.botToken)
  for (const { password, otpauth } of config.accounts) {
    keepSecret(password)
    keepSecret(otpauth)
  }
  const log = createLog('bot', config.log.level)
  const db = await openDatabase({ url: config.database.url, clock: systemClock })
  try {
    if (config.accounts.length === 0) await ensureUser(db, config.telegram.ownerId, 'owner')
    else await takeOverConfig(db, openVault(config.vault.keyFile), config)
    const { botToken: token, apiRoot } = config.telegram
    const bot = await startBot({ db, token, apiRoot, log })
    const stop = () => void bot.stop()
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    try {
      await bot.ended
    } finally {
      await bot.stop()
    }
    log.info('the bot has stopped')
  } finally {
    await db.close()
  }
}

try {
  await main()
  process.exit(0)
} catch (error) {
  console.error(error instanceof UserError ? error.message : error)
  process.exit(1)
}
