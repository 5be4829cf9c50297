import type { Locator, Page } from 'playwright'
import { fold } from '../../core/fold.ts'
import { PortalError } from '../errors.ts'
import { titleOf } from '../match.ts'
import type { ShownSlot } from './calendar.ts'
import { parseDateParts, resolveDate } from './dates.ts'
import { openDialog, shows, textOfDialog } from './dialog.ts'
import { nextAnswer } from './page-answers.ts'
import { addresses, calendarPage, confirmView, dialogs } from './pages.ts'
import { refusalOf } from './rules.ts'
import type { Visit } from './visit.ts'

/** Clicks the slot until that shows an effect, at most twice, and returns the confirm button of this very slot. */
export async function openConfirmView(visit: Visit, page: Page, slot: ShownSlot): Promise<Locator> {
  const { clickMs, markerMs, requestMs } = visit.limits
  const answer = nextAnswer(page, addresses.confirm, 2 * (markerMs + clickMs) + requestMs, 'opening the slot')
  answer.catch(() => undefined)
  if (!(await clickSlot(visit, page, slot)) && !(await clickSlot(visit, page, slot))) {
    throw new PortalError('page-changed', 'a click on the slot does nothing', { lookedFor: confirmView.confirm })
  }
  await Promise.race([answer, outcome(page).waitFor({ timeout: requestMs })])
  const button = page.locator(confirmView.confirm).first()
  if (!(await shows(outcome(page), markerMs)) || !(await button.isVisible())) throw await whyNoButton(visit, page, slot)
  await checkView(page, slot)
  return button
}

/** Whatever a click on a slot may bring up. */
function outcome(page: Page): Locator {
  const { confirm, waitlist, container } = confirmView
  return page.locator([confirm, waitlist, `${container}:visible`, dialogs.dialog].join(', ')).first()
}

async function clickSlot(visit: Visit, page: Page, slot: ShownSlot): Promise<boolean> {
  const { clickMs, markerMs } = visit.limits
  const element = page.locator(calendarPage.slot).nth(slot.index)
  const label = element.locator(calendarPage.open).first()
  const asked = page.waitForRequest(addresses.confirm, { timeout: markerMs + clickMs }).then(
    () => true,
    () => false,
  )
  await ((await label.isVisible()) ? label : element).click({ timeout: markerMs })
  return Promise.race([asked, shows(outcome(page), clickMs)])
}

/** Full by now (a waiting list is offered, and never joined), refused in words, or nothing we know (dossier 4.1.5). */
async function whyNoButton(visit: Visit, page: Page, slot: ShownSlot): Promise<PortalError> {
  if (await page.locator(confirmView.waitlist).first().isVisible()) {
    return new PortalError('slot-full', 'only the waiting list is offered')
  }
  const dialog = openDialog(page)
  if (await dialog.isVisible()) return refusalOf(await textOfDialog(dialog), slot, visit.http)
  const alert = page.locator(confirmView.alert).first()
  if (await alert.isVisible()) return refusalOf((await alert.innerText()).trim(), slot, visit.http)
  return new PortalError('page-changed', 'the slot opens no confirm button', { lookedFor: confirmView.confirm })
}

/** What the view shows has to be the slot: its name and time, and its date if there is one. */
async function checkView(page: Page, slot: ShownSlot): Promise<void> {
  const container = page.locator(confirmView.container).first()
  if ((await container.count()) === 0) return
  const text = await container.innerText()
  if (isViewOf(text, slot)) return
  throw new PortalError('page-changed', 'the confirm view shows another slot', {
    lookedFor: `${titleOf(slot)} at ${slot.start} in ${confirmView.container}`,
  })
}

/** Whether the text of a confirm view names this slot. */
export function isViewOf(text: string, slot: Pick<ShownSlot, 'date' | 'start' | 'location' | 'course'>): boolean {
  const date = Temporal.PlainDate.from(slot.date)
  const times = text.match(/\b\d{1,2}:\d{2}\b/g) ?? []
  const dates = text.split('\n').flatMap((line) => resolveDate(parseDateParts(line), date) ?? [])
  return (
    fold(text).includes(fold(titleOf(slot))) &&
    (times.length === 0 || times.some((time) => time.padStart(5, '0') === slot.start)) &&
    dates.every((shown) => shown.equals(date))
  )
}
