import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** `./bookwright check`: type check, lint and format, dead code. The house rules on imports are a test. */
const root = join(import.meta.dirname, '..')
const require = createRequire(import.meta.url)
const programs: [what: string, packageName: string, script: string, ...args: string[]][] = [
  ['type check', 'typescript', 'bin/tsc'],
  ['lint and format', '@biomejs/biome', 'bin/biome', 'check', '.'],
  ['dead code', 'knip', 'bin/knip.js'],
]
for (const [what, packageName, script, ...args] of programs) {
  const path = join(dirname(require.resolve(`${packageName}/package.json`)), script)
  const { status } = spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: 'inherit' })
  console.log(`${what}: ${status === 0 ? 'ok' : 'failed'}`)
  if (status !== 0) process.exitCode = 1
}
