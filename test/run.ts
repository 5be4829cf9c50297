import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { runMain } from '../src/core/run-main.ts'
import { ensureBrowser } from '../src/scripts/ensure-browser.ts'
import type { Engine } from './support/engines.ts'
import { PORT_VARIABLE, startTestPostgres } from './support/test-postgres.ts'

/** What uses the database most, or shows in itself that the whole house runs on either engine. */
const ON_BOTH = ['test/{db,bot,periodic}/**/*.test.ts', 'test/e2e/plan.test.ts']

const project = join(import.meta.dirname, '..')

/** `./bookwright test [pattern …]`: the whole suite, or the test files given; what uses the database on both engines. */
await runMain(async () => {
  const browser = await ensureBrowser({ headless: true }, (line) => console.error(`bookwright: ${line}`))
  const postgres = await startTestPostgres()
  const environment = {
    ...process.env,
    BOOKWRIGHT_TEST_BROWSER: browser,
    [PORT_VARIABLE]: `${postgres.port}`,
    // Hundreds of processes load the same modules: with it each of them starts a third of a second sooner.
    NODE_COMPILE_CACHE: join(project, '.bookwright/compile-cache'),
  }
  const files = process.argv.slice(2)
  const onPostgres = files.length > 0 ? files.filter(usesDatabase) : ON_BOTH
  const passed = [await run('SQLite', files.length > 0 ? files : ['test/**/*.test.ts'], environment)]
  if (onPostgres.length > 0) passed.push(await run('PostgreSQL', onPostgres, environment))
  await postgres.close()
  process.exitCode = passed.every(Boolean) ? 0 : 1
})

function usesDatabase(file: string): boolean {
  return /test\/(db|bot|periodic)\/|test\/e2e\/plan\./.test(file)
}

async function run(engine: Engine, files: string[], environment: NodeJS.ProcessEnv): Promise<boolean> {
  console.log(`bookwright: tests on ${engine}`)
  const tests = spawn(process.execPath, ['--test', '--test-concurrency=3', '--test-timeout=240000', ...files], {
    cwd: project,
    stdio: 'inherit',
    env: { ...environment, BOOKWRIGHT_TEST_ENGINE: engine },
  })
  const [code] = await once(tests, 'close')
  return code === 0
}
