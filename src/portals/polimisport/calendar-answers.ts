import type { Page, Request, Response } from 'playwright'
import { PortalError } from '../errors.ts'
import { failureOfStatus } from '../shared/failures.ts'
import { addresses } from './pages.ts'
import { parseAnswer, slotsInAnswer } from './schedule-answer.ts'

/**
 * Listens to what the calendar is answered. A day that could not be loaded looks like a day without slots, so the
 * calendar is only believed when none of its requests failed.
 */
export class CalendarAnswers {
  readonly #page: Page
  readonly #underWay = new Set<Request>()
  #checks: Promise<PortalError | undefined>[] = []

  constructor(page: Page) {
    this.#page = page
    page.on('request', this.#onRequest)
    page.on('response', this.#onResponse)
    page.on('requestfailed', this.#onFailed)
  }

  /** Whether the calendar still waits for an answer. */
  get underWay(): boolean {
    return this.#underWay.size > 0
  }

  /** Throws what went wrong since the start, if anything did. */
  async check(): Promise<void> {
    for (const failure of await Promise.all(this.#checks)) if (failure) throw failure
  }

  stop(): void {
    this.#page.off('request', this.#onRequest)
    this.#page.off('response', this.#onResponse)
    this.#page.off('requestfailed', this.#onFailed)
  }

  readonly #onRequest = (request: Request): void => {
    if (addresses.schedule.test(request.url())) this.#underWay.add(request)
  }

  readonly #onResponse = (response: Response): void => {
    this.#underWay.delete(response.request())
    if (addresses.schedule.test(response.url())) this.#checks.push(failureOf(response))
  }

  readonly #onFailed = (request: Request): void => {
    this.#underWay.delete(request)
    if (!addresses.schedule.test(request.url())) return
    const text = request.failure()?.errorText ?? 'no answer'
    if (text.includes('ERR_ABORTED')) return
    this.#checks.push(Promise.resolve(new PortalError('network', `loading the calendar: ${text}`)))
  }
}

async function failureOf(response: Response): Promise<PortalError | undefined> {
  const doing = 'loading the calendar'
  const status = response.status()
  if (status === 401 || status === 403 || (status >= 300 && status < 400)) {
    return new PortalError('session-expired', `${doing}: the site answered ${status}`)
  }
  const text = status === 200 ? await response.text().catch(() => undefined) : ''
  if (text === undefined) return undefined
  const body = parseAnswer(text)
  if (status === 200 && body === undefined) return new PortalError('session-expired', `${doing}: the answer is no JSON`)
  if (status === 200 && slotsInAnswer(body, '-') === undefined && saysError(body)) {
    return new PortalError('page-changed', `${doing}: an answer of another form`, { lookedFor: 'a schedule' })
  }
  return failureOfStatus(status, doing)
}

/** The form of the data is the page's business here; that it says ERROR is ours. */
function saysError(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'status' in body && String(body.status).toUpperCase() !== 'OK'
}
