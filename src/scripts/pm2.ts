import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { configPath, readConfig } from '../core/config.ts'
import { UserError } from '../core/errors.ts'
import { runMain } from '../core/run-main.ts'

const root = join(import.meta.dirname, '../..')
const ecosystem = join(root, 'ecosystem.config.cjs')
/** Only our processes: whatever else runs under the same pm2 is left alone. */
const OURS = '/^bookwright-/'

await runMain(async () => {
  const [command] = process.argv.slice(2)
  switch (command) {
    case 'start':
      // A wrong configuration is told here, not in a log that nobody reads.
      readConfig(configPath())
      return pm2(['startOrReload', ecosystem, '--update-env'])
    case 'stop':
      return pm2(['delete', OURS])
    case 'status':
      return pm2(['list'])
    case 'logs':
      return pm2(['logs', OURS, '--lines', '50'])
    default:
      throw new UserError(`There is no pm2 command "${command}".`)
  }
})

function pm2(args: string[]): void {
  const script = createRequire(import.meta.url).resolve('pm2/bin/pm2')
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit', cwd: root })
  process.exitCode = status ?? 1
}
