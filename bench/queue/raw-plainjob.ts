import { setImmediate as turn } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import type { Contender } from './contender.ts'
import { plainjob } from './plainjob.ts'

/** Jobs after which the event loop gets a turn. */
const JOBS_A_TURN = 20

/** plainjob's floor: its rows in its table by prepared statements, a transaction to claim and one to end, at NORMAL. */
export const rawPlainjob: Contender = async (file) => {
  const queue = await plainjob(file)
  const db = new Sqlite(file, { timeout: 5_000 })
  for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL']) db.pragma(pragma)
  const next = db.prepare(`select id, type, data from plainjob_jobs
    where status = 0 and type = 'bench' and next_run_at <= ? order by next_run_at limit 1`)
  const take = db.prepare('update plainjob_jobs set status = 1 where id = ?')
  const end = db.prepare('update plainjob_jobs set status = 2 where id = ?')
  const claim = db.transaction(() => {
    const job = next.get(Temporal.Now.instant().epochMilliseconds) as { id: number } | undefined
    if (job) take.run(job.id)
    return job
  })
  return {
    ...queue,
    async work(hooks) {
      let going = true
      async function claimAll(): Promise<void> {
        for (let done = 1; going; done++) {
          const job = claim.immediate()
          if (!job) return
          hooks.started(String(job.id))
          end.run(job.id)
          if (!hooks.ended()) return
          if (done % JOBS_A_TURN === 0) await turn()
        }
      }
      const claiming = claimAll().catch(hooks.failed)
      return async () => {
        going = false
        await claiming
      }
    },
    async close() {
      db.close()
      await queue.close()
    },
  }
}
