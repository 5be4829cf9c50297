import { lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright'
import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import { inTime } from '../core/in-time.ts'
import { type Logger, maskSecrets } from '../core/log.ts'

const CAPTURE_LIMIT_MS = 5_000
const REQUESTS_KEPT = 200

/** What a context asked the portal for, newest last: path and status only, never bodies, headers or queries. */
export type RequestTrail = { lines: string[]; stop(): void }

/** Follows the requests of a context from now on, to be kept with the evidence. */
export function followRequests(context: BrowserContext, clock: Clock): RequestTrail {
  const lines: string[] = []
  const add = (line: string) => {
    lines.push(`${clock.now()} ${line}`)
    if (lines.length > REQUESTS_KEPT) lines.shift()
  }
  const onResponse = (response: { request(): { method(): string }; url(): string; status(): number }) =>
    add(`${response.request().method()} ${withoutQuery(response.url())} → ${response.status()}`)
  const onFailed = (request: { method(): string; url(): string; failure(): { errorText: string } | null }) =>
    add(`${request.method()} ${withoutQuery(request.url())} → ${request.failure()?.errorText ?? 'failed'}`)
  context.on('response', onResponse)
  context.on('requestfailed', onFailed)
  return {
    lines,
    stop: () => {
      context.off('response', onResponse)
      context.off('requestfailed', onFailed)
    },
  }
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/)[0] ?? ''
}

export type EvidenceInput = {
  /** Folder of all evidence. */
  folder: string
  /** Name of this one: action and attempt. */
  name: string
  context: BrowserContext
  /** Fields of the portal's pages to cover in the screenshot. */
  secretSelectors: readonly string[]
  trail: RequestTrail
  error: unknown
  log: Logger
}

/**
 * Keeps what the failed attempt last saw: screenshot, HTML, requests and the error, secrets masked. Answers the
 * evidence's name, or null when nothing could be kept; never throws: the attempt's own error is what counts.
 */
export async function keepEvidence({
  folder,
  name,
  context,
  secretSelectors,
  trail,
  error,
  log,
}: EvidenceInput): Promise<string | null> {
  try {
    const target = join(folder, name)
    mkdirSync(target, { recursive: true, mode: 0o700 })
    const keep = (file: string, data: string | Buffer) => writeFileSync(join(target, file), data, { mode: 0o600 })
    keep('error.txt', maskSecrets(error instanceof Error ? (error.stack ?? error.message) : String(error)))
    keep('requests.txt', maskSecrets(trail.lines.join('\n')))
    const page = context.pages().at(-1)
    if (page) await inTime('looking at the page', CAPTURE_LIMIT_MS, keepPage(page, secretSelectors, keep))
    return name
  } catch (problem) {
    log.warn({ evidence: name, error: messageOf(problem) }, 'evidence is not complete')
    return null
  }
}

async function keepPage(
  page: Page,
  secretSelectors: readonly string[],
  keep: (file: string, data: string | Buffer) => void,
): Promise<void> {
  keep('page.html', maskSecrets(`<!-- ${withoutQuery(page.url())} -->\n${await page.content()}`))
  const mask = secretSelectors.map((selector) => page.locator(selector))
  keep('page.png', await page.screenshot({ mask, fullPage: true }))
}

/** Removes evidence older than so many days. */
export function pruneEvidence(folder: string, now: Temporal.Instant, days: number): void {
  const limit = now.subtract({ hours: 24 * days }).epochMilliseconds
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch {
    return
  }
  for (const name of names) {
    const path = join(folder, name)
    // Another worker on this machine may just have removed it.
    const stats = lstatSync(path, { throwIfNoEntry: false })
    if (stats && stats.mtimeMs < limit) rmSync(path, { recursive: true, force: true })
  }
}
