import type { APIRequestContext, APIResponse } from 'playwright'
import type { Clock } from '../../core/clock.ts'
import type { ClockSample } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { asPortalError, failureOfStatus } from '../shared/failures.ts'
import { retrying } from '../shared/retrying.ts'
import { SiteClock } from '../shared/site-clock.ts'
import type { Limits } from './limits.ts'
import { addresses, paths } from './pages.ts'

/** An answer that is neither a failure of the site nor the login page. */
export type Answer = {
  status: number
  url: string
  text: string
  /** The `Date` header in milliseconds since the epoch, NaN without one. */
  date: number
}

export type HttpParts = {
  request: APIRequestContext
  baseUrl: string
  clock: Clock
  limits: Limits
  /** Waits between the tries of a read; rejects when the work was broken off. */
  wait(ms: number): Promise<void>
}

/** Requests with the cookies of the account's context, without a page. */
export class Http {
  readonly #parts: HttpParts
  readonly #siteClock: SiteClock

  constructor(parts: HttpParts) {
    this.#parts = parts
    this.#siteClock = new SiteClock(parts.clock)
  }

  /** A page's HTML. Failures that pass are tried again. */
  page(path: string, doing: string): Promise<Answer> {
    return this.retrying(async () => {
      const answer = await this.#send('get', path, undefined, doing)
      if (answer.status === 401) throw new PortalError('session-expired', `${doing}: the site answered 401`)
      if (answer.status === 403) throw new PortalError('blocked', `${doing}: the site answered 403`)
      if (answer.status < 400) return answer
      throw new PortalError('page-changed', `${doing}: the site answered ${answer.status}`, { lookedFor: path })
    })
  }

  /** One request as the site's scripts make it, sent once. A refused session shows as the login page or 401/403 (dossier 2.5). */
  async ajax(path: string, form: Record<string, string>, doing: string): Promise<Answer> {
    const answer = await this.#send('post', path, form, doing)
    if (answer.status !== 401 && answer.status !== 403) return answer
    throw new PortalError('session-expired', `${doing}: the site answered ${answer.status}`)
  }

  /** A page that costs the site little, for the time that its answer tells. */
  async ping(): Promise<ClockSample> {
    const sentAt = performance.now()
    const { date } = await this.#send('get', paths.activities, undefined, 'asking for the time')
    return { sentAt, answeredAt: performance.now(), date }
  }

  /** Runs a read, and again when it failed in a way that passes. */
  retrying<T>(read: () => Promise<T>): Promise<T> {
    return retrying(this.#parts.limits.retryPausesMs, this.#parts.wait, read)
  }

  /** Now, by the site's clock as its last answer told it. */
  siteNow(): Temporal.Instant {
    return this.#siteClock.now()
  }

  /** An instant of the site's clock as our clock will show it. */
  ours(instant: Temporal.Instant): Temporal.Instant {
    return this.#siteClock.ours(instant)
  }

  /** Learns the site's clock from the `Date` header of an answer. */
  learnTime(header: string | undefined): void {
    this.#siteClock.learn(header)
  }

  async #send(method: 'get' | 'post', path: string, form: Record<string, string> | undefined, doing: string) {
    const { request, baseUrl, limits } = this.#parts
    const options = {
      timeout: limits.requestMs,
      ...(form && { form, headers: { 'X-Requested-With': 'XMLHttpRequest' } }),
    }
    try {
      const response = await request[method](`${baseUrl}${path}`, options)
      return await this.#read(response, doing)
    } catch (error) {
      throw asPortalError(error, doing)
    }
  }

  async #read(response: APIResponse, doing: string): Promise<Answer> {
    const failure = failureOfStatus(response.status(), doing)
    if (failure) throw failure
    this.learnTime(response.headers()['date'])
    if (addresses.login.test(response.url())) {
      throw new PortalError('session-expired', `${doing}: the site sent us to the login page`)
    }
    const text = await response.text()
    await response.dispose()
    return { status: response.status(), url: response.url(), text, date: Date.parse(response.headers()['date'] ?? '') }
  }
}
