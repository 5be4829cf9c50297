import type Sqlite from 'better-sqlite3'
import { buildDBClient, Runner, SqliteQueue } from 'liteque'
import type { Contender } from './contender.ts'
import { truncateLog } from './sqlite-log.ts'

type Payload = { n: number }

/** Its README's poll. */
const POLL_MS = 1_000
const TIMEOUT_SECONDS = 60

/**
 * liteque at synchronous=FULL; its own setting is NORMAL. It was written for a better-sqlite3 that committed an async
 * transaction at its first await; this one refuses those, so here its statements commit each by itself, as they did.
 */
export const liteque: Contender = async (file) => {
  const db = buildDBClient(file, { runMigrations: true })
  const sqlite = (db as unknown as { session: { client: Sqlite.Database } }).session.client
  sqlite.pragma('synchronous = FULL')
  db.transaction = ((work: (tx: typeof db) => unknown) => work(db)) as typeof db.transaction
  const options = { defaultJobArgs: { numRetries: 2 }, keepFailedJobs: false }
  const queue = new SqliteQueue<Payload>('bench', db, options)
  const add = async (n: number) => String((await queue.enqueue({ n }))?.id)

  return {
    enqueue: () => add(0),
    async fill(jobs) {
      sqlite.exec('begin immediate; delete from tasks')
      for (let n = 0; n < jobs; n++) await add(n)
      sqlite.exec('commit')
      truncateLog(file)
    },
    async work(hooks) {
      let going = true
      const runner = new Runner<Payload>(
        queue,
        {
          run: async (job) => hooks.started(job.id),
          onComplete: async () => {
            if (!hooks.ended()) runner.stop()
          },
          onError: async ({ error }) => hooks.failed(error),
        },
        { concurrency: 1, pollIntervalMs: POLL_MS, timeoutSecs: TIMEOUT_SECONDS },
      )
      const run = (): Promise<void> =>
        runner.run().catch((error) => {
          hooks.failed(error)
          return going ? run() : undefined
        })
      void run()
      return async () => {
        going = false
        runner.stop()
      }
    },
    close: async () => void sqlite.close(),
  }
}
