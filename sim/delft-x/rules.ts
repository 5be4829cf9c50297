/** What becomes of a booking. */
export type Outcome =
  | 'booked'
  | 'waiting-list'
  | 'not-open'
  | 'too-late'
  | 'no-subscription'
  | 'duplicate'
  | 'overlap'
  | 'limit'
  | 'taken'

export type Refusal = Exclude<Outcome, 'booked' | 'waiting-list'>

/** How the site answers: statuses, texts, and whether full sessions have a waiting list. */
export type Profile = 'default' | 'conflict409' | 'waitlist'

/** Rules that may be switched off. */
export type Rules = {
  /** C1: one booking of a member an hour, anywhere. */
  c1: boolean
  /** C2: one booking of a member a day in each location. */
  c2: boolean
  /** A cancelled booking no longer counts for C1 and C2. */
  cancelRestores: boolean
}

export type Circumstances = {
  nowMs: number
  opensMs: number
  startMs: number
  subscribed: boolean
  /** The member holds, or waits for, this very slot. */
  duplicate: boolean
  /** Breaks C1. */
  overlap: boolean
  /** Breaks C2. */
  limit: boolean
  spots: number
  /** A full slot is waited for. */
  waitlist: boolean
}

/** What becomes of a booking whose token and payload are good. The order of the checks is the site's (dossier 9.4). */
export function decide(at: Circumstances): Outcome {
  if (at.nowMs < at.opensMs) return 'not-open'
  if (at.nowMs >= at.startMs) return 'too-late'
  if (!at.subscribed) return 'no-subscription'
  if (at.duplicate) return 'duplicate'
  if (at.overlap) return 'overlap'
  if (at.limit) return 'limit'
  if (at.spots > 0) return 'booked'
  return at.waitlist ? 'waiting-list' : 'taken'
}

/** The status of an answer. */
export function statusOf(outcome: Outcome, profile: Profile): 201 | 403 | 409 {
  if (outcome === 'booked' || outcome === 'waiting-list') return 201
  return profile === 'conflict409' && (outcome === 'duplicate' || outcome === 'taken') ? 409 : 403
}
