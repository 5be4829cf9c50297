/** What went wrong at a portal. The queue's policy hangs on the kind (src/planner/policy.ts), never on texts. */
export const PORTAL_ERROR_KINDS = [
  'slot-full',
  'already-booked',
  'limit-reached',
  'overlap',
  /** The account's subscription does not cover this kind of slot; its bookings elsewhere are another matter. */
  'no-subscription',
  /** The slot is not, or no longer, on the timetable, or cannot be told apart from another. */
  'slot-gone',
  /** The portal refused for a reason of its own; its message is passed on to the user. */
  'refused',
  'too-late',
  'not-open-yet',
  'session-expired',
  'bad-credentials',
  'challenge-unanswered',
  'portal-down',
  'network',
  'timeout',
  'rate-limited',
  'blocked',
  'page-changed',
] as const

export type PortalErrorKind = (typeof PORTAL_ERROR_KINDS)[number]

export const WAITING_PLACES = ['given-back', 'kept'] as const
export type WaitingPlace = (typeof WAITING_PLACES)[number]

export type PortalErrorDetails = {
  /** The portal's own words, to be passed on to the user. Never holds a secret. */
  portalSays?: string
  /** For `not-open-yet`: the instant at which to try again. */
  opensAt?: Temporal.Instant
  /** For `rate-limited`: how long the portal asked to be left alone, in milliseconds. */
  retryAfterMs?: number
  /** For `refused`: the portal took the booking, and its list, which may lag, does not show it. */
  unproven?: true
  /** For `slot-full`: the portal gave a place on its waiting list instead, which is no booking, and what became of it. */
  waitingPlace?: WaitingPlace
  /** For `page-changed`: what was looked for and not found, for the owner. */
  lookedFor?: string
  cause?: unknown
}

/** An error of a portal. `message` is for the log and the audit; people read the text of its kind. */
export class PortalError extends Error {
  override name = 'PortalError'
  readonly kind: PortalErrorKind
  readonly portalSays: string | undefined
  readonly opensAt: Temporal.Instant | undefined
  readonly retryAfterMs: number | undefined
  readonly lookedFor: string | undefined
  readonly unproven: boolean
  readonly waitingPlace: WaitingPlace | undefined

  constructor(kind: PortalErrorKind, message: string, details: PortalErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause })
    this.kind = kind
    this.portalSays = details.portalSays
    this.opensAt = details.opensAt
    this.retryAfterMs = details.retryAfterMs
    this.lookedFor = details.lookedFor
    this.unproven = details.unproven ?? false
    this.waitingPlace = details.waitingPlace
  }
}
