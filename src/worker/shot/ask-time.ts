import { setTimeout as pause } from 'node:timers/promises'
import type { ArmedBooking, ClockSample } from '../../portals/contract.ts'
import { isExpired } from '../jobs/job.ts'

/**
 * One sample of the portal's clock, if it comes before `by` (milliseconds of `performance.now()`); undefined when it
 * does not, or the request fails: what is armed can be fired without. Throws `session-expired`, for which there is
 * still time to log in, and the reason of `signal`.
 */
export async function askTime(
  { ping }: Pick<ArmedBooking, 'ping'>,
  by: number,
  signal: AbortSignal,
): Promise<ClockSample | undefined> {
  if (performance.now() >= by) return undefined
  try {
    return await before(by, signal, ping())
  } catch (error) {
    signal.throwIfAborted()
    if (isExpired(error)) throw error
    return undefined
  }
}

/** What `work` ends with, if it does before `by`; undefined when it does not. Rejects when `signal` aborts. */
export async function before<T>(by: number, signal: AbortSignal, work: Promise<T>): Promise<T | undefined> {
  const ended = new AbortController()
  const late = pause(Math.max(0, by - performance.now()), undefined, {
    signal: AbortSignal.any([signal, ended.signal]),
  })
  try {
    return await Promise.race([work, late])
  } finally {
    ended.abort()
  }
}
