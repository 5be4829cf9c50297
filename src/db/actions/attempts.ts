import { toStamp } from '../../core/clock.ts'
import type { Tx } from '../database.ts'
import type { AttemptRow } from '../schema.ts'
import { command } from '../statement.ts'
import { type ActionError, actionErrorSchema } from './action.ts'
import type { Lease } from './lease.ts'

/** What the column holds; a house that was off for a month finds attempts that seem to have taken longer. */
const LONGEST_MS = 2 ** 31 - 1

/** Adds an attempt to the audit log: what, when, how many milliseconds, with what outcome. */
export async function insertAttempt(
  tx: Tx,
  lease: Lease,
  endedAt: Temporal.Instant,
  outcome: AttemptRow['outcome'],
  error: ActionError | null,
  evidence: string | null,
): Promise<void> {
  await insert(tx, {
    action_id: lease.actionId,
    attempt: lease.attempt,
    worker_id: lease.workerId,
    started_at: toStamp(lease.startedAt),
    ended_at: toStamp(endedAt),
    ms: Math.min(Math.max(0, endedAt.epochMilliseconds - lease.startedAt.epochMilliseconds), LONGEST_MS),
    outcome,
    error: error === null ? null : JSON.stringify(error),
    evidence,
  })
}

const insert = command<Omit<AttemptRow, 'id'>>(
  ['action_id', 'attempt', 'worker_id', 'started_at', 'ended_at', 'ms', 'outcome', 'error', 'evidence'],
  (db, values) => db.insertInto('attempts').values(values),
)

/** Why the attempt ended without success, if it did. */
export function errorOfAttempt({ error }: Pick<AttemptRow, 'error'>): ActionError | null {
  return error === null ? null : actionErrorSchema.parse(JSON.parse(error))
}
