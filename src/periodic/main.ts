import { runMain, stopOnSignals } from '../core/run-main.ts'
import { openHouse } from '../db/open-house.ts'
import { startPeriodic } from './periodic.ts'

/** The periodic executor: runs until it is asked to stop. Any number may run; the database makes them one. */
await runMain(async () => {
  const { log, db } = await openHouse('periodic')
  const periodic = await startPeriodic({ db, log })
  stopOnSignals(async () => {
    await periodic.stop()
    await db.close()
  })
  // pm2 waits for this before it counts the process as up.
  process.send?.('ready')
})
