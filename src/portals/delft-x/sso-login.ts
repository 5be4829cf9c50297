import type { Locator, Page } from 'playwright'
import { inTime, LateError } from '../../core/in-time.ts'
import { PortalError } from '../errors.ts'
import { Arrivals } from '../shared/arrivals.ts'
import { asPortalError, failureOfStatus } from '../shared/failures.ts'
import { realPause } from '../shared/pause.ts'
import { retrying } from '../shared/retrying.ts'
import { loginPages } from './pages.ts'
import { recordOn, writeRecord } from './storage.ts'
import { type Token, tokenIn } from './token.ts'
import type { Visit } from './visit.ts'

/** What the page shows: the way in, the list of institutions, the form, or the portal with a token. */
type Seen = { state: 'start' | 'institution' | 'credentials'; button: Locator } | { state: 'inside'; token: Token }

/** Between two looks at a page: the portal writes its token some time after it has arrived (dossier 2.1). */
const LOOK_MS = 50

/**
 * Logs in on the pages of the university, from whatever page the portal shows; every step may be skipped (dossier 2.1).
 * The password is sent once. What we do not know is left to a person.
 */
export async function loginBySso(visit: Visit): Promise<Token> {
  await forgetToken(visit)
  const page = await openPortal(visit)
  const arrivals = new Arrivals(page)
  try {
    return await new SsoLogin(visit, page, arrivals).run()
  } finally {
    arrivals.stop()
  }
}

/** The portal's pages would go on with a token that its API refuses. */
async function forgetToken(visit: Visit): Promise<void> {
  if ((await visit.storedRecord()) === undefined) return
  await writeRecord(await visit.page(), visit.baseUrl, undefined)
  visit.keep(undefined)
}

function openPortal(visit: Visit): Promise<Page> {
  const { limits, baseUrl } = visit
  const wait = (ms: number) => visit.wait(ms)
  return retrying(limits.retryPausesMs, wait, async () => {
    const page = await visit.page()
    const options = { waitUntil: 'domcontentloaded', timeout: limits.navigationMs } as const
    const response = await page.goto(`${baseUrl}/`, options).catch(async (error: unknown) => {
      // Chromium reloads its error pages by itself, which would cross the next try.
      await visit.closePage()
      throw asPortalError(error, 'opening the portal')
    })
    const status = response?.status() ?? 200
    const failure = failureOfStatus(status, 'opening the portal')
    if (failure) throw failure
    if (status === 403) throw new PortalError('blocked', 'opening the portal: it answered 403')
    return page
  })
}

class SsoLogin {
  readonly #visit: Visit
  readonly #page: Page
  readonly #arrivals: Arrivals
  readonly #times = new Map<Seen['state'], number>()
  readonly #deadline: number

  constructor(visit: Visit, page: Page, arrivals: Arrivals) {
    this.#visit = visit
    this.#page = page
    this.#arrivals = arrivals
    this.#deadline = performance.now() + visit.limits.loginMs
  }

  async run(): Promise<Token> {
    for (;;) {
      const seen = await this.#until(() => this.#look())
      if (seen.state === 'inside') return seen.token
      const times = (this.#times.get(seen.state) ?? 0) + 1
      this.#times.set(seen.state, times)
      if (times > 1 && seen.state === 'credentials') {
        throw new PortalError('bad-credentials', 'the university rejected the NetID or the password')
      }
      if (times > 2) throw new PortalError('timeout', `logging in: the page "${seen.state}" keeps coming back`)
      if (seen.state === 'credentials') await this.#fillIn()
      await this.#press(seen.button)
    }
  }

  /** What the page shows, if it is something we know. A page that is being replaced shows nothing. */
  async #look(): Promise<Seen | undefined> {
    try {
      return this.#isAt(this.#visit.baseUrl) ? await this.#lookAtPortal() : await this.#lookAtProvider()
    } catch (error) {
      this.#visit.signal.throwIfAborted()
      if (this.#page.isClosed()) throw error
      return undefined
    }
  }

  async #lookAtPortal(): Promise<Seen | undefined> {
    const token = tokenIn(await recordOn(this.#page))
    if (token) return { state: 'inside', token }
    const button = this.#page.locator(loginPages.start).first()
    return (await button.isVisible()) ? { state: 'start', button } : undefined
  }

  /** The password is typed at the university's own address and nowhere else. */
  async #lookAtProvider(): Promise<Seen | undefined> {
    const isForm = this.#isAt(this.#visit.ssoUrl) && (await this.#page.locator(loginPages.password).first().isVisible())
    if (isForm) return { state: 'credentials', button: this.#page.locator(loginPages.submit).first() }
    for (const selector of loginPages.institution) {
      const button = this.#page.locator(selector).first()
      if (await button.isVisible()) return { state: 'institution', button }
    }
    return undefined
  }

  /** Fills in what must not be quoted: the browser's own error would tell what was typed. */
  async #fillIn(): Promise<void> {
    const { username, password } = this.#visit.credentials
    for (const [field, value] of [
      [loginPages.username, username],
      [loginPages.password, password],
    ] as const) {
      const locator = this.#page.locator(field).first()
      await locator.fill(value, { timeout: this.#visit.limits.navigationMs }).catch(() => {
        throw new PortalError('page-changed', 'logging in: a field cannot be filled in', { lookedFor: field })
      })
    }
  }

  /** Presses a button and waits until another document has come. */
  async #press(button: Locator): Promise<void> {
    const before = this.#arrivals.count
    await button.click({ timeout: this.#visit.limits.navigationMs, noWaitAfter: true })
    await this.#until(async () => (this.#arrivals.count > before ? true : undefined))
  }

  /** Looks until there is something to see. A page that just stands there waits for a person, or is stuck. */
  async #until<T>(look: () => Promise<T | undefined>): Promise<T> {
    let { count } = this.#arrivals
    let moved = performance.now()
    let quiet = moved
    for (;;) {
      const seen = await this.#inTime(look())
      const { failure } = this.#arrivals
      if (failure && failure.kind !== 'blocked') throw failure
      if (seen !== undefined && count === this.#arrivals.count) return seen
      if (count !== this.#arrivals.count) moved = performance.now()
      // An answered document shows only a moment later: the page stands still from then on.
      if (count !== this.#arrivals.count || this.#arrivals.underWay) quiet = performance.now()
      count = this.#arrivals.count
      this.#refuseStanding(moved, quiet)
      await realPause(LOOK_MS, this.#visit.signal)
    }
  }

  /** A browser that answers nothing any more must not hold the login up for ever. */
  #inTime<T>(looking: Promise<T>): Promise<T> {
    return inTime('logging in: a look at the page', this.#visit.limits.navigationMs, looking).catch(
      (error: unknown) => {
        this.#visit.signal.throwIfAborted()
        throw error instanceof LateError ? new PortalError('timeout', error.message) : error
      },
    )
  }

  #refuseStanding(moved: number, quiet: number): void {
    const { navigationMs, stuckMs } = this.#visit.limits
    const now = performance.now()
    const stands = this.#arrivals.underWay ? now - moved >= navigationMs : now - quiet >= stuckMs
    if (!stands && now < this.#deadline) return
    const { failure, underWay, status } = this.#arrivals
    if (failure) throw failure
    const { host, pathname } = new URL(this.#page.url())
    const where = `logging in: ${host}${pathname}`
    // A page of an error asks nobody for anything.
    if (this.#isAt(this.#visit.baseUrl) || underWay || status >= 400) {
      throw new PortalError('timeout', `${where} does not move on (${status})`)
    }
    throw new PortalError('challenge-unanswered', `${where} shows something that a person has to answer`)
  }

  #isAt(url: string): boolean {
    return URL.parse(this.#page.url())?.origin === new URL(url).origin
  }
}
