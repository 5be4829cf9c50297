import type { Page } from 'playwright'
import type { Credentials } from '../../core/credentials.ts'
import type { PortalStep, SessionInput } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { closePage } from '../shared/close-page.ts'
import { asPortalError, failureOfStatus } from '../shared/failures.ts'
import type { Pause } from '../shared/pause.ts'
import { polimisportUrls } from './facts.ts'
import { Http } from './http.ts'
import type { Limits } from './limits.ts'
import { addresses, banner } from './pages.ts'

/** What can be set otherwise, for tests and for a site that changed. */
export type VisitOptions = {
  limits: Limits
  pause: Pause
  /** Whether to use the site's own requests where they are known; without it everything is done on its pages. */
  requests: boolean
  learned: Learned
}

/** What an operator learns about the site for all its sessions. */
export type Learned = {
  /** Whether the list of bookings was seen to come with its cards, so that a list without any is empty for sure. */
  cardsInHtml: boolean
}

const NEVER = new AbortController().signal

/** One account at the site: what all operations of a session share. */
export class Visit {
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly limits: Limits
  readonly requests: boolean
  readonly learned: Learned
  readonly http: Http
  readonly signal: AbortSignal
  /** Whether the request that books or cancels may be on its way: from then on the work is not broken off. */
  submitted = false
  readonly #input: SessionInput
  readonly #pause: Pause
  #page: Page | undefined

  constructor(input: SessionInput, options: VisitOptions) {
    const { limits, pause, requests, learned } = options
    this.learned = learned
    this.#input = input
    this.baseUrl = (input.urls['baseUrl'] ?? polimisportUrls.baseUrl).replace(/\/+$/, '')
    this.credentials = input.credentials
    this.limits = limits
    this.#pause = pause
    this.requests = requests
    this.signal = input.signal
    const wait = (ms: number) => this.wait(ms)
    this.http = new Http({ request: input.context.request, baseUrl: this.baseUrl, clock: input.clock, limits, wait })
  }

  step(name: PortalStep): Promise<void> {
    return this.#input.step(name)
  }

  /** Now, by our own clock. */
  now(): Temporal.Instant {
    return this.#input.clock.now()
  }

  /** Waits for a length of time: between tries, or for a code's step to go by. */
  async wait(ms: number): Promise<void> {
    this.throwIfInterrupted()
    await this.#pause(ms, this.submitted ? NEVER : this.signal)
  }

  /** Whether the work is broken off; not any more once the request that counts may be on its way. */
  get interrupted(): boolean {
    return this.signal.aborted && !this.submitted
  }

  throwIfInterrupted(): void {
    if (this.interrupted) throw this.signal.reason
  }

  /** The session's only page, opened when it is first needed. It also parses the HTML that was fetched without it. */
  async page(): Promise<Page> {
    this.throwIfInterrupted()
    if (this.#page && !this.#page.isClosed()) return this.#page
    const page = await this.#input.context.newPage()
    this.#page = page
    page.once('crash', () => void this.close())
    await closeBanners(page)
    return page
  }

  /** Shows a page of the site; a read, so failures that pass are tried again. */
  open(path: string, doing: string): Promise<Page> {
    return this.http.retrying(async () => {
      const page = await this.page()
      await this.#goto(page, path, doing)
      return page
    })
  }

  /** The last moment before the request that books or cancels. */
  async submitting(beforeSubmit: () => Promise<void>): Promise<void> {
    await this.step('confirming')
    this.signal.throwIfAborted()
    await beforeSubmit()
    this.signal.throwIfAborted()
    this.submitted = true
  }

  async close(): Promise<void> {
    const page = this.#page
    if (page) await closePage(page)
    if (this.#page === page) this.#page = undefined
  }

  async #goto(page: Page, path: string, doing: string): Promise<void> {
    const options = { waitUntil: 'domcontentloaded', timeout: this.limits.navigationMs } as const
    const response = await page.goto(`${this.baseUrl}${path}`, options).catch(async (error: unknown) => {
      // Chromium reloads its error pages by itself, which would cross the next try.
      await this.close()
      throw asPortalError(error, doing)
    })
    const status = response?.status() ?? 200
    this.http.learnTime(response?.headers()['date'])
    const failure = failureOfStatus(status, doing)
    if (failure) throw failure
    if (status === 401 || (addresses.login.test(page.url()) && !addresses.login.test(path))) {
      throw new PortalError('session-expired', `${doing}: the site sent us to the login page`)
    }
    if (status === 403) throw new PortalError('blocked', `${doing}: the site answered 403`)
    if (status >= 400) {
      throw new PortalError('page-changed', `${doing}: the site answered ${status}`, { lookedFor: path })
    }
  }
}

/** The cookie banner may lie over any page at any time, or never: it is closed when it is in the way (dossier 2.4). */
async function closeBanners(page: Page): Promise<void> {
  const button = page.locator(banner.close).first()
  await page.addLocatorHandler(button, (shown) => shown.click({ timeout: 2_000 }).catch(() => undefined), {
    noWaitAfter: true,
  })
}
