import type { Logger } from '../../core/log.ts'
import type { Account } from '../../db/accounts.ts'
import type { Action, ActionResult } from '../../db/actions/action.ts'
import type { Database, Tx } from '../../db/database.ts'
import type { SeenAt } from '../../db/slot-looks.ts'
import type { PortalFacts, PortalSession } from '../../portals/contract.ts'
import { PortalError } from '../../portals/errors.ts'
import type { ShotTools } from '../shot/tools.ts'

/** One action at work in a session of its account. */
export type Job<A extends Action = Action> = {
  action: A
  account: Account
  facts: PortalFacts
  session: PortalSession
  /** A free place in the watched slot that another one has just seen. */
  seen?: SeenAt | undefined
  db: Database
  log: Logger
  /** Aborts when the work is not wanted any more. */
  signal: AbortSignal
  shots: ShotTools
  /** From now on the work mostly waits: the worker may begin another one beside it. */
  standBy(): void
  step(name: string): Promise<void>
  /**
   * Notes durably that the request which books or cancels is about to be sent; `session` calls it right before.
   * Throws when the lease is lost, the user took the action back or suspended the account: then nothing is sent.
   */
  beforeSubmit(): Promise<void>
  /** What is known of the request that books or cancels. Changed by `beforeSubmit` and by whoever asks the portal. */
  outcome: Outcome
}

/** `none`: surely nothing reached the portal, or it was asked and holds nothing. `unknown`: it may have been done. */
export type Outcome = {
  state: 'none' | 'unknown'
  /** When a request that books or cancels was last about to be sent; null: never. */
  submittedAt: Temporal.Instant | null
}

/** A job's success: its result, and what is to be written with it in the same transaction. */
export type Done = { result: ActionResult; effects?: (tx: Tx, now: Temporal.Instant) => Promise<void> }

/** Runs `work`; when the session turns out to be expired, logs in again once and runs it a second time. */
export async function withLogin<T>(job: Pick<Job, 'session'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isExpired(error)) throw error
    await job.session.login()
    return await work()
  }
}

export function isExpired(error: unknown): boolean {
  return error instanceof PortalError && error.kind === 'session-expired'
}

/** Makes sure that the session is logged in before anything else is tried. */
export async function ensureLoggedIn(session: PortalSession): Promise<void> {
  if (!(await session.isLoggedIn())) await session.login()
}
