import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'
import { UserError } from '../core/errors.ts'

/** Headless shells first: they start four times faster and need half the memory (shared/performance.md). */
const SYSTEM_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
]
const MAC_APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The browsers that may be used, best first: the configured one alone when there is one, else Playwright's own, then
 * the system's. With `headless: false` a headless shell will not do.
 */
export function browserCandidates(
  browser: { executablePath?: string | undefined; headless: boolean },
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  if (browser.executablePath !== undefined) return [browser.executablePath]
  const names = browser.headless ? SYSTEM_NAMES : SYSTEM_NAMES.slice(1)
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const system = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...new Set([chromium.executablePath(), ...system, ...MAC_APPS].filter(isExecutable))]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export function noBrowserError(tried: string[], cause?: unknown): UserError {
  const what = tried.length === 0 ? 'No browser was found' : `No browser could be started (tried ${tried.join(', ')})`
  return new UserError(`${what}. Run ./bookwright setup, or set browser.executablePath in the configuration.`, {
    cause,
  })
}
