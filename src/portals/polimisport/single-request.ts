import type { Page, Route } from 'playwright'
import { PortalError } from '../errors.ts'
import { asPortalError, failureOfStatus } from '../shared/failures.ts'
import { addresses } from './pages.ts'

/**
 * Lets exactly one request of the page to an address through, by our own hands: when a kept connection breaks,
 * Chromium sends a request again by itself, a POST too, and the site would be asked to book twice. `press` causes the
 * request; its answer is returned and handed to the page as well.
 */
export async function singleRequest(
  page: Page,
  address: RegExp,
  { doing, waitMs }: { doing: string; waitMs: number },
  press: () => Promise<void>,
): Promise<{ status: number; text: string }> {
  const answer = Promise.withResolvers<{ status: number; text: string }>()
  answer.promise.catch(() => undefined)
  let sent = false
  const late = () => answer.reject(new PortalError('timeout', `${doing}: the page sent nothing`))
  await page.route(address, async (route) => {
    if (sent) return route.abort('blockedbyclient')
    sent = true
    await passOnce(route, doing, waitMs).then(answer.resolve, answer.reject)
  })
  try {
    const asked = page.waitForRequest(address, { timeout: 2 * waitMs })
    asked.catch(late)
    await press()
    return await answer.promise
  } finally {
    await page.unroute(address).catch(() => undefined)
  }
}

/** Sends a request of the page once, hands it the answer, and returns that; throws what the answer says of the site. */
export async function passOnce(route: Route, doing: string, waitMs: number): Promise<{ status: number; text: string }> {
  try {
    const response = await route.fetch({ maxRetries: 0, timeout: waitMs })
    const [status, url, text] = [response.status(), response.url(), await response.text()]
    await route.fulfill({ response }).catch(() => undefined)
    const failure = failureOfStatus(status, doing)
    if (failure) throw failure
    if (status !== 401 && status !== 403 && !addresses.login.test(url)) return { status, text }
    throw new PortalError('session-expired', `${doing}: the site sent us to the login page`)
  } catch (error) {
    await route.abort('failed').catch(() => undefined)
    throw asPortalError(error, doing)
  }
}
