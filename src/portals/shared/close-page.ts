import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright'

const ASK_AGAIN_MS = 250
const TIMES = 8

/**
 * Closes a page. Chromium forgets the wish when a navigation of the page is answered in the same moment, and
 * Playwright waits for ever then: so it is asked again, and after some seconds left to the end of its context.
 */
export async function closePage(page: Page): Promise<void> {
  const stop = new AbortController()
  const closed = page.close().then(
    () => true,
    () => true,
  )
  for (let times = 0; times < TIMES; times++) {
    const late = delay(ASK_AGAIN_MS, false, { signal: stop.signal }).catch(() => false)
    if (await Promise.race([closed, late])) break
    page.close({ runBeforeUnload: true }).catch(() => undefined)
  }
  stop.abort()
}
