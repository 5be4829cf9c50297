import type { Reader } from '../database.ts'
import type { ActionRow } from '../schema.ts'
import { statement } from '../statement.ts'
import { dedupeKey } from './dedupe.ts'
import type { NewAction } from './new-action.ts'
import { OPEN } from './statuses.ts'

/** Until when a user who may ask for so many things within an hour has to wait; undefined when they need not. */
export async function limitedUntil(
  reader: Reader,
  userId: number,
  perHour: number,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const [row] = await nthNewest(reader, { userId, before: perHour - 1 })
  if (!row) return undefined
  const goesOn = Temporal.Instant.from(row.created_at).add({ hours: 1 })
  return Temporal.Instant.compare(goesOn, now) > 0 ? goesOn : undefined
}

const nthNewest = statement<{ userId: number; before: number }, Pick<ActionRow, 'created_at'>>(
  ['userId', 'before'],
  (db, { userId, before }) =>
    db
      .selectFrom('booking_actions')
      .select('created_at')
      .where('user_id', '=', userId)
      .orderBy('id', 'desc')
      .limit(1)
      .offset(before),
)

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
