import { setTimeout as pause } from 'node:timers/promises'
import { nowMs } from '../instant.ts'
import { interleave, type Lane } from './rounds.ts'
import { atWork, type Crew, miscounted } from './workers.ts'

/** Milliseconds from queued to claimed, all rounds together; what went wrong meanwhile. */
export type Pickup = { ms: number[]; errors: string[] }

/** A calm rate: one job each 20–30 ms. */
const PAUSE_MS = 20
const JITTER_MS = 10
const LIMIT_MS = 20_000

/** Queues jobs one by one for so many idle workers. */
export async function measurePickups(
  lanes: readonly { key: string; crew: Crew; workers: number }[],
  jobs: number,
  rounds: number,
): Promise<Map<string, Pickup>> {
  const measured = await interleave(
    lanes.map(
      ({ key, crew, workers }): Lane<Pickup> => ({ name: key, measure: () => measureOnce(crew, workers, jobs) }),
    ),
    rounds,
  )
  return new Map(
    [...measured].map(([key, each]) => [
      key,
      { ms: each.flatMap(({ ms }) => ms), errors: each.flatMap(({ errors }) => errors) },
    ]),
  )
}

async function measureOnce(crew: Crew, workers: number, jobs: number): Promise<Pickup> {
  await crew.queue.fill(0, false)
  const queued = new Map<string, number>()
  const work = await atWork(crew, workers, LIMIT_MS, jobs, async () => {
    for (let index = 0; index < jobs; index++) {
      await pause(PAUSE_MS + Math.random() * JITTER_MS)
      const key = await crew.queue.enqueue()
      queued.set(key, nowMs())
    }
  })
  const starts = work.flatMap((each) => each.starts)
  const ms = starts.flatMap(([key, at]) => {
    const from = queued.get(key)
    return from === undefined ? [] : [at - from]
  })
  return { ms, errors: [...work.flatMap(({ errors }) => errors), ...miscounted(work, jobs)] }
}
