import Sqlite from 'better-sqlite3'
import { better, defineQueue, defineWorker } from 'plainjob'
import type { Contender } from './contender.ts'
import { truncateLog } from './sqlite-log.ts'

const TYPE = 'bench'
const SILENT = { error() {}, warn() {}, info() {}, debug() {} }

/** plainjob as it comes: synchronous=NORMAL, a look once a second. */
export const plainjob: Contender = async (file) => {
  const db = new Sqlite(file)
  const queue = defineQueue({ connection: better(db), logger: SILENT })
  return {
    enqueue: async () => String(queue.add(TYPE, { n: 0 }).id),
    async fill(jobs) {
      db.exec('delete from plainjob_jobs')
      queue.addMany(
        TYPE,
        Array.from({ length: jobs }, (_, n) => ({ n })),
      )
      truncateLog(file)
    },
    async work(hooks) {
      let going = true
      const worker = defineWorker(TYPE, (job) => hooks.started(String(job.id)), {
        queue,
        logger: SILENT,
        onCompleted: () => {
          if (!hooks.ended()) stop()
        },
      })
      const stop = () => {
        going = false
        void worker.stop()
      }
      const run = (): Promise<void> =>
        worker.start().catch((error) => {
          hooks.failed(error)
          return going ? run() : undefined
        })
      void run()
      return async () => stop()
    },
    close: async () => queue.close(),
  }
}
