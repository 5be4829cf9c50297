import type { Page } from 'playwright'
import { PortalError } from '../errors.ts'
import { asPortalError } from '../shared/failures.ts'
import { type Activity, activitiesIn, findActivity } from './activities.ts'
import { CalendarAnswers } from './calendar-answers.ts'
import { shows } from './dialog.ts'
import { addresses, paths, pickerPage } from './pages.ts'
import type { Visit } from './visit.ts'

/** An open calendar, and what it was answered since. */
export type Calendar = { page: Page; answers: CalendarAnswers }

/**
 * By the picker to the calendar of an activity, for `use`; the picker's own link is followed, since ids may change
 * (dossier 3.1). A click that does nothing is repeated once.
 */
export async function withCalendar<T>(visit: Visit, name: string, use: (calendar: Calendar) => Promise<T>): Promise<T> {
  const page = await visit.open(paths.activities, 'opening the activities')
  await shows(page.locator(pickerPage.activity).first(), visit.limits.clickMs)
  const activity = findActivity(await activitiesIn(page, await page.content()), name)
  const answers = new CalendarAnswers(page)
  try {
    await openCalendar(visit, page, activity)
    return await use({ page, answers })
  } finally {
    answers.stop()
  }
}

async function openCalendar(visit: Visit, page: Page, { name, index }: Activity): Promise<void> {
  const link = page.locator(pickerPage.activity).nth(index)
  for (const waitMs of [visit.limits.clickMs, visit.limits.navigationMs]) {
    await link.click({ timeout: visit.limits.markerMs })
    if (await arrives(page, addresses.calendar, waitMs)) return
  }
  throw new PortalError('page-changed', `the link to ${name} opens no calendar`, {
    lookedFor: String(addresses.calendar),
  })
}

/** Whether a click led to an address in time. Anything else that goes wrong is an error. */
async function arrives(page: Page, address: RegExp, waitMs: number): Promise<boolean> {
  try {
    await page.waitForURL(address, { timeout: waitMs, waitUntil: 'domcontentloaded' })
    return true
  } catch (error) {
    const failure = asPortalError(error, 'opening the calendar')
    if (failure.kind === 'timeout') return false
    throw failure
  }
}
