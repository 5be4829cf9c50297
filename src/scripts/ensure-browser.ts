import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Config } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'
import { launch } from '../worker/browser.ts'
import { browserCandidates, noBrowserError } from '../worker/browser-path.ts'

type Say = (line: string) => void

/**
 * Makes sure that a browser starts: one that is there, else Playwright's own download, else the system's package
 * manager. Says what it does; answers the browser's path. Throws `UserError` when none can be had.
 */
export async function ensureBrowser(settings: Config['browser'], say: Say): Promise<string> {
  const found = await tryLaunch(settings)
  if (found) return found
  if (settings.executablePath === undefined) {
    for (const way of installWays()) {
      say(way.what)
      if (await way.run()) {
        const path = await tryLaunch(settings)
        if (path) return path
      }
    }
  }
  throw noBrowserError(browserCandidates(settings))
}

async function tryLaunch(settings: Config['browser']): Promise<string | undefined> {
  try {
    const { browser, path } = await launch(settings)
    await browser.close()
    return path
  } catch {
    return undefined
  }
}

type Way = { what: string; run(): Promise<boolean> }

function installWays(): Way[] {
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  const root = process.getuid?.() === 0
  const asRoot = (command: string) => (root ? ['sh', '-c', command] : ['sudo', '-n', 'sh', '-c', command])
  const apt = 'DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends'
  return [
    {
      what: 'No browser found: fetching the one that Playwright brings (about 100 MB, once) …',
      run: () => runs([process.execPath, playwright, 'install', '--only-shell', 'chromium'], 5 * 60_000),
    },
    {
      what: `That did not work here: installing Chromium with the system's package manager${root ? '' : ' (sudo)'} …`,
      run: () =>
        runs(
          asRoot(`apt-get update && { ${apt} chromium-headless-shell || ${apt} chromium || ${apt} chromium-browser; }`),
          10 * 60_000,
        ),
    },
  ]
}

function runs([command = '', ...args]: string[], limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: limitMs })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}

/** A sentence on the browser for people; the error's own words when it does not start. */
export async function describeBrowser(settings: Config['browser']): Promise<{ ok: boolean; text: string }> {
  try {
    const { browser, path } = await launch(settings)
    const version = browser.version()
    await browser.close()
    const sandbox =
      process.getuid?.() === 0 ? '; its sandbox is off because this runs as root: better use a user of its own' : ''
    return { ok: true, text: `Chromium ${version} starts (${path})${sandbox}` }
  } catch (error) {
    return { ok: false, text: messageOf(error) }
  }
}
