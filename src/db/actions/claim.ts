import { sql } from 'kysely'
import { stampAfter, toStamp } from '../../core/clock.ts'
import type { Database, Tx } from '../database.ts'
import { insertNotice } from '../notices.ts'
import type { ActionRow, ActionType } from '../schema.ts'
import { type Action, type ActionError, toAction } from './action.ts'
import { insertAttempt } from './attempts.ts'
import { type Lease, LeaseLostError } from './lease.ts'
import { PENDING, PROCESSING } from './statuses.ts'

/** A lease not renewed for this long is lost, and its action goes to another worker. */
export const LEASE_MS = 20_000

export type Claim = { action: Action; lease: Lease }

/**
 * Claims the next action: by priority, then due time, then age; never a second one of an account, none of an account
 * that is suspended (but its check), and no more a portal than `sessionLimits` (portal id → concurrent sessions).
 * With `types`, only actions of these. First takes back what lost its lease and ends what is overdue. Undefined when there is nothing to do.
 */
export async function claimNextAction(
  db: Database,
  workerId: string,
  sessionLimits: ReadonlyMap<string, number>,
  types?: readonly ActionType[],
): Promise<Claim | undefined> {
  if (!(await mayHaveWork(db))) return undefined
  const now = db.clock.now()
  const { claim, news } = await db.write(async (tx) => {
    const ended = (await takeBackLost(tx, now)) + (await expireOverdue(tx, now))
    const claim = await claimOne(tx, workerId, sessionLimits, now, types)
    return { claim, news: ended > 0 || claim !== undefined }
  })
  if (news) db.waker.poke('news')
  return claim
}

/** A look without the write lock: an idle worker costs the others nothing. */
async function mayHaveWork(db: Database): Promise<boolean> {
  const now = toStamp(db.clock.now())
  const actions = db.read.selectFrom('booking_actions').select('id')
  // One index each; a single condition with "or" would read the whole table.
  const due = actions.where('status', '=', PENDING).where('run_at', '<=', now)
  const overdue = actions.where('status', '=', PENDING).where('deadline', '<=', now).where('outcome_unknown', '=', 0)
  const lost = actions.where('status', '=', PROCESSING).where('lease_until', '<', now)
  for (const query of [due, lost, overdue]) if (await query.limit(1).executeTakeFirst()) return true
  return false
}

async function claimOne(
  tx: Tx,
  workerId: string,
  sessionLimits: ReadonlyMap<string, number>,
  now: Temporal.Instant,
  types: readonly ActionType[] | undefined,
): Promise<Claim | undefined> {
  const closed = await portalsNotToClaim(tx, sessionLimits, now)
  let query = tx
    .selectFrom('booking_actions as a')
    .innerJoin('accounts', 'accounts.id', 'a.account_id')
    .select('a.id')
    .where('a.status', '=', PENDING)
    .where('a.run_at', '<=', toStamp(now))
    .where((eb) => eb.or([eb('accounts.state', '=', 'active'), eb('a.action_type', '=', 'check')]))
    .where(
      sql<boolean>`not exists (select 1 from booking_actions p where p.account_id = a.account_id and p.status = 'processing')`,
    )
    .orderBy('a.priority')
    .orderBy('a.run_at')
    .orderBy('a.id')
    .limit(1)
  if (types) query = query.where('a.action_type', 'in', types)
  if (closed.length > 0) query = query.where('a.portal', 'not in', closed)
  const next = await query.executeTakeFirst()
  if (!next) return undefined
  const row = await tx
    .updateTable('booking_actions')
    .set((eb) => ({
      status: 'processing' as const,
      attempt: eb('attempt', '+', 1),
      lease_token: eb('lease_token', '+', 1),
      lease_until: stampAfter(now, LEASE_MS),
      worker_id: workerId,
      started_at: toStamp(now),
    }))
    .where('id', '=', next.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('action_steps')
    .values({ action_id: row.id, attempt: row.attempt, name: 'claimed', at: toStamp(now) })
    .execute()
  const lease = { actionId: row.id, token: row.lease_token, attempt: row.attempt, workerId, startedAt: now }
  return { action: toAction(row), lease }
}

async function portalsNotToClaim(
  tx: Tx,
  sessionLimits: ReadonlyMap<string, number>,
  now: Temporal.Instant,
): Promise<string[]> {
  const busy = await tx
    .selectFrom('booking_actions')
    .select(['portal', (eb) => eb.fn.countAll<number>().as('sessions')])
    .where('status', '=', PROCESSING)
    .groupBy('portal')
    .execute()
  const cooled = await tx
    .selectFrom('portal_states')
    .select('portal')
    .where('cooled_until', '>', toStamp(now))
    .execute()
  const full = busy.filter(({ portal, sessions }) => Number(sessions) >= (sessionLimits.get(portal) ?? 1))
  return [...full, ...cooled].map((row) => row.portal)
}

/** Actions whose worker vanished go back, marked outcome unknown; after too many attempts they end. */
async function takeBackLost(tx: Tx, now: Temporal.Instant): Promise<number> {
  const lost = await tx
    .selectFrom('booking_actions')
    .selectAll()
    .where('status', '=', PROCESSING)
    .where('lease_until', '<', toStamp(now))
    .execute()
  for (const row of lost) {
    await insertAttempt(tx, leaseOfRow(row, now), now, 'lost', null, null)
    const times = await countLost(tx, row.id)
    if (row.cancel_requested === 1 && row.submitted_at === null) await endUnworked(tx, row, 'cancelled', now, null)
    else if (times < row.max_attempts) await putBack(tx, row, now)
    else
      await endUnworked(tx, row, 'failed', now, {
        kind: 'worker-lost',
        message: `its worker vanished ${times} times`,
        ...(row.submitted_at === null ? {} : { outcomeUnknown: true }),
      })
  }
  return lost.length
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

async function putBack(tx: Tx, row: ActionRow, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('booking_actions')
    .set({ status: 'pending', outcome_unknown: 1, run_at: toStamp(now), lease_until: null, worker_id: null })
    .where('id', '=', row.id)
    .execute()
}

/**
 * What waited past its deadline ends; but what may have reached the portal is looked up by a worker first, unless the
 * account is suspended and nobody can.
 */
async function expireOverdue(tx: Tx, now: Temporal.Instant): Promise<number> {
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
  for (const row of overdue) {
    await endUnworked(tx, row, 'expired', now, {
      kind: 'expired',
      message: 'its deadline passed while it waited',
      ...(row.submitted_at === null ? {} : { outcomeUnknown: true }),
    })
  }
  return overdue.length
}

async function endUnworked(
  tx: Tx,
  row: ActionRow,
  status: 'failed' | 'expired' | 'cancelled',
  now: Temporal.Instant,
  error: ActionError | null,
): Promise<void> {
  await tx
    .updateTable('booking_actions')
    .set({
      status,
      // What its last attempt met tells more than that time ran out.
      error: status === 'expired' && row.error !== null ? row.error : error && JSON.stringify(error),
      completed_at: toStamp(now),
      lease_until: null,
      worker_id: null,
    })
    .where('id', '=', row.id)
    .execute()
  if (row.user_id !== null) {
    await insertNotice(tx, { userId: row.user_id, notice: { kind: 'action-ended', actionId: row.id }, now })
  }
}

/**
 * Renews the lease. Answers whether the user asked to have the action back.
 * Throws `LeaseLostError` when another worker may have it by now.
 */
export async function renewLease(db: Database, lease: Lease): Promise<{ cancelRequested: boolean }> {
  const row = await db.write((tx) =>
    tx
      .updateTable('booking_actions')
      .set({ lease_until: stampAfter(db.clock.now(), LEASE_MS) })
      .where('id', '=', lease.actionId)
      .where('lease_token', '=', lease.token)
      .where('status', '=', PROCESSING)
      .returning('cancel_requested')
      .executeTakeFirst(),
  )
  if (!row) throw new LeaseLostError(lease)
  return { cancelRequested: row.cancel_requested === 1 }
}
