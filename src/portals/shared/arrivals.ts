import type { Frame, Page, Request, Response } from 'playwright'
import { PortalError } from '../errors.ts'
import { failureOfStatus } from './failures.ts'

/** Follows the documents that a page goes through: how many came, whether one is on its way, and how the last one failed. */
export class Arrivals {
  readonly #page: Page
  readonly #waiting = new Set<() => void>()
  readonly #underWay = new Set<Request>()
  #count = 0
  #failure: PortalError | undefined
  #status = 200

  constructor(page: Page) {
    this.#page = page
    page.on('framenavigated', this.#onArrival)
    page.on('request', this.#onRequest)
    page.on('response', this.#onResponse)
    page.on('requestfailed', this.#onFailed)
  }

  /** How many documents have arrived so far. */
  get count(): number {
    return this.#count
  }

  /** Whether a document has been asked for and not answered yet. */
  get underWay(): boolean {
    return this.#underWay.size > 0
  }

  /** How the last document failed: an error of the server, or of the way to it. */
  get failure(): PortalError | undefined {
    return this.#failure
  }

  /** The status of the last document that was answered. */
  get status(): number {
    return this.#status
  }

  /** Resolves with the next thing that happens to a document: asked for, arrived, failed. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve))
  }

  stop(): void {
    this.#page.off('framenavigated', this.#onArrival)
    this.#page.off('request', this.#onRequest)
    this.#page.off('response', this.#onResponse)
    this.#page.off('requestfailed', this.#onFailed)
    this.#tell()
  }

  readonly #onArrival = (frame: Frame): void => {
    if (frame !== this.#page.mainFrame()) return
    this.#count++
    this.#tell()
  }

  readonly #onRequest = (request: Request): void => {
    if (!this.#isDocument(request)) return
    this.#underWay.add(request)
    this.#failure = undefined
    this.#tell()
  }

  readonly #onResponse = (response: Response): void => {
    if (!this.#underWay.delete(response.request())) return
    this.#status = response.status()
    this.#failure = failureOfStatus(response.status(), 'logging in')
    if (response.status() === 403) this.#failure = new PortalError('blocked', 'logging in: the site answered 403')
    this.#tell()
  }

  readonly #onFailed = (request: Request): void => {
    if (!this.#underWay.delete(request)) return
    const text = request.failure()?.errorText ?? 'no answer'
    if (!text.includes('ERR_ABORTED')) this.#failure = new PortalError('network', `logging in: ${text}`)
    this.#tell()
  }

  #isDocument(request: Request): boolean {
    return request.isNavigationRequest() && request.frame() === this.#page.mainFrame()
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}
