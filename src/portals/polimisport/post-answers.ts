import type { Page, Route } from 'playwright'
import type { PortalError } from '../errors.ts'
import { asPortalError } from '../shared/failures.ts'
import { passOnce } from './single-request.ts'

/**
 * Sends the page's POSTs to the site by our own hands, each once, and tells how they end: for requests whose address
 * is not known (cancelling, dossier 4.2). Left to Chromium one may go out again when the connection breaks.
 */
export class PostAnswers {
  readonly #page: Page
  readonly #waitMs: number
  readonly #isSite: (url: URL) => boolean
  #failure: PortalError | undefined

  constructor(page: Page, baseUrl: string, waitMs: number) {
    const { origin } = new URL(baseUrl)
    this.#page = page
    this.#waitMs = waitMs
    this.#isSite = (url) => url.origin === origin
  }

  start(): Promise<unknown> {
    return this.#page.route(this.#isSite, this.#onRequest)
  }

  /** What went wrong, if anything did. */
  failure(): PortalError | undefined {
    return this.#failure
  }

  async stop(): Promise<void> {
    await this.#page.unroute(this.#isSite, this.#onRequest).catch(() => undefined)
  }

  readonly #onRequest = async (route: Route): Promise<void> => {
    if (route.request().method() !== 'POST') return route.fallback()
    await passOnce(route, 'cancelling', this.#waitMs).catch((error: unknown) => {
      this.#failure ??= asPortalError(error, 'cancelling')
    })
  }
}
