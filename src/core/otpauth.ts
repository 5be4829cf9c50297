const ALGORITHMS = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const

/** The secret of a second factor, with how its codes are made. */
export type TotpSecret = {
  /** Base32, upper case. */
  secret: string
  algorithm: (typeof ALGORITHMS)[keyof typeof ALGORITHMS]
  digits: 6 | 7 | 8
  periodMs: number
}

/** Reads an `otpauth://totp/…` address or a bare base32 secret, spaces allowed; undefined when it is neither. */
export function readOtpauth(text: string): TotpSecret | undefined {
  const isUrl = /^[a-z-]+:\/\//i.test(text.trim())
  const url = isUrl ? URL.parse(text.trim()) : undefined
  if (isUrl && (url?.protocol !== 'otpauth:' || url.host.toLowerCase() === 'hotp')) return undefined
  const secret = (url ? url.searchParams.get('secret') : text)?.replace(/[\s=-]/g, '').toUpperCase() ?? ''
  if (!/^[A-Z2-7]+$/.test(secret)) return undefined
  const name = url?.searchParams.get('algorithm')?.toUpperCase().replace('-', '')
  const digits = url?.searchParams.get('digits')
  const period = Number(url?.searchParams.get('period') ?? 30)
  return {
    secret,
    algorithm: name === 'SHA256' || name === 'SHA512' ? ALGORITHMS[name] : ALGORITHMS.SHA1,
    digits: digits === '7' ? 7 : digits === '8' ? 8 : 6,
    periodMs: (Number.isInteger(period) && period > 0 ? period : 30) * 1000,
  }
}
