import type { Page, Request, Response } from 'playwright'
import { PortalError } from '../errors.ts'
import { failureOfStatus } from '../shared/failures.ts'
import { addresses } from './pages.ts'

/** Listens to how the page's POSTs end, for requests whose address is not known (cancelling, dossier 4.2). */
export class PostAnswers {
  readonly #page: Page
  #failure: PortalError | undefined

  constructor(page: Page) {
    this.#page = page
    page.on('response', this.#onResponse)
    page.on('requestfailed', this.#onFailed)
  }

  /** What went wrong, if anything did. */
  failure(): PortalError | undefined {
    return this.#failure
  }

  stop(): void {
    this.#page.off('response', this.#onResponse)
    this.#page.off('requestfailed', this.#onFailed)
  }

  readonly #onResponse = (response: Response): void => {
    if (response.request().method() === 'POST') this.#failure ??= failureOfStatus(response.status(), 'cancelling')
    if (!addresses.login.test(response.url())) return
    this.#failure ??= new PortalError('session-expired', 'cancelling: the site sent us to the login page')
  }

  readonly #onFailed = (request: Request): void => {
    if (request.method() !== 'POST') return
    this.#failure ??= new PortalError('network', `cancelling: ${request.failure()?.errorText ?? 'no answer'}`)
  }
}
