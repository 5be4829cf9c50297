import { setTimeout as pause } from 'node:timers/promises'
import type { Child } from '../../sim/demo-processes.ts'

/** What may befall the house. Each returns when it is over and things could be well again. */
export type Deeds = {
  startWorker(): Promise<Child>
  /** Takes the database away for about this long: a lock held, a server restarted. */
  disturbDatabase(forMs: number): Promise<void>
}

/** Longer than a lease (20 s), shorter than a sent request is given to settle (30 s) after it. */
const STOPPED_MS = { least: 21_000, most: 25_000 }
const DISTURBED_MS = { least: 500, most: 4_000 }
const BETWEEN_MS = { least: 700, most: 3_000 }

type Kind = 'kill' | 'stop' | 'end' | 'database'
const KINDS: readonly Kind[] = ['kill', 'kill', 'stop', 'end', 'database']

/**
 * Does one deed after another for `forMs`, some of them at the same time, and leaves all workers running. The order
 * and the pauses follow from `random`; each is told to `log` with its time.
 */
export async function doDeeds(
  deeds: Deeds,
  workers: Child[],
  { forMs, random, log }: { forMs: number; random: () => number; log(line: string): void },
): Promise<void> {
  const start = performance.now()
  const between = ({ least, most }: { least: number; most: number }) => least + random() * (most - least)
  const tell = (line: string) => log(`${((performance.now() - start) / 1000).toFixed(1)} s: ${line}`)
  const idle = workers.map((_, index) => index)
  const going = new Set<Promise<void>>()
  let isDisturbed = false

  async function befall(kind: Exclude<Kind, 'database'>, index: number, forMs: number): Promise<void> {
    const worker = workers[index]
    if (!worker) return
    tell(`worker ${index} (${worker.process.pid}): ${kind}${kind === 'stop' ? ` for ${Math.round(forMs)} ms` : ''}`)
    if (kind === 'stop') {
      worker.process.kill('SIGSTOP')
      await pause(forMs)
      worker.process.kill('SIGCONT')
      tell(`worker ${index} (${worker.process.pid}): goes on`)
    } else {
      worker.process.kill(kind === 'kill' ? 'SIGKILL' : 'SIGTERM')
      await worker.ended
      workers[index] = await deeds.startWorker()
    }
    idle.push(index)
  }

  async function disturb(forMs: number): Promise<void> {
    if (isDisturbed) return
    isDisturbed = true
    tell(`the database is disturbed for ${Math.round(forMs)} ms`)
    await deeds.disturbDatabase(forMs)
    tell('the database is back')
    isDisturbed = false
  }

  function begin(deed: Promise<void>): void {
    going.add(deed)
    void deed.finally(() => going.delete(deed)).catch(() => undefined)
  }

  while (performance.now() - start < forMs) {
    const kind = KINDS[Math.floor(random() * KINDS.length)] ?? 'kill'
    const [which, long, rest] = [random(), random(), between(BETWEEN_MS)]
    const spread = kind === 'stop' ? STOPPED_MS : DISTURBED_MS
    const lasting = spread.least + long * (spread.most - spread.least)
    if (kind === 'database') begin(disturb(lasting))
    else {
      const [index] = idle.splice(Math.floor(which * idle.length), 1)
      if (index !== undefined) begin(befall(kind, index, lasting))
    }
    await pause(rest)
  }
  await Promise.all(going)
}
