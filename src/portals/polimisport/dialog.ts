import type { Locator, Page } from 'playwright'
import { tidy } from './names.ts'
import { dialogs } from './pages.ts'

/** The dialog of the site that is open; never the cookie banner. */
export function openDialog(page: Page): Locator {
  return page.locator(dialogs.dialog).first()
}

/** A button of a dialog by its whole label. */
export function dialogButton(dialog: Locator, label: RegExp): Locator {
  return dialog.getByRole('button', { name: label }).first()
}

/** What a dialog says, without its buttons where they stand apart. */
export async function textOfDialog(dialog: Locator): Promise<string> {
  const body = dialog.locator(dialogs.text).first()
  const text = (await body.count()) > 0 ? await body.innerText() : await dialog.innerText()
  return tidy(text)
}

/** Whether an element shows within a time; for what may or may not come. */
export async function shows(element: Locator, waitMs: number): Promise<boolean> {
  return element.waitFor({ state: 'visible', timeout: waitMs }).then(
    () => true,
    () => false,
  )
}
