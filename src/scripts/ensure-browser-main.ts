import { configPath, readConfig } from '../core/config.ts'
import { runMain } from '../core/run-main.ts'
import { ensureBrowser } from './ensure-browser.ts'

/** Finds a browser, or installs one; for the demo, which starts everything as processes. */
await runMain(async () => {
  const path = await ensureBrowser(readConfig(configPath()).browser, (line) => console.log(line))
  console.log(`browser: ${path}`)
})
