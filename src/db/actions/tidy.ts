import { toStamp } from '../../core/clock.ts'
import type { Database, Tx } from '../database.ts'
import { insertNotice } from '../notices.ts'
import type { ActionRow } from '../schema.ts'
import type { ActionError } from './action.ts'
import { insertAttempt } from './attempts.ts'
import type { Lease } from './lease.ts'
import { look } from './look.ts'
import { PENDING, PROCESSING } from './statuses.ts'

/** Takes back what lost its lease and ends what is overdue: for workers that are too busy to claim. */
export async function tidyQueue(db: Database): Promise<void> {
  const { lost, overdue } = await look(db)
  if (!lost && !overdue) return
  const changed = await db.write(tidy)
  if (changed === 0) return
  db.waker.poke('work')
  db.waker.poke('news')
}

/** The same within a transaction. Answers how many actions changed. */
export async function tidy(tx: Tx, now: Temporal.Instant): Promise<number> {
  // What was lost may be overdue as well.
  return (await takeBackLost(tx, now)) + (await endOverdue(tx, now))
}

/** Actions whose worker vanished go back, marked outcome unknown; after too many attempts they end. Answers how many. */
async function takeBackLost(tx: Tx, now: Temporal.Instant): Promise<number> {
  const lost = await tx
    .selectFrom('booking_actions')
    .selectAll()
    .where('status', '=', PROCESSING)
    .where('lease_until', '<', toStamp(now))
    .execute()
  let taken = 0
  for (const row of lost) if (await takeBack(tx, row, now)) taken += 1
  return taken
}

async function takeBack(tx: Tx, row: ActionRow, now: Temporal.Instant): Promise<boolean> {
  const times = (await countLost(tx, row.id)) + 1
  const fate = fateOfLost(row, times, now)
  // Its worker, or the user, may have been a moment faster: what was seen must still be so.
  const stillSo = await tx
    .updateTable('booking_actions')
    .set({ ...fate, lease_until: null, worker_id: null })
    .where('id', '=', row.id)
    .where('status', '=', 'processing')
    .where('lease_token', '=', row.lease_token)
    .where('lease_until', '=', row.lease_until)
    .where('cancel_requested', '=', row.cancel_requested)
    .returning(['id', 'user_id'])
    .executeTakeFirst()
  if (!stillSo) return false
  await insertAttempt(tx, leaseOfRow(row, now), now, 'lost', null, null)
  if (fate.status !== 'pending') await noticeEnd(tx, stillSo, now)
  return true
}

function fateOfLost(row: ActionRow, times: number, now: Temporal.Instant) {
  if (row.cancel_requested === 1 && row.submitted_at === null) return ended('cancelled', null, now)
  if (times < row.max_attempts) return { status: 'pending' as const, outcome_unknown: 1, run_at: toStamp(now) }
  return ended(
    'failed',
    {
      kind: 'worker-lost',
      message: `its worker vanished ${times} times`,
      ...(row.submitted_at === null ? {} : { outcomeUnknown: true }),
    },
    now,
  )
}

function ended(status: 'failed' | 'cancelled' | 'expired', error: ActionError | null, now: Temporal.Instant) {
  return { status, error: error && JSON.stringify(error), completed_at: toStamp(now) }
}

/** How often a worker has vanished with this action; attempts that ended by themselves do not make it suspect. */
async function countLost(tx: Tx, actionId: number): Promise<number> {
  const { times } = await tx
    .selectFrom('attempts')
    .select((eb) => eb.fn.countAll<number>().as('times'))
    .where('action_id', '=', actionId)
    .where('outcome', '=', 'lost')
    .executeTakeFirstOrThrow()
  return Number(times)
}

function leaseOfRow(row: ActionRow, now: Temporal.Instant): Lease {
  const startedAt = row.started_at === null ? now : Temporal.Instant.from(row.started_at)
  return {
    actionId: row.id,
    token: row.lease_token,
    attempt: row.attempt,
    workerId: row.worker_id ?? 'unknown',
    startedAt,
  }
}

/**
 * What waited past its deadline ends; but what may have reached the portal is looked up by a worker first, unless the
 * account is suspended and nobody can. Answers how many ended.
 */
async function endOverdue(tx: Tx, now: Temporal.Instant): Promise<number> {
  const overdue = await tx
    .selectFrom('booking_actions')
    .selectAll()
    .where('status', '=', PENDING)
    .where('deadline', '<=', toStamp(now))
    .where((eb) =>
      eb.or([
        eb('outcome_unknown', '=', 0),
        eb('account_id', 'in', eb.selectFrom('accounts').select('id').where('state', '=', 'suspended')),
      ]),
    )
    .execute()
  let count = 0
  for (const row of overdue) if (await expire(tx, row, now)) count += 1
  return count
}

async function expire(tx: Tx, row: ActionRow, now: Temporal.Instant): Promise<boolean> {
  const error: ActionError = {
    kind: 'expired',
    message: 'its deadline passed while it waited',
    ...(row.submitted_at === null ? {} : { outcomeUnknown: true }),
  }
  const values = ended('expired', error, now)
  const stillSo = await tx
    .updateTable('booking_actions')
    // What its last attempt met tells more than that time ran out.
    .set({ ...values, error: row.error ?? values.error })
    .where('id', '=', row.id)
    .where('status', '=', 'pending')
    .where('lease_token', '=', row.lease_token)
    .returning(['id', 'user_id'])
    .executeTakeFirst()
  if (!stillSo) return false
  await noticeEnd(tx, stillSo, now)
  return true
}

/** Tells whose action it is now: a person may just have made cron's their own. */
async function noticeEnd(
  tx: Tx,
  { id, user_id }: Pick<ActionRow, 'id' | 'user_id'>,
  now: Temporal.Instant,
): Promise<void> {
  if (user_id !== null) await insertNotice(tx, { userId: user_id, notice: { kind: 'action-ended', actionId: id }, now })
}
