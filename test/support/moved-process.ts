import { z } from 'zod'
import { configPath, readConfig } from '../../src/core/config.ts'
import { createLog } from '../../src/core/log.ts'
import { runMain, stopOnSignals } from '../../src/core/run-main.ts'
import { openVault } from '../../src/core/vault.ts'
import { openDatabase } from '../../src/db/database.ts'
import { startPeriodic } from '../../src/periodic/periodic.ts'
import { startWorker } from '../../src/worker/worker.ts'
import { movedClock } from './moved-clock.ts'

/** Enough to know a clock to some tens of milliseconds: the tests have no quarter of a minute for each opening. */
const SHOT_TIMING = { measureMs: 6_000, readyMs: 300, letGoMs: 150, goodMs: 60 }

const askedSchema = z.object({ awayMs: z.number() })

/** The real worker, or the real periodic executor, in a process whose time its parent moves. */
await runMain(async () => {
  const [role = '', awayMs = '0'] = process.argv.slice(2)
  const clock = movedClock(Number(awayMs))
  const config = readConfig(configPath())
  const log = createLog(role, config.log.level)
  const db = await openDatabase({ url: config.database.url, clock })
  const part =
    role === 'worker'
      ? await startWorker({ db, vault: openVault(config.vault.keyFile), log, config, shotTiming: SHOT_TIMING })
      : await startPeriodic({ db, log })
  const onAsked = async (message: unknown) => {
    clock.awayMs = askedSchema.parse(message).awayMs
    if ('look' in part) await part.look()
    process.send?.({ awayMs: clock.awayMs })
  }
  process.on('message', (message) => void onAsked(message))
  stopOnSignals(async () => {
    await part.stop()
    await db.close()
  })
  process.send?.('ready')
})
