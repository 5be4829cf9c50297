import { PgBoss } from 'pg-boss'
import type { Contender, Hooks } from './contender.ts'
import { vacuum } from './vacuum.ts'

const QUEUE = 'bench'
const BATCH = 100

type Way = 'polling' | 'notified' | 'fetching'

/** pg-boss with its poll every two seconds; in batches, as it would take but one job each time. */
export const pgBossPolling = pgBoss('polling')
/** pg-boss with its option to be woken by NOTIFY. */
export const pgBossNotified = pgBoss('notified')
/** pg-boss by `fetch` and `complete`: its own loop would wait between two single jobs. */
export const pgBossFetching = pgBoss('fetching')

function pgBoss(way: Way): Contender {
  return async (connectionString) => {
    const boss = new PgBoss({ connectionString, useListenNotify: way === 'notified' })
    boss.on('error', () => undefined)
    await boss.start()
    await boss.createQueue(QUEUE, { notify: way === 'notified' })
    return {
      enqueue: async () => (await boss.send(QUEUE, { n: 0 })) ?? 'refused',
      async fill(jobs) {
        await boss.deleteAllJobs(QUEUE)
        const inserts = Array.from({ length: jobs }, (_, n) => ({ data: { n } }))
        if (jobs > 0) await boss.insert(QUEUE, inserts)
        await vacuum(connectionString)
      },
      work: (hooks) => (way === 'fetching' ? fetchOn(boss, hooks) : workOn(boss, hooks, way === 'polling' ? BATCH : 1)),
      close: () => boss.stop({ graceful: false }),
    }
  }
}

async function workOn(boss: PgBoss, hooks: Hooks, batchSize: number): Promise<() => Promise<void>> {
  await boss.work(QUEUE, { batchSize }, async (jobs) => {
    for (const job of jobs) hooks.started(job.id)
    for (const _ of jobs) hooks.ended()
  })
  return () => boss.offWork(QUEUE)
}

async function fetchOn(boss: PgBoss, hooks: Hooks): Promise<() => Promise<void>> {
  let going = true
  async function fetchAll(): Promise<void> {
    while (going) {
      const [job] = await boss.fetch(QUEUE)
      if (!job) return
      hooks.started(job.id)
      await boss.complete(QUEUE, job.id)
      if (!hooks.ended()) return
    }
  }
  const fetching = fetchAll().catch(hooks.failed)
  return async () => {
    going = false
    await fetching
  }
}
