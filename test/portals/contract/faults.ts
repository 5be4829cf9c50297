import type { PortalErrorKind } from '../../../src/portals/errors.ts'

type Meaning = { means: string; kinds: readonly [PortalErrorKind, ...PortalErrorKind[]] }

/**
 * What may go wrong at any portal, by what it means, and the kinds of error that an adapter may make of it. A stand-in
 * can do each of them, or its driver says why the portal cannot.
 */
export const FAULTS = {
  challenge: { means: 'the login asks for what only a person can give', kinds: ['challenge-unanswered'] },
  'login-changed': {
    means: 'the login shows nothing of what is known',
    kinds: ['page-changed', 'challenge-unanswered', 'timeout'],
  },

  down: { means: 'every answer is an error 503', kinds: ['portal-down'] },
  unreachable: { means: 'every connection is cut', kinds: ['network'] },
  silent: { means: 'no answer comes', kinds: ['timeout'] },
  'rate-limited': { means: 'every answer is 429: too many requests', kinds: ['rate-limited'] },
  blocked: { means: 'every answer is 403: go away', kinds: ['blocked'] },
  'timetable-changed': { means: 'what tells the slots has another form', kinds: ['page-changed'] },
  'bookings-changed': { means: 'what tells the bookings has another form', kinds: ['page-changed'] },

  'answer-lost': { means: 'it books, and answers an error 500', kinds: ['portal-down'] },
  'answer-cut': { means: 'it books, and cuts the connection', kinds: ['network'] },
  'error-before': { means: 'an error 500 instead of booking', kinds: ['portal-down'] },
  'cut-before': { means: 'the connection is cut instead of booking', kinds: ['network'] },
  'submit-silent': { means: 'no answer comes to the request that books', kinds: ['timeout'] },
  'session-dies': { means: 'the session ends at the request that books', kinds: ['session-expired'] },

  'full-in-between': { means: 'the last place goes right before the request that books', kinds: ['slot-full'] },
  'limit-reached': { means: 'the request that books is one too many', kinds: ['limit-reached'] },
  overlap: { means: 'the request that books overlaps a booking of the account', kinds: ['overlap'] },
  'no-subscription': { means: 'the subscription does not cover the slot', kinds: ['no-subscription'] },
  refused: { means: 'refused in words that nobody knows', kinds: ['refused'] },
  'opens-late': { means: 'slots open some seconds after their opening', kinds: ['not-open-yet'] },
  'only-said': { means: 'it says that it booked, and did not', kinds: ['refused', 'slot-full', 'page-changed'] },

  'cancel-lost': { means: 'it cancels, and the answer is lost', kinds: ['portal-down', 'network', 'timeout'] },
  'cancel-error': { means: 'an error 500 instead of cancelling', kinds: ['portal-down'] },
  'cancel-cut': { means: 'the connection is cut instead of cancelling', kinds: ['network'] },
  'cancel-refused': { means: 'it does not cancel, and says so', kinds: ['too-late', 'refused'] },
} as const satisfies Record<string, Meaning>

export type Fault = keyof typeof FAULTS

/** The faults a portal cannot have, each with the reason. */
export type Never = Partial<Record<Fault, string>>
