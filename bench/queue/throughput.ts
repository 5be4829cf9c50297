import { nowMs } from '../instant.ts'
import { interleave, type Lane, median } from './rounds.ts'
import { atWork, type Crew, miscounted } from './workers.ts'

/** Jobs a second, the median of the rounds; what went wrong in all of them. */
export type Rate = { perSecond: number; rounds: number[]; errors: string[] }

/** How long a window may take at most: a queue that breaks down under four workers is not waited for. */
const LIMIT_MS = 5_000

/** Inserts one after the other, each durable by itself. */
export async function measureEnqueues(
  crews: readonly Crew[],
  count: number,
  rounds: number,
): Promise<Map<string, Rate>> {
  const lanes = crews.map(
    ({ name, queue }): Lane<Window> => ({
      name,
      async measure() {
        await queue.fill(0, false)
        const start = nowMs()
        for (let index = 0; index < count; index++) await queue.enqueue()
        return { perSecond: (count * 1000) / (nowMs() - start), errors: [] }
      },
    }),
  )
  return ratesOf(await interleave(lanes, rounds))
}

/** What is drained: by whom, by how many workers, and whether users are told of the end. */
export type Drain = { key: string; crew: Crew; workers: number; told: boolean }

/** Lets workers claim and end jobs that wait. */
export async function measureDrains(
  drains: readonly Drain[],
  jobs: number,
  rounds: number,
): Promise<Map<string, Rate>> {
  const lanes = drains.map(
    ({ key, crew, workers, told }): Lane<Window> => ({
      name: key,
      async measure() {
        await crew.queue.fill(jobs, told)
        const all = await atWork(crew, workers, LIMIT_MS, jobs)
        const work = all.filter(({ ended }) => ended > 0)
        const ended = work.reduce((sum, each) => sum + each.ended, 0)
        const from = Math.min(...work.map((each) => each.from))
        const to = Math.max(...work.map((each) => each.to))
        return {
          perSecond: (ended * 1000) / (to - from),
          errors: [...all.flatMap(({ errors }) => errors), ...miscounted(all, jobs)],
        }
      },
    }),
  )
  return ratesOf(await interleave(lanes, rounds))
}

type Window = { perSecond: number; errors: string[] }

function ratesOf(measured: ReadonlyMap<string, Window[]>): Map<string, Rate> {
  return new Map(
    [...measured].map(([name, windows]) => {
      const rounds = windows.map(({ perSecond }) => perSecond)
      return [name, { perSecond: median(rounds), rounds, errors: windows.flatMap(({ errors }) => errors) }]
    }),
  )
}
