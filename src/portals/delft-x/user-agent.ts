import type { Browser, BrowserContext } from 'playwright'

declare const navigator: { readonly userAgent: string }

const known = new WeakMap<Browser | BrowserContext, string>()

/** How the context's browser calls itself: our own requests come from the same browser, and say so. */
export async function userAgentOf(context: BrowserContext): Promise<string> {
  const whose = context.browser() ?? context
  const found = known.get(whose)
  if (found !== undefined) return found
  const page = await context.newPage()
  try {
    const agent = await page.evaluate(() => navigator.userAgent)
    known.set(whose, agent)
    return agent
  } finally {
    await page.close()
  }
}
