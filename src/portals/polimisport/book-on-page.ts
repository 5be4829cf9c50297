import type { Locator, Page } from 'playwright'
import type { SlotKey } from '../contract.ts'
import { asPortalError } from '../shared/failures.ts'
import { findSlot } from '../shared/slots.ts'
import { type Prepared, refuseDouble, type Verdict, verdictOf } from './book-answer.ts'
import { type ShownDay, type ShownSlot, tourDays } from './calendar.ts'
import { openConfirmView } from './confirm-view.ts'
import { dialogButton, openDialog, shows } from './dialog.ts'
import { readBookings } from './list.ts'
import { addresses, dialogs } from './pages.ts'
import { withCalendar } from './picker.ts'
import { checkBookable, checkTimely } from './rules.ts'
import { singleRequest } from './single-request.ts'
import type { Visit } from './visit.ts'

/** The way of a person: picker, calendar, slot, up to the confirm button (dossier 4.1). */
export async function prepareOnPage(visit: Visit, wanted: SlotKey): Promise<Prepared> {
  refuseDouble(await readBookings(visit), wanted)
  checkTimely(wanted, visit.http)
  const find = () => visit.http.retrying(() => findOnCalendar(visit, wanted))
  try {
    const { page, slot } = await find()
    checkBookable(slot, visit.http)
    const button = await openConfirmView(visit, page, slot)
    return {
      submit: () => confirm(visit, page, button),
      afterwards: () => declineAnother(visit, page),
      look: async () => (await find()).slot,
    }
  } catch (error) {
    throw asPortalError(error, 'booking on the page')
  }
}

/** The slot on the calendar, with the page that shows it. Throws `slot-gone`. */
export function findOnCalendar(visit: Visit, wanted: SlotKey): Promise<{ page: Page; slot: ShownSlot }> {
  return withCalendar(visit, wanted.location, async (calendar) => {
    let day: ShownDay | undefined
    await tourDays(visit, calendar, Temporal.PlainDate.from(wanted.date), (days) => {
      day = days.find(({ date }) => date === wanted.date)
      return day !== undefined
    })
    return { page: calendar.page, slot: findSlot(day?.slots ?? [], { ...wanted, siteId: null }) }
  })
}

/** One click, never repeated: whether it booked is for the answer and the list to tell. */
async function confirm(visit: Visit, page: Page, button: Locator): Promise<Verdict> {
  const { clickMs, requestMs } = visit.limits
  const press = () => button.click({ timeout: clickMs })
  const limits = { doing: 'booking', waitMs: requestMs }
  const { status, text } = await singleRequest(page, addresses.book, limits, press)
  return verdictOf(status, text)
}

/** The site asks whether to book another slot: "No", which opens the list. The question may not come (dossier 4.1.3). */
async function declineAnother(visit: Visit, page: Page): Promise<void> {
  const no = dialogButton(openDialog(page), dialogs.no)
  const left = page.waitForEvent('framenavigated', { timeout: visit.limits.clickMs }).then(
    () => false,
    () => false,
  )
  if (await Promise.race([shows(no, visit.limits.clickMs), left])) await no.click().catch(() => undefined)
}
