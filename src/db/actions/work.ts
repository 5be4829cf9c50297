import { toStamp } from '../../core/clock.ts'
import type { Database, Tx } from '../database.ts'
import { insertNotice } from '../notices.ts'
import type { ActionError, ActionResult } from './action.ts'
import { insertAttempt } from './attempts.ts'
import { type Lease, updateLeased } from './lease.ts'
import { PENDING, PROCESSING } from './statuses.ts'

/** How an attempt ended. `effects` are written in the same transaction: bookings, slots, account states, notices. */
export type Ending = (
  | { status: 'completed'; result: ActionResult }
  | { status: 'failed' | 'expired'; error: ActionError }
  /** The user took it back before anything was sent. */
  | { status: 'cancelled' }
  /** Another attempt, not before `runAt`. */
  | {
      status: 'pending'
      runAt: Temporal.Instant
      error: ActionError
      outcomeUnknown: boolean
      countsAsAttempt: boolean
    }
) & { evidence?: string | null; effects?: (tx: Tx) => Promise<void> }

/** Tells how far the work has come. Throws `LeaseLostError`. */
export async function addStep(db: Database, lease: Lease, name: string): Promise<void> {
  const at = toStamp(db.clock.now())
  await db.write(async (tx) => {
    await updateLeased(tx, lease, { worker_id: lease.workerId })
    await tx
      .insertInto('action_steps')
      .values({ action_id: lease.actionId, attempt: lease.attempt, name, at })
      .execute()
  })
  db.waker.poke('news')
}

/**
 * Notes, durably, that the request which books or cancels is about to be sent. After this the outcome is unknown
 * until the portal is asked. Throws `LeaseLostError`; answers false, noting nothing, when the user took it back.
 */
export async function markSubmitted(db: Database, lease: Lease): Promise<boolean> {
  const now = toStamp(db.clock.now())
  return await db.write(async (tx) => {
    const row = await tx
      .selectFrom('booking_actions')
      .select('cancel_requested')
      .where('id', '=', lease.actionId)
      .executeTakeFirst()
    if (row?.cancel_requested === 1) return false
    await updateLeased(tx, lease, { submitted_at: now, outcome_unknown: 1 })
    return true
  })
}

/**
 * Ends the attempt: the action, its effects, the audit row and the notice in one transaction, or none of them.
 * Throws `LeaseLostError`, writing nothing, when the lease is no longer held.
 */
export async function endAttempt(db: Database, lease: Lease, ending: Ending): Promise<void> {
  const now = db.clock.now()
  await db.write(async (tx) => {
    // Effects first: a result may count what they changed. Without the lease both are undone.
    await ending.effects?.(tx)
    const settled = (await isTakenBack(tx, lease, ending)) ? { status: 'cancelled' as const } : ending
    await updateLeased(tx, lease, valuesOf(settled, now, lease))
    const error = 'error' in ending ? ending.error : null
    await insertAttempt(tx, lease, now, settled.status, error, ending.evidence ?? null)
    if (settled.status !== 'pending') await noticeResult(tx, lease.actionId, now)
  })
  db.waker.poke('news')
  // The account is free again: what waited for it can be claimed.
  db.waker.poke('work')
}

/** Whether the user asked for it back while the attempt failed: then there is no other one, if surely nothing was done. */
async function isTakenBack(tx: Tx, lease: Lease, ending: Ending): Promise<boolean> {
  if (ending.status !== 'pending' || ending.outcomeUnknown) return false
  const { cancel_requested } = await tx
    .selectFrom('booking_actions')
    .select('cancel_requested')
    .where('id', '=', lease.actionId)
    .executeTakeFirstOrThrow()
  return cancel_requested === 1
}

function valuesOf(ending: Ending, now: Temporal.Instant, lease: Lease) {
  const over = { lease_until: null, worker_id: null }
  switch (ending.status) {
    case 'completed':
      return {
        ...over,
        status: ending.status,
        result: JSON.stringify(ending.result),
        error: null,
        outcome_unknown: 0,
        completed_at: toStamp(now),
      }
    case 'failed':
    case 'expired':
      return {
        ...over,
        status: ending.status,
        error: JSON.stringify(ending.error),
        outcome_unknown: ending.error.outcomeUnknown ? 1 : 0,
        completed_at: toStamp(now),
      }
    case 'cancelled':
      return { ...over, status: ending.status, error: null, outcome_unknown: 0, completed_at: toStamp(now) }
    case 'pending':
      return {
        ...over,
        status: ending.status,
        run_at: toStamp(ending.runAt),
        error: JSON.stringify(ending.error),
        outcome_unknown: ending.outcomeUnknown ? 1 : 0,
        // Surely nothing has reached the portal: the user can take it back again.
        ...(ending.outcomeUnknown ? {} : { submitted_at: null }),
        attempt: ending.countsAsAttempt ? lease.attempt : lease.attempt - 1,
      }
  }
}

async function noticeResult(tx: Tx, actionId: number, now: Temporal.Instant): Promise<void> {
  const { user_id } = await tx
    .selectFrom('booking_actions')
    .select('user_id')
    .where('id', '=', actionId)
    .executeTakeFirstOrThrow()
  if (user_id !== null) await insertNotice(tx, { userId: user_id, notice: { kind: 'action-ended', actionId }, now })
}

/**
 * Gives an action back untouched, for a worker that is stopping; one that its user wants back ends instead. Does
 * nothing when the lease is already lost.
 */
export async function releaseAction(db: Database, lease: Lease): Promise<void> {
  const now = db.clock.now()
  await db.write(async (tx) => {
    const row = await tx
      .selectFrom('booking_actions')
      .select(['cancel_requested', 'submitted_at'])
      .where('id', '=', lease.actionId)
      .where('lease_token', '=', lease.token)
      .where('status', '=', PROCESSING)
      .executeTakeFirst()
    if (!row) return
    const takenBack = row.cancel_requested === 1 && row.submitted_at === null
    const values = takenBack
      ? valuesOf({ status: 'cancelled' }, now, lease)
      : { status: PENDING, lease_until: null, worker_id: null, run_at: toStamp(now), attempt: lease.attempt - 1 }
    await updateLeased(tx, lease, values)
    await insertAttempt(tx, lease, now, takenBack ? 'cancelled' : 'released', null, null)
    if (takenBack) await noticeResult(tx, lease.actionId, now)
  })
  db.waker.poke('news')
  db.waker.poke('work')
}
