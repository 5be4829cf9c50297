import type { Page, Request, Response } from 'playwright'
import { PortalError } from '../errors.ts'
import { failureOfStatus } from '../shared/failures.ts'
import { addresses } from './pages.ts'

/**
 * Waits for the answer to the next request of the page to an address; to be called before the click that causes it.
 * A lost connection, an error of the site and a lost session are thrown as what they are.
 */
export async function nextAnswer(page: Page, address: RegExp, waitMs: number, doing: string): Promise<void> {
  const leads = (request: Request) => address.test(origin(request).url())
  const ended = await Promise.race([
    page.waitForEvent('response', {
      predicate: (response) => leads(response.request()) && !isHop(response),
      timeout: waitMs,
    }),
    page.waitForEvent('requestfailed', { predicate: leads, timeout: waitMs }),
  ]).catch(() => undefined)
  if (ended === undefined) throw new PortalError('timeout', `${doing}: no answer in time`)
  if (!('status' in ended)) throw new PortalError('network', `${doing}: ${ended.failure()?.errorText ?? 'no answer'}`)
  checkAnswer(ended, doing)
}

function checkAnswer(response: Response, doing: string): void {
  const failure = failureOfStatus(response.status(), doing)
  if (failure) throw failure
  if (addresses.login.test(response.url()) || response.status() === 401 || response.status() === 403) {
    throw new PortalError('session-expired', `${doing}: the site sent us to the login page`)
  }
}

/** The request before all redirects. */
function origin(request: Request): Request {
  const before = request.redirectedFrom()
  return before === null ? request : origin(before)
}

function isHop(response: Response): boolean {
  return response.status() >= 300 && response.status() < 400
}
