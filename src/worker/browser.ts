import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright'
import type { Config } from '../core/config.ts'
import type { Logger } from '../core/log.ts'
import { browserCandidates, noBrowserError } from './browser-path.ts'

/** Keeps Chromium from talking to anybody but the portal. */
const QUIET_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--disable-gpu',
]
const PROBE_EVERY_MS = 5_000
const PROBE_LIMIT_MS = 10_000

/** One browser process, started when it is first needed and replaced when it crashed or hangs. */
export type BrowserKeeper = {
  newContext(options: BrowserContextOptions): Promise<BrowserContext>
  close(): Promise<void>
}

type Running = { browser: Browser; path: string; pid: number | undefined; probe: NodeJS.Timeout }

/** Keeps a browser as `config.browser` says. `newContext` throws `UserError` when none can be started. */
export function keepBrowser(settings: Config['browser'], log: Logger): BrowserKeeper {
  let running: Promise<Running> | undefined

  async function start(): Promise<Running> {
    const { browser, path } = await launch(settings)
    const pid = await processId(browser)
    const probe = setInterval(() => void endIfHung(), PROBE_EVERY_MS)
    probe.unref()
    browser.on('disconnected', () => {
      clearInterval(probe)
      running = undefined
      log.info({ path }, 'browser ended')
    })
    log.info({ path, version: browser.version(), pid }, 'browser started')

    async function endIfHung(): Promise<void> {
      if (pid === undefined || (await answers(browser))) return
      log.warn({ path, pid }, 'browser hangs: ended, to be replaced')
      kill(pid)
    }
    return { browser, path, pid, probe }
  }

  return {
    async newContext(options) {
      running ??= start()
      try {
        return await (await running).browser.newContext(options)
      } catch (error) {
        running = undefined
        throw error
      }
    },
    async close() {
      const current = await running?.catch(() => undefined)
      running = undefined
      if (!current) return
      clearInterval(current.probe)
      await current.browser.close().catch(() => undefined)
    },
  }
}

/**
 * Starts the first candidate that starts. Running as root the sandbox has to be off; `doctor` says so.
 * Signals are the worker's business: a browser that went with the first Ctrl-C would take the action with it.
 */
export async function launch(settings: Config['browser']): Promise<{ browser: Browser; path: string }> {
  const candidates = browserCandidates(settings)
  let failure: unknown
  for (const path of candidates) {
    try {
      const browser = await chromium.launch({
        executablePath: path,
        headless: settings.headless,
        chromiumSandbox: process.getuid?.() !== 0,
        args: QUIET_FLAGS,
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        timeout: 30_000,
      })
      return { browser, path }
    } catch (error) {
      failure ??= error
    }
  }
  throw noBrowserError(candidates, failure)
}

async function processId(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo').catch(() => ({ processInfo: [] }))
  await session.detach()
  return processInfo.find((info) => info.type === 'browser')?.id
}

async function answers(browser: Browser): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), PROBE_LIMIT_MS)
  const asked = browser
    .newBrowserCDPSession()
    .then((session) => session.detach())
    .then(() => true)
    // An error is an answer too; a browser that is gone tells so by `disconnected`.
    .catch(() => true)
  const answered = await Promise.race([asked, late.promise])
  clearTimeout(timer)
  return answered
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself meanwhile.
  }
}
