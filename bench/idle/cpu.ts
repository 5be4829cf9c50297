import { readdirSync, readFileSync } from 'node:fs'

/** How Linux counts a process's time on a core. */
const TICKS_A_SECOND = 100

/** Seconds of a core that these processes have used so far. */
export function cpuSeconds(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid).own, 0) / TICKS_A_SECOND
}

/** Seconds of a core that a process and its children have used, those that have ended and were waited for included. */
export function cpuSecondsOfTree(pid: number): number {
  const { own, ended } = ticksOf(pid)
  return (own + ended) / TICKS_A_SECOND + cpuSeconds(childrenOf(pid))
}

export function parentOf(pid: number): number {
  return fieldsOf(pid)[1] ?? 0
}

function ticksOf(pid: number): { own: number; ended: number } {
  const [, , ...fields] = fieldsOf(pid)
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(9)
  return { own: user + system, ended: endedUser + endedSystem }
}

/** What follows the name in `/proc/<pid>/stat`: state, parent … */
function fieldsOf(pid: number): number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => isChild(other, pid))
}

function isChild(pid: number, parent: number): boolean {
  try {
    return parentOf(pid) === parent
  } catch {
    // It has just ended.
    return false
  }
}
