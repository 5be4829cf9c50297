import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { toStamp } from '../core/clock.ts'
import type { Database, Tx } from './database.ts'

/** So many rows go in one transaction: fewer than anybody would notice who waits for the write lock. */
export const BATCH = 200
/** Between two batches, in which others write. */
const BREATH_MS = 20

export type Removed = {
  actions: number
  notices: number
  bookings: number
  slots: number
  occurrences: number
  plans: number
  invites: number
}

/**
 * Removes what has been over for `days`: ended actions with their steps and attempts, ended notices, and bookings and
 * slots of days long past, with the occurrences of recurring bookings, ended plans, and invitations that no longer
 * hold. An action whose result is still owed stays, and one that a plan tells of until the plan is gone. Any number of
 * processes may do it at once; `signal` ends it between two batches.
 */
export async function removeOld(db: Database, days: number, signal?: AbortSignal): Promise<Removed> {
  const batches = (remove: (tx: Tx, now: Temporal.Instant) => Promise<number>) => inBatches(db, remove, signal)
  return {
    actions: await removeActions(db, days, signal),
    notices: await batches((tx, now) => removeNotices(tx, daysBefore(now, days))),
    bookings: await batches((tx, now) => removeDays(tx, 'user_bookings', daysBefore(now, days))),
    slots: await batches((tx, now) => removeDays(tx, 'slots', daysBefore(now, days))),
    occurrences: await batches((tx, now) => removeDays(tx, 'pending_confirmations', daysBefore(now, days))),
    plans: await batches((tx, now) => removePlans(tx, daysBefore(now, days))),
    invites: await batches((tx, now) => removeInvites(tx, daysBefore(now, days))),
  }
}

async function inBatches(
  db: Database,
  remove: (tx: Tx, now: Temporal.Instant) => Promise<number>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let removed = 0
  while (!signal?.aborted) {
    const count = await db.write(remove)
    removed += count
    if (count < BATCH) break
    await pause(BREATH_MS)
  }
  return removed
}

type Cursor = { completedAt: string; id: number }

/** Goes on behind the last one seen, so that those which stay are passed only once. */
async function removeActions(db: Database, days: number, signal: AbortSignal | undefined): Promise<number> {
  let removed = 0
  let cursor: Cursor | undefined = { completedAt: '', id: 0 }
  while (cursor && !signal?.aborted) {
    const from: Cursor = cursor
    const batch = await db.write((tx, now) => removeActionsAfter(tx, from, daysBefore(now, days)))
    removed += batch.removed
    cursor = batch.last
    if (cursor) await pause(BREATH_MS)
  }
  return removed
}

async function removeActionsAfter(
  tx: Tx,
  from: Cursor,
  before: string,
): Promise<{ removed: number; last: Cursor | undefined }> {
  const old = await tx
    .selectFrom('booking_actions')
    .select(['id', 'user_id', 'completed_at'])
    .where('completed_at', 'is not', null)
    .where('completed_at', '<', before)
    .where('completed_at', '>=', from.completedAt)
    .where((eb) => eb.or([eb('completed_at', '>', from.completedAt), eb('id', '>', from.id)]))
    .orderBy('completed_at')
    .orderBy('id')
    .limit(BATCH)
    .execute()
  const owed = await owedResults(tx, old)
  const told = await inPlans(tx, old)
  const over = old.filter(({ id, user_id }) => !told.has(id) && !owed.has(keyOfResult(user_id, id))).map(({ id }) => id)
  const removed =
    over.length === 0 ? [] : await tx.deleteFrom('booking_actions').where('id', 'in', over).returning('id').execute()
  const last = old.at(-1)
  const isFull = old.length === BATCH
  return {
    removed: removed.length,
    last: isFull && last ? { completedAt: last.completed_at ?? '', id: last.id } : undefined,
  }
}

/** The keys of the results among these that Telegram has not taken yet. */
async function owedResults(tx: Tx, old: readonly { id: number; user_id: number | null }[]): Promise<Set<string>> {
  if (old.length === 0) return new Set()
  const keys = old.map(({ id, user_id }) => keyOfResult(user_id, id))
  const rows = await tx
    .selectFrom('notices')
    .select('dedupe_key')
    .where('state', '=', 'pending')
    .where('dedupe_key', 'in', keys)
    .execute()
  return new Set(rows.map(({ dedupe_key }) => dedupe_key))
}

/** Those among these that a plan tells of: they go after it. */
async function inPlans(tx: Tx, old: readonly { id: number }[]): Promise<Set<number>> {
  if (old.length === 0) return new Set()
  const ids = old.map(({ id }) => id)
  const tries = tx.selectFrom('plan_tries')
  const tried = await tries.select('action_id as id').where('action_id', 'in', ids).execute()
  const cancelled = await tries.select('cancel_action_id as id').where('cancel_action_id', 'in', ids).execute()
  return new Set([...tried, ...cancelled].flatMap(({ id }) => id ?? []))
}

/** As src/db/notices.ts names the notice of a result. */
function keyOfResult(userId: number | null, actionId: number): string {
  return `${userId}:action-ended:${actionId}`
}

async function removeNotices(tx: Tx, before: string): Promise<number> {
  const old = tx
    .selectFrom('notices')
    .select('id')
    .where('ended_at', 'is not', null)
    .where('ended_at', '<', before)
    .orderBy('ended_at')
    .limit(BATCH)
  const { numDeletedRows } = await tx.deleteFrom('notices').where('id', 'in', old).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Dates are the portal's: what is days past is so in every time zone. */
async function removeDays(
  tx: Tx,
  table: 'user_bookings' | 'slots' | 'pending_confirmations',
  before: string,
): Promise<number> {
  const old = tx.selectFrom(table).select('id').where(sql.ref('date'), '<', before.slice(0, 10)).limit(BATCH)
  const { numDeletedRows } = await tx.deleteFrom(table).where('id', 'in', old).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

async function removePlans(tx: Tx, before: string): Promise<number> {
  const old = tx.selectFrom('plans').select('id').where('ended_at', '<', before).limit(BATCH)
  const { numDeletedRows } = await tx.deleteFrom('plans').where('id', 'in', old).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

async function removeInvites(tx: Tx, before: string): Promise<number> {
  const old = tx.selectFrom('invites').select('id').where('expires_at', '<', before).limit(BATCH)
  const { numDeletedRows } = await tx.deleteFrom('invites').where('id', 'in', old).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

function daysBefore(now: Temporal.Instant, days: number): string {
  return toStamp(now.subtract({ hours: 24 * days }))
}
