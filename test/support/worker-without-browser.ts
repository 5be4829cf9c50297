import { SHOT_DEFAULTS } from '../../src/core/config.ts'
import type { PortalOperator, PortalSession, SessionInput } from '../../src/portals/contract.ts'
import { startWorker, type Worker } from '../../src/worker/worker.ts'
import { noBrowser } from './no-browser.ts'
import type { TestQueue } from './queue.ts'

/** A real worker at a portal that is only what `sessionFor` answers. */
export function startWorkerWithoutBrowser(
  { db, vault, log, folder }: TestQueue,
  concurrency: number,
  sessionFor: (input: SessionInput) => Partial<PortalSession>,
): Promise<Worker> {
  const operator: PortalOperator = {
    contextOptions: { locale: 'en-GB', timezoneId: 'Europe/Rome', viewport: { width: 800, height: 600 } },
    secretSelectors: [],
    openSession: async (input) => sessionFor(input) as PortalSession,
  }
  return startWorker({
    db,
    vault,
    log,
    config: {
      browser: { headless: true },
      dataDir: folder,
      keep: { days: 90, evidenceDays: 14 },
      portals: { polimisport: {} },
      worker: { concurrency },
      shots: SHOT_DEFAULTS,
    },
    operatorOf: () => operator,
    browser: noBrowser(),
  })
}
