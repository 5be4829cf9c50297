/**
 * A plan: some adjacent hours of one date, in the places given by priority, with several accounts (dossier delft-x §7).
 * Hours are whole start hours in the portal's zone; accounts are ids. Nothing here knows a clock or a portal.
 */
export type Plan = {
  /** N: so many adjacent hours are wanted. */
  hours: number
  /** The fewest adjacent hours that are accepted when N cannot be had; N itself where nothing less will do. */
  least: number
  /** The window [from, to) of start hours. */
  from: number
  to: number
  /** By priority. */
  places: readonly PlanPlace[]
  /** In the order in which they are asked, among equals. */
  accounts: readonly number[]
}

export type PlanPlace = {
  place: string
  /** Its sub-locations in order (`X1 A`, `X1 B`); the one entry of a place without. */
  options: readonly string[]
  /** Many may hold the same hour of it (a gym), or one for each option (a court). */
  shared: boolean
  /** So many accounts may try for one hour of it. */
  maxAccounts: number
}

type TryKind = 'spread' | 'sibling'

/** How a try ended, in the portal's words; a passing failure that the queue tries again is still `open`. */
export type TryEnd =
  | 'won'
  | 'taken'
  | 'limit'
  | 'overlap'
  | 'no-subscription'
  | 'refused'
  | 'auth-failed'
  | 'failed'
  | 'stopped'

/** What a try is for: an account at an option of a place, for an hour. */
type Aim = { hour: number; place: string; option: string; account: number }

export type Try = Aim & {
  /** Given by whoever stores it, growing. */
  id: number
  kind: TryKind
  /** `open`: queued or at work. */
  state: 'open' | TryEnd
  /** Giving a won booking back: not asked for, on its way, given back, or refused (the account then stays spent). */
  cancelling: null | 'open' | 'done' | 'failed'
}

export type PlanState = {
  tries: readonly Try[]
  /** Bookings of these accounts on that date that the plan did not make. */
  held: readonly { account: number; hour: number; place: string }[]
  /** Ids of tries that nobody waits for any more: they, or their giving back, take longer than an opening may. */
  overdue: readonly number[]
  /** Accounts that may not be used: not accepted by their owner, suspended. */
  unusable: readonly number[]
  /** The user has stopped the plan. */
  stopped: boolean
}

export type Move =
  | ({ do: 'try'; kind: TryKind } & Aim)
  /** Give a surplus booking back, at once. */
  | { do: 'cancel'; tryId: number }
  | { do: 'end'; outcome: Outcome }

/** A booking that the plan has won and still holds. */
export type Won = Aim & { tryId: number }

export type Outcome = {
  /** `full`: N adjacent hours. `fewer`: at least the fewest accepted. `stopped`: by the user, before it was full. */
  result: 'full' | 'fewer' | 'failed' | 'stopped'
  /** The adjacent hours that are kept, in order; empty when it failed or was stopped. */
  run: readonly Won[]
  /** What is held beside the run: to be offered to the user for cancelling. */
  leftovers: readonly Won[]
  /** A line for each hour of the window, in order. */
  story: readonly PlanLine[]
}

/** Why an account could not try for an hour of a place. */
export type Bar =
  | 'unusable'
  | 'auth-failed'
  /** It holds another booking at that hour (C1), or the portal said so. */
  | 'hour'
  /** It holds another booking in that place on that date (C2), or the portal said it has reached a limit there. */
  | 'place'
  | 'no-subscription'

/** What was tried for an hour in a place, in order; where nothing was, why each account could not. */
type PlaceLine = {
  place: string
  tries: readonly Try[]
  barred: readonly { account: number; why: Bar }[]
}

export type PlanLine = {
  hour: number
  /**
   * `run` and `leftover`: held, inside or beside the run. `given-up`: no place had it for any account that could try.
   * `needless`: nothing better could come of it any more. `hopeless`: it was left out of a plan that failed, because no
   * block of the fewest hours accepted could come of it any more. `stopped`: the plan was stopped before it was decided.
   */
  came: 'run' | 'leftover' | 'given-up' | 'needless' | 'hopeless' | 'stopped'
  /** By priority: the places that were tried; for an hour given up also those where nobody could try. */
  places: readonly PlaceLine[]
}
