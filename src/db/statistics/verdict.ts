import type { ActionErrorKind } from '../actions/action.ts'
import type { ActionStatus } from '../schema.ts'

/** What the end of an action says about how well things go. Only `went-wrong` is a failure of ours. */
export type Verdict =
  /** The portal did as asked. */
  | 'done'
  /** Somebody was quicker: the portal works, and so do we. */
  | 'won-by-others'
  /** The portal's rules, or the account's other bookings, do not allow it. */
  | 'refused'
  | 'went-wrong'
  /** Its user took it back. */
  | 'taken-back'
  /** Its time was over before it could be done: a watched place that never freed up, a worker that was off. */
  | 'expired'

/** An end that says whether asking was of use; what was taken back or expired counts neither for nor against. */
export const COUNTED: ReadonlySet<Verdict> = new Set<Verdict>(['done', 'won-by-others', 'refused', 'went-wrong'])

const VERDICTS: Record<ActionErrorKind, Verdict> = {
  'slot-full': 'won-by-others',
  'already-booked': 'refused',
  'limit-reached': 'refused',
  overlap: 'refused',
  'no-subscription': 'refused',
  'slot-gone': 'refused',
  refused: 'refused',
  'too-late': 'refused',
  'not-open-yet': 'refused',
  'session-expired': 'went-wrong',
  'bad-credentials': 'went-wrong',
  'challenge-unanswered': 'went-wrong',
  'portal-down': 'went-wrong',
  network: 'went-wrong',
  timeout: 'went-wrong',
  'rate-limited': 'went-wrong',
  blocked: 'went-wrong',
  'page-changed': 'went-wrong',
  'worker-lost': 'went-wrong',
  expired: 'expired',
  internal: 'went-wrong',
}

/** The verdict on an action; `kind` is why it failed, where it did. Undefined while it is open. */
export function verdictOf(status: ActionStatus, kind: ActionErrorKind | undefined): Verdict | undefined {
  switch (status) {
    case 'completed':
      return 'done'
    case 'failed':
      return kind === undefined ? 'went-wrong' : VERDICTS[kind]
    case 'cancelled':
      return 'taken-back'
    case 'expired':
      return 'expired'
    case 'pending':
    case 'processing':
      return undefined
  }
}
