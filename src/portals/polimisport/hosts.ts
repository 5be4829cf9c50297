import type { BrowserContext } from 'playwright'
import { polimisportDomains } from './facts.ts'

const guarded = new WeakSet<BrowserContext>()

/**
 * Keeps the context's pages from loading anything from hosts that are not the site's. One pattern, which the browser
 * server matches by itself: with a function each request would travel to this process and back.
 */
export async function keepToSite(context: BrowserContext, urls: Readonly<Record<string, string>>): Promise<void> {
  if (guarded.has(context)) return
  guarded.add(context)
  await context.route(foreignHosts(Object.values(urls)), (route) => route.abort('blockedbyclient'))
}

/** Matches the addresses of all hosts but those of `urls` and the site's domains. */
export function foreignHosts(urls: readonly string[]): RegExp {
  const hosts = urls.map((url) => RegExp.escape(new URL(url).host))
  const domains = polimisportDomains.map((domain) => `(?:[a-z0-9-]+\\.)*${RegExp.escape(domain)}`)
  return new RegExp(`^(?:https?|wss?)://(?!(?:${[...hosts, ...domains].join('|')})(?:[/?#]|$))`, 'i')
}
