import { runMain, stopOnSignals } from '../core/run-main.ts'
import { openHouse } from '../db/open-house.ts'
import { startBot } from './bot.ts'

/** The bot process: runs until it is asked to stop, or until Telegram refuses the token. */
await runMain(async () => {
  const { config, log, vault, db } = await openHouse('bot')
  const { botToken: token, apiRoot } = config.telegram
  const bot = await startBot({ db, vault, token, apiRoot, dataDir: config.dataDir, limits: config.limits, log })
  const stop = async () => {
    await bot.stop()
    await db.close()
  }
  stopOnSignals(stop)
  bot.ready.then(
    // pm2 waits for this before it counts the process as up.
    () => process.send?.('ready'),
    () => undefined,
  )
  await bot.ended
})
