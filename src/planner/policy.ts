import type { PortalErrorKind } from '../portals/errors.ts'

export type Policy =
  /** It will not happen: tell the user, offer what can be done. */
  | 'end'
  /** Back to pending at the opening; uses up no attempt. */
  | 'wait'
  /** Another attempt after a pause. */
  | 'retry'
  /** End, and try nothing with these credentials until they change: the same again would lock the account. */
  | 'suspend-account'
  /** Leave the portal alone for a while, tell the owner, try again; a booking goes on where it only asks for less. */
  | 'cool-portal'
  /** End, keep evidence, tell the owner what was looked for: our selectors are wrong. */
  | 'tell-owner'

/** What the queue does after an error of a portal. A kind without a line here does not compile. */
export const POLICY: Record<PortalErrorKind, Policy> = {
  'slot-full': 'end',
  'already-booked': 'end',
  'limit-reached': 'end',
  overlap: 'end',
  'no-subscription': 'end',
  'slot-gone': 'end',
  refused: 'end',
  'too-late': 'end',
  'not-open-yet': 'wait',
  // One new login has been made by then; another attempt starts with a fresh session.
  'session-expired': 'retry',
  'bad-credentials': 'suspend-account',
  'challenge-unanswered': 'end',
  'portal-down': 'retry',
  network: 'retry',
  timeout: 'retry',
  'rate-limited': 'cool-portal',
  blocked: 'cool-portal',
  'page-changed': 'tell-owner',
}
