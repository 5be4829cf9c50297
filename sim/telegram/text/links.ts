import type { Entity } from '../model.ts'

/** The link as Telegram would store it, or why it refuses it. */
export function checkLink(link: string): { url: string } | { problem: string } {
  const text = link.trim()
  if (/^(tg|ton|tonsite):/i.test(text)) return { url: text }
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  if (!/^https?:/i.test(withScheme)) return { problem: 'Unsupported URL protocol' }
  const url = URL.parse(withScheme)
  if (!url?.hostname.includes('.')) return { problem: 'Wrong HTTP URL' }
  return { url: url.pathname === '/' && !withScheme.includes('?') ? `${url.origin}/` : withScheme }
}

/** The entity of a link on a text; a link that Telegram would refuse leaves plain text. */
export function linkEntity(link: string, range: { offset: number; length: number }): Entity[] {
  const user = /^tg:\/\/user\?id=(\d+)$/.exec(link)?.[1]
  if (user) return [{ type: 'text_mention', ...range, user: { id: Number(user), is_bot: false, first_name: '' } }]
  const checked = checkLink(link)
  return 'url' in checked ? [{ type: 'text_link', ...range, url: checked.url }] : []
}
