import pino, { type Logger } from 'pino'

export type { Logger } from 'pino'

const secrets = new Set<string>()

/** From now on this text is masked in everything this process logs and in every evidence it keeps. */
export function keepSecret(text: string | undefined): void {
  if (text !== undefined && text.length >= 4) secrets.add(text)
}

/** The text with all known secrets, and what looks like one (bot tokens, otpauth URLs), masked. */
export function maskSecrets(text: string): string {
  let masked = text
  for (const secret of secrets) {
    masked = masked.replaceAll(secret, '•••').replaceAll(encodeURIComponent(secret), '•••')
    const quoted = JSON.stringify(secret).slice(1, -1)
    if (quoted !== secret) masked = masked.replaceAll(quoted, '•••')
  }
  return masked.replace(/\b\d+:[\w-]{30,}/g, '•••').replace(/otpauth:[^\s"']+/gi, 'otpauth:•••')
}

/** A log of JSON lines on stdout. Secrets are masked in whatever is logged, errors and stacks included. */
export function createLog(name: string, level: string): Logger {
  return pino({ name, level, hooks: { streamWrite: maskSecrets } })
}
