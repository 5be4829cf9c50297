import { type SqlBool, sql } from 'kysely'
import { stampAfter, toStamp } from '../core/clock.ts'
import { settledAt } from '../planner/ending.ts'
import { OPEN, PENDING, PROCESSING } from './actions/statuses.ts'
import { tidy } from './actions/tidy.ts'
import type { Tx } from './database.ts'
import { askOwnersAgain } from './plan-consent.ts'
import type { ActionRow } from './schema.ts'

/** A book or cancel that was open in the backup. */
export type Unsure = Pick<ActionRow, 'id' | 'action_type' | 'course_name' | 'location' | 'date' | 'time_slot'>

/**
 * Makes a database that comes from the past safe to go on with. Whatever was open in it may have been done since: each
 * booking and cancelling counts as submitted at `now`, with an outcome that is not known, so that a worker asks the
 * portal before it sends anything. It does so once that answer can be believed, whenever the action was due: then
 * what has to wait can be taken back by its user again. What a worker was at goes back to the queue as lost.
 * Owners who have let a plan use their account may have refused since: they are asked again.
 * Notices stay owed: one that comes twice is better than one that never comes. Answers what was marked.
 */
export async function distrustOpenActions(tx: Tx, now: Temporal.Instant): Promise<Unsure[]> {
  const stamp = toStamp(now)
  const marked = await tx
    .updateTable('booking_actions')
    .set({ outcome_unknown: 1, submitted_at: stamp })
    .where('status', 'in', OPEN)
    .where('action_type', 'in', ['book', 'cancel'])
    // Its user took it back before anything was sent: from then on nothing could be sent.
    .where(sql<SqlBool>`not (cancel_requested = 1 and submitted_at is null)`)
    .returning(['id', 'action_type', 'course_name', 'location', 'date', 'time_slot'])
    .execute()
  await tx
    .updateTable('booking_actions')
    .set({ lease_until: stampAfter(now, -1) })
    .where('status', '=', PROCESSING)
    .execute()
  await tidy(tx, now)
  const runAt = settledAt(now)
  await tx
    .updateTable('booking_actions')
    .set({ run_at: toStamp(runAt), turn_at: toStamp(runAt) })
    .where('status', '=', PENDING)
    .where('submitted_at', '=', stamp)
    .execute()
  await askOwnersAgain(tx, now)
  await tx.deleteFrom('workers').execute()
  // May have been used, or revoked, since.
  await tx.deleteFrom('invites').where('used_by', 'is', null).execute()
  return marked
}
