import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright'

const CANDIDATES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser']

/** Keeps the browser from talking to anybody but the page under test. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
]

/** The browser that the tests use: `BOOKWRIGHT_TEST_BROWSER`, one of the system, or Playwright's own. */
export function testBrowserPath(): string {
  const named = process.env['BOOKWRIGHT_TEST_BROWSER']
  return named ?? CANDIDATES.find((path) => existsSync(path)) ?? chromium.executablePath()
}

/** Starts that browser; the sandbox stays on unless this is root, for whom it does not work. */
export function launchTestBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: testBrowserPath(), chromiumSandbox: process.getuid?.() !== 0, args: QUIET })
}
