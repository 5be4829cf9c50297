import type { Clock } from '../../core/clock.ts'
import { PortalError } from '../errors.ts'
import { asPortalError, failureOfStatus } from '../shared/failures.ts'
import { retrying } from '../shared/retrying.ts'
import { SiteClock } from '../shared/site-clock.ts'
import { wordsIn } from './answers.ts'
import { Connection, type Incoming, type Outgoing } from './connection.ts'
import type { Limits } from './limits.ts'

export type ApiParts = {
  apiUrl: string
  /** The portal itself, in whose name its pages ask. */
  baseUrl: string
  userAgent: string
  clock: Clock
  limits: Limits
  /** Waits between the tries of a read; rejects when the work was broken off. */
  wait(ms: number): Promise<void>
}

/** What a request carries: the account's token, if it has one, and what it sends. */
export type Carried = { token?: string | undefined; json?: string; form?: Record<string, string> }

/** The API of the portal, by plain HTTP (dossier 3 to 5). No token ever becomes part of an error. */
export class Api {
  readonly clock: SiteClock
  readonly #parts: ApiParts
  readonly #connection: Connection
  readonly #headers: readonly string[]

  constructor(parts: ApiParts) {
    const { apiUrl, baseUrl, userAgent, clock, limits } = parts
    this.#parts = parts
    this.clock = new SiteClock(clock)
    this.#connection = new Connection(apiUrl, limits.requestMs)
    this.#headers = [
      ...['accept', 'application/json, text/plain, */*', 'user-agent', userAgent],
      ...['origin', new URL(baseUrl).origin, 'referer', `${new URL(baseUrl).origin}/`],
    ]
  }

  /** An answer to a read. Any status that the caller has to judge. */
  read(path: string, token: string | undefined, doing: string): Promise<Incoming> {
    return this.insist(this.compose('GET', path, { token }), doing)
  }

  /** Sends what does no harm when it is sent twice, again when that failed in a way that passes. */
  insist(request: Outgoing, doing: string): Promise<Incoming> {
    const { limits, wait } = this.#parts
    return retrying(limits.retryPausesMs, wait, () => this.#quietly(() => this.send(request, doing)))
  }

  /** A request, ready to be sent. */
  compose(method: Outgoing['method'], path: string, { token, json, form }: Carried): Outgoing {
    const headers = [...this.#headers]
    if (token !== undefined) headers.push('authorization', `Bearer ${token}`)
    if (json !== undefined) headers.push('content-type', 'application/json')
    if (form !== undefined) headers.push('content-type', 'application/x-www-form-urlencoded')
    const text = json ?? (form && new URLSearchParams(form).toString())
    return { method, path, headers, body: text === undefined ? null : Buffer.from(text) }
  }

  /** Sends a request once, at once. Failures that are not about what was asked are thrown as what they are. */
  async send(request: Outgoing, doing: string): Promise<Incoming> {
    const answer = await this.#connection.send(request).catch((error: unknown) => {
      throw asPortalError(error, doing)
    })
    this.clock.learn(answer.date)
    const failure = failureOf(answer, doing)
    if (failure) throw failure
    return answer
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  /** Runs a read, and again after keeping quiet for as long as the portal asks (dossier 6). */
  async #quietly(read: () => Promise<Incoming>): Promise<Incoming> {
    const { limits, wait } = this.#parts
    for (const quietMs of limits.quietMs) {
      try {
        return await read()
      } catch (error) {
        if (!(error instanceof PortalError) || error.kind !== 'rate-limited') throw error
        const { retryAfterMs = quietMs } = error
        if (retryAfterMs > limits.longestQuietMs) throw error
        await wait(retryAfterMs)
      }
    }
    return read()
  }
}

/** What a status says of the portal as a whole, or of the session; nothing when the caller has to judge. */
function failureOf({ status, retryAfter, text }: Incoming, doing: string): PortalError | undefined {
  if (status === 401) return new PortalError('session-expired', `${doing}: the portal answered 401`)
  if (status === 429) {
    const retryAfterMs = millisecondsIn(retryAfter)
    return new PortalError('rate-limited', `${doing}: the portal answered 429`, {
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    })
  }
  // The API refuses with words of its own; without them something stands before it.
  if (status === 403 && wordsIn(text) === undefined) {
    return new PortalError('blocked', `${doing}: something before the portal answered 403`)
  }
  return failureOfStatus(status, doing)
}

/** `Retry-After` in seconds; the form with a date is not known here. */
function millisecondsIn(retryAfter: string | undefined): number | undefined {
  return retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter.trim()) ? Number(retryAfter) * 1000 : undefined
}
