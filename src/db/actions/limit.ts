import type { Reader } from '../database.ts'
import { dedupeKey } from './dedupe.ts'
import type { NewAction } from './enqueue.ts'
import { OPEN } from './statuses.ts'

/** Until when a user who may ask for so many things within an hour has to wait; undefined when they need not. */
export async function limitedUntil(
  reader: Reader,
  userId: number,
  perHour: number,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const row = await reader
    .selectFrom('booking_actions')
    .select('created_at')
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .offset(perHour - 1)
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const goesOn = Temporal.Instant.from(row.created_at).add({ hours: 1 })
  return Temporal.Instant.compare(goesOn, now) > 0 ? goesOn : undefined
}

/** Whether asking for this action would find it in the queue, or done by the same update, rather than put in another. */
export async function isQueued(reader: Reader, action: NewAction): Promise<boolean> {
  const { origin } = action
  const actions = reader.selectFrom('booking_actions').select('id')
  // Two queries: for one of either, an engine may read the whole table.
  const sameOrigin = origin === undefined ? undefined : await actions.where('origin', '=', origin).executeTakeFirst()
  if (sameOrigin) return true
  const sameKey = await actions
    .where('dedupe_key', '=', dedupeKey(action))
    .where('status', 'in', OPEN)
    .executeTakeFirst()
  return sameKey !== undefined
}
