import type { Page } from 'playwright'
import { addresses, loginPage } from './pages.ts'

/** What a page of the login may be (dossier 2.6). */
export type LoginState = 'inside' | 'notice' | 'code' | 'credentials' | 'expiring' | 'rejected' | 'start'

/** In the order in which they are looked for: a page with a form and an error box is the form. */
const MARKERS: readonly (readonly [LoginState, string])[] = [
  ['inside', loginPage.inside],
  ['code', loginPage.code],
  ['credentials', loginPage.username],
  ['expiring', loginPage.expiring],
  ['rejected', loginPage.rejected],
  ['start', loginPage.start],
]

/** Matches whatever tells any state. */
export const anyMarker = MARKERS.map(([, marker]) => marker).join(', ')

/** The state of the page as it stands, if it shows any. */
export async function stateOf(page: Page): Promise<LoginState | undefined> {
  if (addresses.notice.test(new URL(page.url()).pathname)) return 'notice'
  for (const [state, marker] of MARKERS) if (await page.locator(marker).first().isVisible()) return state
  return undefined
}
