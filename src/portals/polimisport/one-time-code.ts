import { createGuardrails, generateSync } from 'otplib'
import { PortalError } from '../errors.ts'

/** A code is not begun with when its step is about to end: it has to arrive while it is good (dossier 2.3). */
const LEAST_LEFT_MS = 5_000
/** Secrets given out by universities may be shorter than the library likes; the site decides on them, not we. */
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 1 })
const ALGORITHMS = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const

export type TotpSecret = {
  secret: string
  algorithm: (typeof ALGORITHMS)[keyof typeof ALGORITHMS]
  digits: 6 | 7 | 8
  periodMs: number
}

export type CodeParts = { now(): Temporal.Instant; wait(ms: number): Promise<void> }

/** The one-time codes of an account. No step's code is given out twice. */
export class OneTimeCodes {
  readonly #totp: TotpSecret
  readonly #parts: CodeParts
  #lastStep = -1

  constructor(otpauth: string, parts: CodeParts) {
    this.#totp = readOtpauth(otpauth)
    this.#parts = parts
  }

  /** The code of now, or of the next step when this one was used or is about to end: then it waits for that. */
  async next(): Promise<string> {
    const { periodMs } = this.#totp
    for (let waits = 0; waits < 3; waits++) {
      const ms = this.#parts.now().epochMilliseconds
      const step = Math.floor(ms / periodMs)
      const leftMs = periodMs - (ms % periodMs)
      if (step > this.#lastStep && leftMs >= LEAST_LEFT_MS) return this.#codeOf(step)
      await this.#parts.wait(leftMs)
    }
    throw new PortalError('timeout', 'one-time code: the clock does not move')
  }

  #codeOf(step: number): string {
    this.#lastStep = step
    const { secret, algorithm, digits, periodMs } = this.#totp
    const period = periodMs / 1000
    try {
      return generateSync({ secret, algorithm, digits, period, epoch: step * period, guardrails })
    } catch {
      throw new PortalError('bad-credentials', 'the one-time secret is not valid')
    }
  }
}

/** Reads an `otpauth://` address or a bare base32 secret. What is wrong with it is said without quoting it. */
export function readOtpauth(otpauth: string): TotpSecret {
  const url = /^otpauth:\/\//i.test(otpauth.trim()) ? URL.parse(otpauth.trim()) : undefined
  const secret = (url ? url.searchParams.get('secret') : otpauth)?.replace(/[\s=-]/g, '').toUpperCase() ?? ''
  if (!/^[A-Z2-7]+$/.test(secret)) throw new PortalError('bad-credentials', 'the one-time secret is not valid')
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
