import { stampAfter, toStamp } from '../../core/clock.ts'
import type { Database, Tx } from '../database.ts'
import { insertNotice } from '../notices.ts'
import type { ActionRow, StepRow } from '../schema.ts'
import { lastStatement, statement } from '../statement.ts'
import type { Topic } from '../waker.ts'
import type { ActionError, ActionResult } from './action.ts'
import { insertAttempt } from './attempts.ts'
import { type Claim, type Claimer, claimOne } from './claim.ts'
import { AccountSuspendedError, askLease, type Lease, LeaseLostError, lockLeased, updateLeased } from './lease.ts'

type Final =
  | { status: 'completed'; result: ActionResult }
  | { status: 'failed' | 'expired'; error: ActionError }
  /** The user took it back before anything was sent. */
  | { status: 'cancelled' }

/** Another attempt, not before `runAt`. */
type Again = {
  status: 'pending'
  runAt: Temporal.Instant
  error: ActionError
  outcomeUnknown: boolean
  countsAsAttempt: boolean
  /** It looked, or took what another one had just seen, and nothing has changed: only when that was is kept. */
  lookedAt?: Temporal.Instant | undefined
}

/** How an attempt ended. `effects` are written in the same transaction: bookings, slots, account states, notices. */
export type Ending = (Final | Again) & {
  evidence?: string | null
  effects?: (tx: Tx, now: Temporal.Instant) => Promise<void>
}

/** Tells how far the work has come. Throws `LeaseLostError`. */
export async function addStep(db: Database, lease: Lease, name: string): Promise<void> {
  const { actionId: id, token, attempt } = lease
  const [added] = await db.write((tx, now) => insertStep(tx, { id, token, attempt, name, at: toStamp(now) }), ['news'])
  if (!added) throw new LeaseLostError(lease)
}

const insertStep = lastStatement<
  { id: number; token: number; attempt: number; name: string; at: string },
  Pick<StepRow, 'id'>
>(['id', 'token', 'attempt', 'name', 'at'], (db, { id, token, attempt, name, at }) =>
  db
    .insertInto('action_steps')
    .columns(['action_id', 'attempt', 'name', 'at'])
    .expression(({ selectFrom, cast }) =>
      selectFrom('booking_actions')
        .select([
          'id',
          cast(attempt, 'integer').as('attempt'),
          cast(name, 'text').as('name'),
          cast(at, 'text').as('at'),
        ])
        .where('id', '=', id)
        .where('lease_token', '=', token)
        .where('status', '=', 'processing'),
    )
    .returning('id'),
)

/**
 * Notes, durably, that the request which books or cancels is about to be sent. After this the outcome is unknown
 * until the portal is asked. Noting nothing, answers false when the user took it back, and throws
 * `AccountSuspendedError` when its account was suspended meanwhile; throws `LeaseLostError`.
 */
export async function markSubmitted(db: Database, lease: Lease): Promise<boolean> {
  const { actionId: id, token } = lease
  const [marked] = await db.write((tx, now) => markLeased(tx, { id, token, at: toStamp(now) }))
  if (marked) return true
  const { cancelRequested } = await askLease(db, lease)
  if (!cancelRequested) throw new AccountSuspendedError(lease)
  return false
}

const markLeased = lastStatement<{ id: number; token: number; at: string }, Pick<ActionRow, 'id'>>(
  ['id', 'token', 'at'],
  (db, { id, token, at }) =>
    db
      .updateTable('booking_actions')
      .set({ submitted_at: at, outcome_unknown: 1 })
      .where('id', '=', id)
      .where('lease_token', '=', token)
      .where('status', '=', 'processing')
      .where('cancel_requested', '=', 0)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('accounts')
            .select('accounts.id')
            .whereRef('accounts.id', '=', 'booking_actions.account_id')
            .where('accounts.state', '=', 'active'),
        ),
      )
      .returning('id'),
)

/**
 * Ends the attempt: the action, its effects, the audit row and the notice in one transaction, or none of them; and in
 * the same one claims what comes next, where `next` is given. Throws `LeaseLostError`, writing nothing, when the lease
 * is no longer held.
 */
export async function endAttempt(
  db: Database,
  lease: Lease,
  ending: Ending,
  next?: Claimer,
): Promise<Claim | undefined> {
  // The account is free again, and what waited for it can be claimed: by who looks at everything there and then.
  const pokes = next && !next.types ? NEWS : NEWS_AND_WORK
  return await db.write(async (tx, now) => {
    // Effects first: a result may count what they changed. Without the lease both are undone.
    await ending.effects?.(tx, now)
    await writeEnding(tx, lease, ending, now)
    return next && (await claimOne(db, tx, next, now))
  }, pokes)
}

const NEWS: readonly Topic[] = ['news']
const NEWS_AND_WORK: readonly Topic[] = ['news', 'work']

async function writeEnding(tx: Tx, lease: Lease, ending: Ending, now: Temporal.Instant): Promise<void> {
  const evidence = ending.evidence ?? null
  const error = 'error' in ending ? ending.error : null
  if (ending.status === 'pending' && ending.lookedAt)
    return await goBackUneventfully(tx, lease, ending, toStamp(ending.lookedAt), now)
  const isOver = ending.status !== 'pending' || !(await goBack(tx, lease, ending))
  const final: Final = ending.status === 'pending' ? { status: 'cancelled' } : ending
  if (isOver) await finish(tx, lease, final, now)
  await insertAttempt(tx, lease, now, isOver ? final.status : 'pending', error, evidence)
}

/**
 * Puts the action back into the queue; answers false, changing nothing, when its user asked for it back while the
 * attempt failed and surely nothing was done: then there is no other one.
 */
async function goBack(tx: Tx, lease: Lease, ending: Again): Promise<boolean> {
  const row = await lockLeased(tx, lease)
  if (!row) throw new LeaseLostError(lease)
  if (row.cancel_requested === 1 && !ending.outcomeUnknown) return false
  // Its priority is that of whoever wants it by now: a person may have asked for what cron had asked for.
  await updateLeased(tx, lease, valuesOfAgain(ending, lease, row.priority))
  return true
}

/** A look that found nothing leaves no trace but its time: days of watching would fill the history. */
async function goBackUneventfully(
  tx: Tx,
  lease: Lease,
  ending: Again,
  looked_at: string,
  now: Temporal.Instant,
): Promise<void> {
  const row = await lockLeased(tx, lease)
  if (!row) throw new LeaseLostError(lease)
  if (row.cancel_requested === 1) return await takenBack(tx, lease, now)
  // Former trouble does not count any more: the portal has answered.
  await updateLeased(tx, lease, { ...valuesOfAgain(ending, lease, row.priority), attempt: 0, looked_at })
  await tx.deleteFrom('action_steps').where('action_id', '=', lease.actionId).execute()
}

/** Its user wanted it back, and nothing has been done. */
async function takenBack(tx: Tx, lease: Lease, now: Temporal.Instant): Promise<void> {
  await finish(tx, lease, { status: 'cancelled' }, now)
  await insertAttempt(tx, lease, now, 'cancelled', null, null)
}

/** Ends the action, and owes its user the notice. */
async function finish(tx: Tx, lease: Lease, final: Final, now: Temporal.Instant): Promise<void> {
  const error = 'error' in final ? final.error : null
  const [row] = await finishLeased(tx, {
    id: lease.actionId,
    token: lease.token,
    status: final.status,
    result: final.status === 'completed' ? JSON.stringify(final.result) : null,
    error: error && JSON.stringify(error),
    outcome_unknown: error?.outcomeUnknown ? 1 : 0,
    completed_at: toStamp(now),
  })
  if (!row) throw new LeaseLostError(lease)
  if (row.user_id !== null)
    await insertNotice(tx, { userId: row.user_id, notice: { kind: 'action-ended', actionId: lease.actionId }, now })
}

type FinalValues = Pick<ActionRow, 'status' | 'result' | 'error' | 'outcome_unknown' | 'completed_at'>

const finishLeased = statement<FinalValues & { id: number; token: number }, Pick<ActionRow, 'user_id'>>(
  ['id', 'token', 'status', 'result', 'error', 'outcome_unknown', 'completed_at'],
  (db, { id, token, ...values }) =>
    db
      .updateTable('booking_actions')
      .set({ ...values, lease_until: null, worker_id: null })
      .where('id', '=', id)
      .where('lease_token', '=', token)
      .where('status', '=', 'processing')
      .returning('user_id'),
)

function valuesOfAgain(ending: Again, lease: Lease, priority: number) {
  return {
    lease_until: null,
    worker_id: null,
    status: ending.status,
    run_at: toStamp(ending.runAt),
    turn_at: stampAfter(ending.runAt, priority * 1000),
    error: JSON.stringify(ending.error),
    outcome_unknown: ending.outcomeUnknown ? 1 : 0,
    // Surely nothing has reached the portal: the user can take it back again.
    ...(ending.outcomeUnknown ? {} : { submitted_at: null }),
    attempt: ending.countsAsAttempt ? lease.attempt : lease.attempt - 1,
  }
}

/**
 * Gives an action back until `runAt`, as though it had not been claimed: another one does what it waits for. Throws
 * `LeaseLostError` when the lease is no longer held.
 */
export async function putBack(tx: Tx, lease: Lease, runAt: Temporal.Instant, now: Temporal.Instant): Promise<void> {
  const row = await lockLeased(tx, lease)
  if (!row) throw new LeaseLostError(lease)
  if (row.cancel_requested === 1 && row.submitted_at === null) return await takenBack(tx, lease, now)
  await updateLeased(tx, lease, {
    status: 'pending',
    lease_until: null,
    worker_id: null,
    run_at: toStamp(runAt),
    turn_at: stampAfter(runAt, row.priority * 1000),
    attempt: lease.attempt - 1,
  })
}

/**
 * Gives an action back, for a worker that is stopping or an account that was suspended; one that its user wants back
 * ends instead. With the outcome `none` surely nothing has reached the portal, whatever was noted of a submit; else that
 * note stays as it is. Does nothing when the lease is already lost.
 */
export async function releaseAction(
  db: Database,
  lease: Lease,
  outcome: 'none' | 'unknown' = 'unknown',
): Promise<void> {
  await db.write(async (tx, now) => {
    const row = await lockLeased(tx, lease)
    if (!row) return
    if (row.cancel_requested === 1 && row.submitted_at === null) return await takenBack(tx, lease, now)
    const attempt = lease.attempt - 1
    await updateLeased(tx, lease, {
      status: 'pending',
      lease_until: null,
      worker_id: null,
      run_at: toStamp(now),
      attempt,
      ...(outcome === 'none' && { submitted_at: null, outcome_unknown: 0 }),
    })
    await insertAttempt(tx, lease, now, 'released', null, null)
  }, NEWS_AND_WORK)
}
