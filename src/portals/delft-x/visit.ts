import type { BrowserContext, Page } from 'playwright'
import type { Credentials } from '../../core/credentials.ts'
import type { PortalStep, SessionInput } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { closePage } from '../shared/close-page.ts'
import type { Breakable } from '../shared/interruptible.ts'
import type { Pause } from '../shared/pause.ts'
import { memberSchema, parseAs, parseJson } from './answers.ts'
import { Api } from './api.ts'
import type { Incoming } from './connection.ts'
import { delftXUrls } from './facts.ts'
import type { Learned } from './learned.ts'
import type { Limits } from './limits.ts'
import { readRecord } from './storage.ts'
import { type Token, tokenIn } from './token.ts'

/** What can be set otherwise for tests, and what the operator has learned. */
export type VisitOptions = { limits: Limits; pause: Pause; learned: Learned; userAgent: string }

const NEVER = new AbortController().signal

/** One account at the portal: what all operations of a session share. */
export class Visit implements Breakable {
  readonly baseUrl: string
  readonly ssoUrl: string
  readonly context: BrowserContext
  readonly credentials: Credentials
  readonly limits: Limits
  readonly learned: Learned
  readonly signal: AbortSignal
  readonly api: Api
  /** Whether the request that books or cancels may be on its way: from then on the work is not broken off. */
  submitted = false
  readonly #input: SessionInput
  readonly #pause: Pause
  #page: Page | undefined

  constructor(input: SessionInput, { limits, pause, learned, userAgent }: VisitOptions) {
    const urls = { ...delftXUrls, ...input.urls }
    this.#input = input
    this.#pause = pause
    this.baseUrl = urls.baseUrl.replace(/\/+$/, '')
    this.ssoUrl = urls.ssoUrl
    this.context = input.context
    this.credentials = input.credentials
    this.limits = limits
    this.learned = learned
    this.signal = input.signal
    const { apiUrl } = urls
    const wait = (ms: number) => this.wait(ms)
    this.api = new Api({ apiUrl, baseUrl: this.baseUrl, userAgent, clock: input.clock, limits, wait })
  }

  /** Now, by the portal's clock as near as we know it. */
  get now(): Temporal.Instant {
    return this.api.clock.now()
  }

  step(name: PortalStep): Promise<void> {
    return this.#input.step(name)
  }

  warn(message: string): void {
    this.#input.warn(message)
  }

  /** Waits for a length of time: between tries, or as long as the portal asked to be left alone. */
  async wait(ms: number): Promise<void> {
    if (!this.submitted) this.signal.throwIfAborted()
    await this.#pause(ms, this.submitted ? NEVER : this.signal)
  }

  /** The context's token, if it has one; whether it is still good is for the portal to say. */
  async token(): Promise<Token | undefined> {
    const known = this.learned.tokens.get(this.context)
    if (known !== undefined) return known ?? undefined
    const stored = tokenIn(await this.storedRecord())
    this.keep(stored)
    return stored
  }

  /** The record of the login as the portal's pages keep it, good or not. */
  storedRecord(): Promise<string | undefined> {
    return readRecord(this.context, this.baseUrl)
  }

  /** From now on this is the context's token, or it has none. */
  keep(token: Token | undefined): void {
    this.learned.tokens.set(this.context, token ?? null)
  }

  /** The token for what only a member may do. Throws `session-expired` without one. */
  async needToken(doing: string): Promise<Token> {
    const token = await this.token()
    if (token) return token
    throw new PortalError('session-expired', `${doing}: there is no token`)
  }

  /** A read in the name of the member. */
  async read(path: string, doing: string): Promise<Incoming> {
    const { accessToken } = await this.needToken(doing)
    return this.api.read(path, accessToken, doing)
  }

  /** The id under which the portal knows the member. */
  async memberId(doing: string): Promise<number> {
    const token = await this.needToken(doing)
    if (token.memberId !== null) return token.memberId
    const { text } = await this.api.read('/auth?cf=0', token.accessToken, doing)
    const { id } = parseAs(memberSchema, parseJson(text), doing)
    this.keep({ ...token, memberId: id })
    return id
  }

  /** The session's only page, opened when it is first needed. */
  async page(): Promise<Page> {
    this.signal.throwIfAborted()
    if (this.#page && !this.#page.isClosed()) return this.#page
    this.#page = await this.context.newPage()
    return this.#page
  }

  async closePage(): Promise<void> {
    const page = this.#page
    if (page) await closePage(page)
    if (this.#page === page) this.#page = undefined
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
    await Promise.all([this.closePage(), this.api.close()])
  }
}
