/** Links into the bot's own chat, as `https://t.me/<bot>?start=<code>`: they open here, as Telegram opens them itself. */

let bot = ''

/** Tells whose links these are. */
export function setBot(username) {
  bot = username.toLowerCase()
}

/** The person whose chat is open, and the code of the link that opened it, if one did. */
export function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1))
  return { user: Number(address.get('user')) || undefined, code: address.get('start') ?? undefined }
}

/** Where on this page a chat is; `code` is that of a link that opens it. */
export function addressOf(user, code) {
  const address = new URLSearchParams()
  if (user !== undefined) address.set('user', user)
  if (code !== undefined) address.set('start', code)
  return `#${address}`
}

/** The attributes of a link: on this page when it leads to the bot, else in a new tab. */
export function linkAttributes(href) {
  const url = URL.parse(href)
  const code = url?.searchParams.get('start')
  const isOurs = url?.host === 't.me' && url.pathname.slice(1).toLowerCase() === bot
  if (isOurs && code) return { href: addressOf(readAddress().user, code) }
  return { href, target: '_blank', rel: 'noopener noreferrer' }
}
