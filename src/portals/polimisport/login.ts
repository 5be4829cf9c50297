import type { Locator, Page } from 'playwright'
import { PortalError } from '../errors.ts'
import { Arrivals } from '../shared/arrivals.ts'
import { asPortalError } from '../shared/failures.ts'
import { realPause } from '../shared/pause.ts'
import { isLoggedIn } from './list.ts'
import { anyMarker, type LoginState, stateOf } from './login-state.ts'
import { tidy } from './names.ts'
import type { OneTimeCodes } from './one-time-code.ts'
import { loginPage, paths } from './pages.ts'
import type { Visit } from './visit.ts'

/** What a session remembers of its logins: a code is used once, a refused password never again. */
export type LoginMemory = { codes: OneTimeCodes | undefined; rejected: PortalError | undefined }

/**
 * Logs in from whatever page the site shows: one loop over the states a login may go through, in any order, each at
 * most twice (dossier 2.6).
 */
export async function login(visit: Visit, memory: LoginMemory): Promise<void> {
  if (memory.rejected) throw memory.rejected
  await visit.step('logging-in')
  const page = await visit.open(paths.login, 'opening the login page')
  const arrivals = new Arrivals(page)
  try {
    await new Login(visit, page, arrivals, memory.codes).run()
  } catch (error) {
    const failure = asPortalError(error, 'logging in')
    if (failure.kind === 'bad-credentials') memory.rejected = failure
    throw failure
  } finally {
    arrivals.stop()
  }
}

class Login {
  readonly #visit: Visit
  readonly #page: Page
  readonly #arrivals: Arrivals
  readonly #codes: OneTimeCodes | undefined
  readonly #seen = new Map<LoginState, number>()
  readonly #deadline: number

  constructor(visit: Visit, page: Page, arrivals: Arrivals, codes: OneTimeCodes | undefined) {
    this.#visit = visit
    this.#page = page
    this.#arrivals = arrivals
    this.#codes = codes
    this.#deadline = performance.now() + visit.limits.loginMs
  }

  async run(): Promise<void> {
    for (;;) {
      const state = await this.#nextState()
      if (state === 'inside') return
      await this.#refuseRejection(state)
      const times = (this.#seen.get(state) ?? 0) + 1
      if (times > 2) throw new PortalError('timeout', `logging in: the page "${state}" keeps coming back`)
      this.#seen.set(state, times)
      await this.#act(state)
    }
  }

  /** A page that asks again for what was sent has refused it. The password is sent once; a code twice, the second a later one. */
  async #refuseRejection(state: LoginState): Promise<void> {
    const sent = this.#seen.has('credentials')
    const again = sent && (state === 'credentials' || state === 'rejected')
    const codes = this.#seen.get('code') ?? 0
    if (!again && !(state === 'code' && codes >= 2)) {
      if (state !== 'rejected') return
      throw new PortalError('page-changed', 'logging in: an error before anything was sent', await this.#words())
    }
    const what = codes > 0 ? 'one-time code' : 'person code or password'
    throw new PortalError('bad-credentials', `the site rejected the ${what}`, await this.#words())
  }

  async #act(state: LoginState): Promise<void> {
    const page = this.#page
    if (state === 'start') return this.#press(page.locator(loginPage.start).first())
    if (state === 'expiring') return this.#press(page.locator(loginPage.expiring).first())
    if (state === 'notice') return this.#passNotice()
    if (state === 'code') return this.#sendCode()
    await this.#fill(loginPage.username, this.#visit.credentials.username)
    await this.#fill(loginPage.password, this.#visit.credentials.password)
    await this.#press(page.locator(loginPage.submit).first())
  }

  async #sendCode(): Promise<void> {
    await this.#visit.step('one-time-code')
    const codes = this.#codes
    if (!codes) throw new PortalError('challenge-unanswered', 'a code is asked for and the account has no secret')
    await this.#fill(loginPage.code, await codes.next())
    await this.#press(this.#page.locator(loginPage.submitCode).first())
  }

  /** The notice before the second factor is passed by its only button; a choice is a person's (dossier 2.6). */
  async #passNotice(): Promise<void> {
    await this.#page.waitForLoadState('domcontentloaded', { timeout: this.#visit.limits.navigationMs })
    const submits = this.#page.locator(loginPage.noticeSubmits)
    if ((await submits.count()) === 1) return this.#press(submits)
    throw new PortalError('challenge-unanswered', 'the login service shows a notice that a person has to answer')
  }

  /** Fills in what must not be quoted: the browser's own error would tell what was typed. */
  async #fill(field: string, value: string): Promise<void> {
    this.#visit.throwIfInterrupted()
    const timeout = this.#visit.limits.markerMs
    await this.#page
      .locator(field)
      .first()
      .fill(value, { timeout })
      .catch(() => {
        throw new PortalError('page-changed', 'logging in: a field cannot be filled in', { lookedFor: field })
      })
  }

  /** Presses a button and waits until the page goes on to another, or shows an error where it is. */
  async #press(button: Locator): Promise<void> {
    this.#visit.throwIfInterrupted()
    const before = this.#arrivals.count
    const error = this.#page.locator(loginPage.rejected).first()
    const shownBefore = await error.isVisible()
    await button.click({ timeout: this.#visit.limits.markerMs, noWaitAfter: true })
    await this.#until(before, shownBefore ? undefined : error)
  }

  /** The next page of the login that says what it is. */
  async #nextState(): Promise<LoginState> {
    for (;;) {
      const { count } = this.#arrivals
      const state = (await stateOf(this.#page)) ?? (await this.#insideByAddress())
      const { failure } = this.#arrivals
      if (failure && failure.kind !== 'blocked') throw failure
      if (count !== this.#arrivals.count) continue
      if (state) return state
      await this.#until(count, this.#page.locator(anyMarker).first())
    }
  }

  /** A page of the site without a known mark, behind the login: the cheap check tells whether it is one. */
  async #insideByAddress(): Promise<LoginState | undefined> {
    const url = this.#page.url()
    if (!url.startsWith(this.#visit.baseUrl) || url.includes('/Account/')) return undefined
    await this.#page.waitForLoadState('domcontentloaded', { timeout: this.#visit.limits.navigationMs })
    return (await stateOf(this.#page)) ?? ((await isLoggedIn(this.#visit)) ? 'inside' : undefined)
  }

  /** Waits until more than `before` documents have arrived, or `sign` shows. A page that just stands there is stuck. */
  async #until(before: number, sign: Locator | undefined): Promise<void> {
    const stop = new AbortController()
    const shown = sign?.waitFor({ timeout: 0, signal: stop.signal }).then(() => 'shown' as const)
    shown?.catch(() => undefined)
    try {
      while (this.#arrivals.count <= before) {
        const event = await Promise.race([this.#arrivals.next(), this.#stuck(stop.signal), ...(shown ? [shown] : [])])
        if (event === 'shown') return
        const { failure } = this.#arrivals
        if (failure && (event === 'stuck' || failure.kind !== 'blocked')) throw failure
        if (event === 'stuck') throw this.#stuckError()
      }
    } finally {
      stop.abort()
    }
  }

  /** Resolves when the page has stood still for too long; one that is being loaded may take longer. */
  async #stuck(signal: AbortSignal): Promise<'stuck'> {
    const { navigationMs, stuckMs } = this.#visit.limits
    const limit = this.#arrivals.underWay ? navigationMs : stuckMs
    await realPause(Math.max(0, Math.min(limit, this.#deadline - performance.now())), signal)
    return 'stuck'
  }

  #stuckError(): PortalError {
    const { host, pathname } = new URL(this.#page.url())
    return new PortalError('timeout', `logging in: ${host}${pathname} does not move on`)
  }

  async #words(): Promise<{ portalSays?: string }> {
    const box = this.#page.locator(loginPage.rejected).first()
    const text = tidy(await box.innerText({ timeout: 500 }).catch(() => ''))
    return text === '' ? {} : { portalSays: text }
  }
}
