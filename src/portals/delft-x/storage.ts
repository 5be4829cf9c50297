import type { BrowserContext, Page } from 'playwright'
import { TOKEN_KEY } from './token.ts'

declare const localStorage: {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** The record of the login that the context holds for the portal, restored ones included. */
export async function readRecord(context: BrowserContext, baseUrl: string): Promise<string | undefined> {
  const { origin } = new URL(baseUrl)
  const { origins } = await context.storageState()
  const kept = origins.find((entry) => entry.origin === origin)?.localStorage
  return kept?.find(({ name }) => name === TOKEN_KEY)?.value
}

/** The record of the login that a page of the portal has written by now. */
export async function recordOn(page: Page): Promise<string | undefined> {
  return (await page.evaluate((key) => localStorage.getItem(key), TOKEN_KEY)) ?? undefined
}

/** Keeps a record of the login for the portal's origin, or takes it away, without loading anything of the site. */
export async function writeRecord(page: Page, baseUrl: string, record: string | undefined): Promise<void> {
  const empty = `${new URL(baseUrl).origin}/`
  await page.route(empty, (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  try {
    await page.goto(empty)
    await page.evaluate(
      ({ key, value }) => (value === undefined ? localStorage.removeItem(key) : localStorage.setItem(key, value)),
      { key: TOKEN_KEY, value: record },
    )
  } finally {
    await page.unroute(empty)
  }
}
