import type { Locator, Page } from 'playwright'
import type { PortalBooking } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { isBookingOf } from '../match.ts'
import { asPortalError } from '../shared/failures.ts'
import { describe } from '../shared/slots.ts'
import { dialogButton, openDialog, shows, textOfDialog } from './dialog.ts'
import { bookingsIn, openList, readBookings } from './list.ts'
import { dialogs, listPage } from './pages.ts'
import { PostAnswers } from './post-answers.ts'
import type { Visit } from './visit.ts'

type Wanted = Pick<PortalBooking, 'date' | 'start' | 'location' | 'course'>

/** Cancels a booking on the list page, the only known way, and looks that the list no longer shows it (dossier 5). */
export async function cancel(visit: Visit, wanted: Wanted, beforeSubmit: () => Promise<void>): Promise<void> {
  await visit.step('choosing-slot')
  const page = await openList(visit)
  const card = await findCard(visit, page, wanted)
  const yes = await askToCancel(visit, page, card).catch((error: unknown) => {
    throw asPortalError(error, 'pressing the delete button')
  })
  await visit.submitting(beforeSubmit)
  const answers = new PostAnswers(page, visit.baseUrl, visit.limits.requestMs)
  await answers.start()
  const said = await pressYes(visit, page, yes).finally(() => answers.stop())
  await visit.step('verifying')
  const left = (await readBookings(visit)).some((booking) => isBookingOf(booking, wanted))
  if (!left) return
  const failure = answers.failure()
  if (failure) throw failure
  if (said !== undefined) throw new PortalError('too-late', 'the site did not cancel', { portalSays: said })
  throw new PortalError('timeout', 'cancelling: the site gave no sign')
}

async function findCard(visit: Visit, page: Page, wanted: Wanted): Promise<Locator> {
  const bookings = await bookingsIn(visit, await page.content())
  const places = bookings.flatMap((booking, index) => (isBookingOf(booking, wanted) ? [index] : []))
  const [place] = places
  if (place === undefined) throw new PortalError('slot-gone', `no booking ${describe(wanted)} on the list`)
  if (places.length > 1) {
    throw new PortalError('slot-gone', `${places.length} bookings ${describe(wanted)} cannot be told apart`)
  }
  if (bookings[place]?.cancellable) return page.locator(listPage.card).nth(place)
  throw new PortalError('too-late', `the list does not offer to cancel ${describe(wanted)}`)
}

/** Presses the card's button, at most twice, and returns the "Sì" of the question; any other dialog is a refusal. */
async function askToCancel(visit: Visit, page: Page, card: Locator): Promise<Locator> {
  const button = card.locator(listPage.remove).first()
  const dialog = openDialog(page)
  for (const waitMs of [visit.limits.clickMs, visit.limits.markerMs]) {
    await button.click({ timeout: visit.limits.markerMs })
    if (!(await shows(dialog, waitMs))) continue
    const yes = dialogButton(dialog, dialogs.yes)
    if (await yes.isVisible()) return yes
    throw new PortalError('too-late', 'the site does not cancel', { portalSays: await textOfDialog(dialog) })
  }
  throw new PortalError('page-changed', 'the delete button asks nothing', { lookedFor: dialogs.dialog })
}

/** Says yes, then "Ok" to what the site says, which is returned; it may also say nothing. */
async function pressYes(visit: Visit, page: Page, yes: Locator): Promise<string | undefined> {
  const { clickMs, requestMs } = visit.limits
  await yes.click({ timeout: clickMs }).catch((error: unknown) => {
    throw asPortalError(error, 'answering the question')
  })
  const dialog = openDialog(page)
  const ok = dialogButton(dialog, dialogs.ok)
  if (!(await shows(ok, requestMs))) return undefined
  const said = await textOfDialog(dialog).catch(() => undefined)
  await ok.click({ timeout: clickMs }).catch(() => undefined)
  return said
}
