import type { UpdateObject } from 'kysely'
import type { Tx } from '../database.ts'
import type { Schema } from '../schema.ts'

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
