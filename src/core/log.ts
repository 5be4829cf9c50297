import pino, { type Logger } from 'pino'

export type { Logger } from 'pino'

/** Every form of every secret, longest first: a secret that holds another one is masked whole. */
let forms: string[] = []

/** From now on this text is masked in everything this process logs and in every evidence it keeps. */
export function keepSecret(text: string | undefined): void {
  if (text === undefined || text.length < 4 || forms.includes(text)) return
  forms = [...new Set([...forms, ...formsOf(text)])].sort((a, b) => b.length - a.length)
  keepSecret(/^otpauth:.*[?&]secret=([^&#]+)/is.exec(text)?.[1])
}

/** The text with all known secrets, and what looks like one (bot tokens, otpauth URLs), masked. */
export function maskSecrets(text: string): string {
  let masked = text
  for (const form of forms) masked = masked.replaceAll(form, '•••')
  // A backslash belongs to an otpauth URL only as `\u0026`; before a quote it is the log line's own.
  return masked
    .replace(/\d+(:|%3A)[\w-]{30,}/gi, '•••')
    .replace(/otpauth(:|%3A)(?:[^\s"'\\]|\\+u[\da-f]{4})+/gi, 'otpauth:•••')
}

/** How a secret may be written: as it is, in a URL, a form or a page, and each of them inside JSON, once and twice. */
function formsOf(secret: string): string[] {
  const wellFormed = secret.toWellFormed()
  const inForm = new URLSearchParams({ '': wellFormed }).toString().slice(1)
  const inPage = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const written = [secret, encodeURIComponent(wellFormed), inForm, inPage, inPage.replaceAll('"', '&quot;')]
  return written.flatMap((text) => [text, quoted(text), quoted(quoted(text))])
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** A log of JSON lines on stdout. Secrets are masked in whatever is logged, errors and stacks included. */
export function createLog(name: string, level: string): Logger {
  return pino({ name, level, hooks: { streamWrite: maskSecrets } })
}
