import { runMain, stopOnSignals } from '../../src/core/run-main.ts'
import { openHouse } from '../../src/db/open-house.ts'
import { startWorker } from '../../src/worker/worker.ts'
import { noBrowser } from '../support/no-browser.ts'
import { countingOperator } from './operator.ts'

/** The real worker, as src/worker/main.ts starts it, at the counting portal. */
await runMain(async () => {
  const [url = ''] = process.argv.slice(2)
  const { config, log, vault, db } = await openHouse('worker')
  const operator = countingOperator(url)
  const worker = await startWorker({
    db,
    vault,
    log,
    config,
    operatorOf: () => operator,
    browser: noBrowser(),
  })
  const stop = async (how?: 'at once') => {
    await worker.stop(how)
    await db.close()
  }
  stopOnSignals(stop, () => stop('at once'))
})
