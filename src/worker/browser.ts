import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright'
import type { Config } from '../core/config.ts'
import { messageOf } from '../core/errors.ts'
import { inTime, LateError } from '../core/in-time.ts'
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
const OPEN_LIMIT_MS = 20_000
const CLOSE_LIMIT_MS = 5_000

/** One browser process, started when it is first needed and replaced when it crashed or hangs. */
export type BrowserKeeper = {
  newContext(options: BrowserContextOptions): Promise<BrowserContext>
  /** Closes the context; a browser that cannot even do that is ended, to be replaced. */
  closeContext(context: BrowserContext): Promise<void>
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
        const { browser } = await running
        return await inTime('opening a browser context', OPEN_LIMIT_MS, browser.newContext(options))
      } catch (error) {
        await end(running)
        throw error
      }
    },
    async closeContext(context) {
      try {
        await inTime('closing a browser context', CLOSE_LIMIT_MS, context.close())
      } catch (error) {
        log.warn({ error: messageOf(error) }, 'browser does not close a context: ended, to be replaced')
        await end(running)
      }
    },
    async close() {
      await end(running)
    },
  }

  async function end(started: Promise<Running> | undefined): Promise<void> {
    if (running === started) running = undefined
    const current = await started?.catch(() => undefined)
    if (!current) return
    clearInterval(current.probe)
    await inTime('closing the browser', CLOSE_LIMIT_MS, current.browser.close()).catch(() => {
      if (current.pid !== undefined) kill(current.pid)
    })
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
  const asked = browser.newBrowserCDPSession().then((session) => session.detach())
  try {
    await inTime('the browser', PROBE_LIMIT_MS, asked)
    return true
  } catch (error) {
    // Any other error is an answer too; a browser that is gone tells so by `disconnected`.
    return !(error instanceof LateError)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself meanwhile.
  }
}
