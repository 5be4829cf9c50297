import type { PortalErrorKind } from '../portals/errors.ts'
import type { PortalClock } from './portal-clock.ts'

export type ShotRules = {
  /** So long after the opening the first request is to reach the portal, besides what its clock is in doubt by. */
  marginMs: number
  /** "Not open yet" is asked again at these times after the opening, in milliseconds; then it is believed. */
  retryMs: readonly number[]
  /** Requests that book, at most. */
  maxRequests: number
}

/** A clock hardly known is no reason to come a second late: what comes early by it is sent again. */
const MOST_DOUBT_MS = 50
/** But nothing reaches the portal sooner before its opening than this, besides a margin below 0 (dossier delft-x, 9). */
const EARLIEST_MS = 150
/** A portal that asks for quiet is asked again within this time after the opening, or left alone. */
const LIMITED_WINDOW_MS = 15_000
const LIMITED_FIRST_MS = 1_000
const LIMITED_LONGEST_MS = 8_000

/** When to send the first request, on the clock of the samples, for it to reach the portal just after `opening` (epoch ms). */
export function firstShot(opening: number, clock: PortalClock, { marginMs }: ShotRules): number {
  const { doubt } = clock
  return sendFor(opening + marginMs + Math.max(Math.min(doubt, MOST_DOUBT_MS), doubt - EARLIEST_MS), clock)
}

/** When to send what is to reach the portal at `arrival` (its clock, epoch ms). */
function sendFor(arrival: number, { ahead, travel }: PortalClock): number {
  return arrival - ahead - travel / 2
}

/** How long after the opening what is sent at `sentAt` reaches the portal, in milliseconds. */
export function lateness(sentAt: number, opening: number, { ahead, travel }: PortalClock): number {
  return sentAt + travel / 2 + ahead - opening
}

export type Refused = {
  kind: PortalErrorKind
  retryAfterMs: number | undefined
  /** Requests sent so far, and how many of them were refused like the last one. */
  requests: number
  times: number
}

/**
 * When to send the next request after one was refused, on the clock of the samples; undefined when there is none:
 * the answer is believed, or the requests are used up.
 */
export function nextShot(
  refused: Refused,
  opening: number,
  clock: PortalClock,
  now: number,
  rules: ShotRules,
): number | undefined {
  if (refused.requests >= rules.maxRequests) return undefined
  switch (refused.kind) {
    case 'not-open-yet': {
      const soonest = lateness(now, opening, clock)
      const next = rules.retryMs.find((ms) => ms >= soonest)
      return next === undefined ? undefined : sendFor(opening + next, clock)
    }
    case 'rate-limited': {
      const pause = refused.retryAfterMs ?? Math.min(LIMITED_FIRST_MS * 2 ** (refused.times - 1), LIMITED_LONGEST_MS)
      return lateness(now + pause, opening, clock) > LIMITED_WINDOW_MS ? undefined : now + pause
    }
    default:
      return undefined
  }
}
