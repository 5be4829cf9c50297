import { createHmac } from 'node:crypto'

const STEP_SECONDS = 30
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The step of time in which a TOTP code (SHA-1, six digits, 30 s) is valid, tried in the step of `now` and both beside it. */
export function stepOfCode(secret: string, code: string, now: Temporal.Instant): number | undefined {
  const current = Math.floor(now.epochMilliseconds / 1000 / STEP_SECONDS)
  return [current, current - 1, current + 1].find((step) => codeAt(secret, step) === code)
}

/** The code that an authenticator shows at an instant. */
export function codeFor(secret: string, now: Temporal.Instant): string {
  return codeAt(secret, Math.floor(now.epochMilliseconds / 1000 / STEP_SECONDS))
}

/** The base32 secret inside an `otpauth://` address, or the text itself when it is a bare secret. */
export function secretOf(otpauth: string): string {
  return otpauth.startsWith('otpauth://') ? (new URL(otpauth).searchParams.get('secret') ?? '') : otpauth
}

function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', base32(secret)).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

function base32(text: string): Buffer {
  const letters = text.toUpperCase().replace(/[^A-Z2-7]/g, '')
  const bits = [...letters].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
