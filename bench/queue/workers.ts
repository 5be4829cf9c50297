import { setTimeout as pause } from 'node:timers/promises'
import type { Helper } from '../helper.ts'
import { nowMs } from '../instant.ts'
import type { Place } from '../place.ts'
import { type ContenderName, type OpenQueue, openContender } from './contender.ts'
import type { Order, Work } from './worker.ts'

/** Between two questions how far the workers are. */
const ASK_EVERY_MS = 25
/** A queue with worker processes, of which the first or all are at work. */
export type Crew = { name: ContenderName; queue: OpenQueue; workers: Helper[] }

export async function openCrew(place: Place, name: ContenderName, target: string, size: number): Promise<Crew> {
  // The tables are made before anybody else opens them.
  const queue = await openContender(name, target)
  place.onClose(() => queue.close())
  const workers = Array.from({ length: size }, () =>
    place.help(new URL('./worker.ts', import.meta.url), [name, target]),
  )
  await Promise.all(workers.map((worker) => worker.heard()))
  return { name, queue, workers }
}

/** Lets so many workers go, calls `meanwhile`, and stops them once they have ended `jobs` or the time is over. */
export async function atWork(
  crew: Crew,
  workers: number,
  limitMs: number,
  jobs: number,
  meanwhile: () => Promise<void> = async () => {},
): Promise<Work[]> {
  const hands = crew.workers.slice(0, workers)
  const tell = <T>(order: Order) => Promise.all(hands.map((hand) => hand.ask<T>(order)))
  const until = nowMs() + limitMs
  await tell({ go: until })
  await meanwhile()
  while (nowMs() < until) {
    await pause(ASK_EVERY_MS)
    const counts = await tell<number>('count')
    if (counts.reduce((sum, count) => sum + count, 0) >= jobs) break
  }
  return await tell<Work>('stop')
}

/** Whether jobs were claimed twice, or not at all, in the words of an error. */
export function miscounted(work: readonly Work[], jobs: number): string[] {
  const keys = work.flatMap(({ starts }) => starts.map(([key]) => key))
  const different = new Set(keys).size
  return [
    ...(keys.length > different ? [`${keys.length - different} jobs were claimed more than once`] : []),
    ...(different < jobs ? [`${jobs - different} of ${jobs} jobs were not claimed in time`] : []),
  ]
}
