import { readExport } from './authenticator-export.ts'

/** What somebody gave as the secret of their second factor: fit to be kept, or what is wrong with it. */
export type OneTimeSecret =
  | { otpauth: string }
  | {
      problem: /** Neither an address nor base32. */
        | 'not-a-secret'
        /** A code of the moment instead of the secret behind it. */
        | 'code'
        /** An address of another kind of second factor, or one without a good secret. */
        | 'not-totp'
        /** An export of several accounts, or of none. */
        | 'export'
    }

/** A bare secret has at least this many characters: shorter ones are something else. */
const SHORTEST = 16

/** Reads an `otpauth://totp/…` address, a bare base32 secret (spaces allowed), or an export of Google Authenticator. */
export function readOneTimeSecret(written: string): OneTimeSecret {
  const text = written.trim()
  if (/^otpauth-migration:/i.test(text)) {
    const [otpauth, ...others] = readExport(text)
    return otpauth === undefined || others.length > 0 ? { problem: 'export' } : { otpauth }
  }
  if (/^otpauth:/i.test(text)) return isTotp(text) ? { otpauth: text } : { problem: 'not-totp' }
  if (/^[\d\s]{6,9}$/.test(text)) return { problem: 'code' }
  const bare = compact(text)
  return bare.length >= SHORTEST && isBase32(bare) ? { otpauth: bare } : { problem: 'not-a-secret' }
}

function isTotp(address: string): boolean {
  const url = URL.parse(address)
  return url?.host.toLowerCase() === 'totp' && isBase32(compact(url.searchParams.get('secret') ?? ''))
}

function compact(secret: string): string {
  return secret.replace(/[\s=-]/g, '').toUpperCase()
}

/** Some lengths no bytes come to: then a character is missing, or one too many. */
function isBase32(secret: string): boolean {
  return /^[A-Z2-7]+$/.test(secret) && ![1, 3, 6].includes(secret.length % 8)
}
