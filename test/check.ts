import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'

/** `./bookwright check`: type check, lint and format, dead code. The house rules on imports are a test. */
const root = join(import.meta.dirname, '..')
const PROGRAMS = [
  ['type check', 'tsc'],
  ['lint and format', 'biome', 'check', '.'],
  ['dead code', 'knip'],
] as const

for (const [what, name, ...args] of PROGRAMS) {
  const program = realpathSync(join(root, 'node_modules/.bin', name))
  const { status } = spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' })
  console.log(`${what}: ${status === 0 ? 'ok' : 'failed'}`)
  if (status !== 0) process.exitCode = 1
}
