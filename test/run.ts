import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { runMain } from '../src/core/run-main.ts'
import { ensureBrowser } from '../src/scripts/ensure-browser.ts'
import type { Engine } from './support/engines.ts'

/** What uses the database most, or shows in itself that the whole house runs on either engine. */
const ON_BOTH = ['test/{db,bot,periodic}/**/*.test.ts', 'test/e2e/plan.test.ts']

const project = join(import.meta.dirname, '..')

/** `./bookwright test [pattern …]`: the whole suite, or the test files given; what uses the database on both engines. */
await runMain(async () => {
  const browser = await ensureBrowser({ headless: true }, (line) => console.error(`bookwright: ${line}`))
  const files = process.argv.slice(2)
  const onSqlite = files.length > 0 ? files : ['test/**/*.test.ts']
  const onPostgres = files.length > 0 ? files.filter(usesDatabase) : ON_BOTH
  const passed = [run('SQLite', onSqlite, browser), onPostgres.length === 0 || run('PostgreSQL', onPostgres, browser)]
  process.exitCode = passed.every(Boolean) ? 0 : 1
})

function usesDatabase(file: string): boolean {
  return /test\/(db|bot|periodic)\/|test\/e2e\/plan\./.test(file)
}

function run(engine: Engine, files: string[], browser: string): boolean {
  console.log(`bookwright: tests on ${engine}`)
  const { status } = spawnSync(
    process.execPath,
    ['--test', '--test-concurrency=3', '--test-timeout=240000', ...files],
    {
      cwd: project,
      stdio: 'inherit',
      env: {
        ...process.env,
        BOOKWRIGHT_TEST_BROWSER: browser,
        BOOKWRIGHT_TEST_ENGINE: engine,
        // Hundreds of processes load the same modules: with it each of them starts a third of a second sooner.
        NODE_COMPILE_CACHE: join(project, '.bookwright/compile-cache'),
      },
    },
  )
  return status === 0
}
