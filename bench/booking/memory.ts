import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from '../stats.ts'

const SAMPLES = 7
const BETWEEN_MS = 400

/** Whether this system tells how much memory a process has to itself. */
export const canMeasureMemory = existsSync('/proc/self/smaps_rollup')

/**
 * MiB (PSS) of everything that this process has started, without `besides`: the browser with all its processes. The
 * median of some looks, once it has come to rest.
 */
export async function browserMemory(besides: number): Promise<number> {
  const samples: number[] = []
  for (let sample = 0; sample < SAMPLES; sample++) {
    await pause(BETWEEN_MS)
    const pids = descendantsOf(process.pid, besides)
    samples.push(pids.reduce((sum, pid) => sum + memoryOf(pid), 0))
  }
  return percentile(samples, 0.5)
}

function descendantsOf(root: number, besides: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const)
  const below = (pid: number): number[] =>
    parents
      .filter(([child, parent]) => parent === pid && child !== besides)
      .flatMap(([child]) => [child, ...below(child)])
  return below(root)
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in brackets, may hold anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

function memoryOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    // It has ended meanwhile.
    return 0
  }
}
