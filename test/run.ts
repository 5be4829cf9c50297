import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { runMain } from '../src/core/run-main.ts'
import { ensureBrowser } from '../src/scripts/ensure-browser.ts'

/** `./bookwright test [pattern …]`: the whole suite, or the test files given. */
await runMain(async () => {
  const browser = await ensureBrowser({ headless: true }, (line) => console.error(`bookwright: ${line}`))
  const files = process.argv.slice(2)
  const { status } = spawnSync(
    process.execPath,
    ['--test', '--test-concurrency=2', '--test-timeout=240000', ...(files.length > 0 ? files : ['test/**/*.test.ts'])],
    {
      cwd: join(import.meta.dirname, '..'),
      stdio: 'inherit',
      env: { ...process.env, BOOKWRIGHT_TEST_BROWSER: browser },
    },
  )
  process.exitCode = status ?? 1
})
