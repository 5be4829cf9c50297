import { runMain, stopOnSignals } from '../core/run-main.ts'
import { openHouse } from '../db/open-house.ts'
import { startWorker } from './worker.ts'

await runMain(async () => {
  const { config, log, vault, db } = await openHouse('worker')
  const worker = await startWorker({ db, vault, log, config })
  const stop = async (how?: 'at once') => {
    await worker.stop(how)
    await db.close()
  }
  stopOnSignals(stop, () => stop('at once'))
  // pm2 waits for this before it counts the process as up.
  process.send?.('ready')
})
