import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Proportional memory of the browsers started below this process, in MiB; undefined where the system does not tell. */
export function browserMemory(): number | undefined {
  if (process.platform !== 'linux') return undefined
  const kib = browserProcesses().map((pid) => {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0)
  })
  return kib.reduce((sum, each) => sum + each, 0) / 1024
}

function browserProcesses(): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n')
  const all = listed.flatMap((line) => {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return [{ pid: Number(pid), parent: Number(parent), args }]
  })
  const below = (parent: number): typeof all =>
    all.filter((each) => each.parent === parent).flatMap((child) => [child, ...below(child.pid)])
  return below(process.pid)
    .filter(({ args }) => /chrom/i.test(args))
    .map(({ pid }) => pid)
}
