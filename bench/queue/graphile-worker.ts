import { EventEmitter } from 'node:events'
import { Logger, makeWorkerUtils, run, type WorkerEvents } from 'graphile-worker'
import { Client } from 'pg'
import type { Contender } from './contender.ts'
import { vacuum } from './vacuum.ts'

const TASK = 'bench'
const SILENT = new Logger(() => () => {})

/** graphile-worker as it comes, one job at a time: prepared statements, LISTEN, jobs claimed and completed singly. */
export const graphileWorker: Contender = async (connectionString) => {
  const utils = await makeWorkerUtils({ connectionString, logger: SILENT })
  await utils.migrate()
  return {
    enqueue: async () => (await utils.addJob(TASK, { n: 0 })).id,
    async fill(jobs) {
      await execute(connectionString, 'delete from graphile_worker._private_jobs')
      const specs = Array.from({ length: jobs }, (_, n) => ({ identifier: TASK, payload: { n } }))
      if (jobs > 0) await utils.addJobs(specs)
      await vacuum(connectionString)
    },
    async work(hooks) {
      const events: WorkerEvents = new EventEmitter()
      events.on('job:complete', () => {
        if (!hooks.ended()) void runner.stop()
      })
      events.on('worker:getJob:error', ({ error }) => hooks.failed(error))
      const runner = await run({
        connectionString,
        logger: SILENT,
        events,
        concurrency: 1,
        noHandleSignals: true,
        parsedCronItems: [],
        taskList: { [TASK]: (_, { job }) => hooks.started(job.id) },
      })
      return () => runner.stop().catch(() => undefined)
    },
    close: async () => void (await utils.release()),
  }
}

async function execute(connectionString: string, text: string): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  await client.query(text).finally(() => client.end())
}
