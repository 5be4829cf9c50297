import { createGuardrails, generateSync } from 'otplib'
import { readOtpauth, type TotpSecret } from '../../core/otpauth.ts'
import { PortalError } from '../errors.ts'

/** A code is not begun with when its step is about to end: it has to arrive while it is good (dossier 2.3). */
const LEAST_LEFT_MS = 5_000
/** Secrets given out by universities may be shorter than the library likes; the site decides on them, not we. */
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 1 })
export type CodeParts = { now(): Temporal.Instant; wait(ms: number): Promise<void> }

/** The one-time codes of an account. No step's code is given out twice. */
export class OneTimeCodes {
  readonly #totp: TotpSecret
  readonly #parts: CodeParts
  #lastStep = -1

  constructor(otpauth: string, parts: CodeParts) {
    const totp = readOtpauth(otpauth)
    // What is wrong with it is said without quoting it.
    if (!totp) throw new PortalError('bad-credentials', 'the one-time secret is not valid')
    this.#totp = totp
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
