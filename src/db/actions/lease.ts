import type { UpdateObject } from 'kysely'
import { stampAfter } from '../../core/clock.ts'
import type { Database, Tx } from '../database.ts'
import type { ActionRow, Schema } from '../schema.ts'
import { lastStatement, statement } from '../statement.ts'

/** A lease not renewed for this long is lost, and its action goes to another worker. */
export const LEASE_MS = 20_000

/** A worker's right to an action, with the fencing token that grows at each claim. */
export type Lease = {
  actionId: number
  token: number
  attempt: number
  workerId: string
  startedAt: Temporal.Instant
}

/** The lease ran out and the action may be another worker's: nothing more may be done or written. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError'
  constructor(lease: Lease) {
    super(`the lease of action #${lease.actionId} (attempt ${lease.attempt}) is lost`)
  }
}

/** The account was suspended meanwhile: what was claimed for it is not sent, and waits with the rest. */
export class AccountSuspendedError extends Error {
  override name = 'AccountSuspendedError'
  constructor({ actionId }: Lease) {
    super(`the account of action #${actionId} was suspended meanwhile`)
  }
}

/** Writes to the leased action; throws `LeaseLostError`, changing nothing, when the lease is no longer held. */
export async function updateLeased(
  tx: Tx,
  lease: Lease,
  values: UpdateObject<Schema, 'booking_actions'>,
): Promise<void> {
  const row = await tx
    .updateTable('booking_actions')
    .set(values)
    .where('id', '=', lease.actionId)
    .where('lease_token', '=', lease.token)
    .where('status', '=', 'processing')
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new LeaseLostError(lease)
}

/** The leased action's row, nobody else's to change until `tx` ends; undefined when the lease is no longer held. */
export async function lockLeased(tx: Tx, lease: Lease): Promise<ActionRow | undefined> {
  return await tx
    .updateTable('booking_actions')
    .set({ worker_id: lease.workerId })
    .where('id', '=', lease.actionId)
    .where('lease_token', '=', lease.token)
    .where('status', '=', 'processing')
    .returningAll()
    .executeTakeFirst()
}

/**
 * Renews the lease. Answers whether the user asked to have the action back.
 * Throws `LeaseLostError` when another worker may have it by now.
 */
export async function renewLease(db: Database, lease: Lease): Promise<{ cancelRequested: boolean }> {
  const rows = await db.write((tx, now) =>
    renew(tx, { id: lease.actionId, token: lease.token, until: stampAfter(now, LEASE_MS) }),
  )
  return answerOf(lease, rows)
}

/** As `renewLease`, but mostly only looks: it waits for nobody, and writes only when half of the lease is gone. */
export async function checkLease(db: Database, lease: Lease): Promise<{ cancelRequested: boolean }> {
  const rows = await find(db.read, { id: lease.actionId, token: lease.token })
  const answer = answerOf(lease, rows)
  const halfway = stampAfter(db.clock.now(), LEASE_MS / 2)
  return rows.some(({ lease_until }) => lease_until === null || lease_until < halfway) ? renewLease(db, lease) : answer
}

/** As `renewLease`, and changes nothing. */
export async function askLease(db: Database, lease: Lease): Promise<{ cancelRequested: boolean }> {
  return answerOf(lease, await find(db.read, { id: lease.actionId, token: lease.token }))
}

function answerOf(lease: Lease, [row]: { cancel_requested: number }[]): { cancelRequested: boolean } {
  if (!row) throw new LeaseLostError(lease)
  return { cancelRequested: row.cancel_requested === 1 }
}

const renew = lastStatement<{ id: number; token: number; until: string }, Pick<ActionRow, 'cancel_requested'>>(
  ['id', 'token', 'until'],
  (db, { id, token, until }) =>
    db
      .updateTable('booking_actions')
      .set({ lease_until: until })
      .where('id', '=', id)
      .where('lease_token', '=', token)
      .where('status', '=', 'processing')
      .returning('cancel_requested'),
)

const find = statement<{ id: number; token: number }, Pick<ActionRow, 'cancel_requested' | 'lease_until'>>(
  ['id', 'token'],
  (db, { id, token }) =>
    db
      .selectFrom('booking_actions')
      .select(['cancel_requested', 'lease_until'])
      .where('id', '=', id)
      .where('lease_token', '=', token)
      .where('status', '=', 'processing'),
)
