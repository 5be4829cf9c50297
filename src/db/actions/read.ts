import { toStamp } from '../../core/clock.ts'
import type { SlotKey } from '../../portals/contract.ts'
import type { Database, Reader } from '../database.ts'
import type { AttemptRow, StepRow } from '../schema.ts'
import { type Action, type BookAction, isOpen, toAction } from './action.ts'
import { bookingKey } from './dedupe.ts'
import { OPEN, PENDING } from './statuses.ts'

/** The action, or undefined when it does not exist. */
export async function findAction(reader: Reader, id: number): Promise<Action | undefined> {
  const row = await reader.selectFrom('booking_actions').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toAction(row)
}

/** The action if it is this user's; for everybody else it does not exist. */
export async function findActionOf(reader: Reader, userId: number, id: number): Promise<Action | undefined> {
  const action = await findAction(reader, id)
  return action?.userId === userId ? action : undefined
}

/** The user's action that this asked for, such as `update:123`, if there is one. */
export async function findActionByOrigin(reader: Reader, userId: number, origin: string): Promise<Action | undefined> {
  const row = await reader.selectFrom('booking_actions').selectAll().where('origin', '=', origin).executeTakeFirst()
  return row?.user_id === userId ? toAction(row) : undefined
}

/** Whether a newer action of the user than `id` has been asked for in this chat message. */
export async function isMessageOfNewer(
  reader: Reader,
  userId: number,
  id: number,
  messageId: number,
): Promise<boolean> {
  const row = await reader
    .selectFrom('booking_actions')
    .select('id')
    .where('user_id', '=', userId)
    .where('id', '>', id)
    .where('chat_message_id', '=', messageId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether this has asked for an action before. */
export async function isAskedFor(db: Database, origin: string): Promise<boolean> {
  const row = await db.read.selectFrom('booking_actions').select('id').where('origin', '=', origin).executeTakeFirst()
  return row !== undefined
}

/** The user's newest actions, newest first. */
export async function listActionsOf(reader: Reader, userId: number, limit: number): Promise<Action[]> {
  const rows = await reader
    .selectFrom('booking_actions')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toAction)
}

/** The user's actions that still wait or are being worked on, oldest first. */
export async function listOpenActionsOf(reader: Reader, userId: number): Promise<Action[]> {
  const rows = await reader
    .selectFrom('booking_actions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('status', 'in', OPEN)
    .orderBy('id')
    .execute()
  return rows.map(toAction)
}

/** Whether this user has ever asked for a booking, as far back as is kept. */
export async function hasAskedToBook(reader: Reader, userId: number): Promise<boolean> {
  const row = await reader
    .selectFrom('booking_actions')
    .select('id')
    .where('user_id', '=', userId)
    .where('action_type', '=', 'book')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The account's open action that books this slot, if there is one. */
export async function findOpenBooking(
  reader: Reader,
  accountId: number,
  slot: Pick<SlotKey, 'date' | 'start' | 'location' | 'course'>,
): Promise<Action | undefined> {
  const row = await reader
    .selectFrom('booking_actions')
    .selectAll()
    .where('dedupe_key', '=', bookingKey(accountId, slot))
    .where('status', 'in', OPEN)
    .executeTakeFirst()
  return row && toAction(row)
}

/** The bookings for accounts in use that have not been begun, and are to be after `from` and not after `to`. */
export async function listBookingsAhead(
  reader: Reader,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<BookAction[]> {
  const rows = await reader
    .selectFrom('booking_actions as a')
    .innerJoin('accounts', 'accounts.id', 'a.account_id')
    .selectAll('a')
    .where('a.status', '=', PENDING)
    .where('a.run_at', '>', toStamp(from))
    .where('a.run_at', '<=', toStamp(to))
    .where('a.action_type', '=', 'book')
    .where('a.started_at', 'is', null)
    .where('a.watch', 'is', null)
    .where('accounts.state', '=', 'active')
    .execute()
  return rows.map(toAction).filter((action) => action.type === 'book')
}

/** Actions shown in a chat message that a worker is at, or that wait for another attempt: their progress is shown live. */
export async function listActionsInProgress(reader: Reader): Promise<Action[]> {
  const rows = await reader
    .selectFrom('booking_actions')
    .selectAll()
    .where('status', 'in', OPEN)
    .where('started_at', 'is not', null)
    .where('chat_message_id', 'is not', null)
    .execute()
  // Asked for in SQL, this would keep the engine from the index on open actions.
  return rows.filter((row) => row.user_id !== null).map(toAction)
}

/** The steps of an action in order. */
export async function listSteps(reader: Reader, actionId: number): Promise<StepRow[]> {
  return await reader.selectFrom('action_steps').selectAll().where('action_id', '=', actionId).orderBy('id').execute()
}

/** The audit log of an action in order. */
export async function listAttempts(reader: Reader, actionId: number): Promise<AttemptRow[]> {
  return await reader.selectFrom('attempts').selectAll().where('action_id', '=', actionId).orderBy('id').execute()
}

/** Waits until the action has ended, for scripts; woken by news, and by a look once a second. Throws when `signal` aborts. */
export async function waitForEnd(db: Database, id: number, signal: AbortSignal): Promise<Action> {
  let woken = Promise.withResolvers<void>()
  const stop = await db.waker.listen('news', () => woken.resolve())
  const timer = setInterval(() => woken.resolve(), 1000)
  const onAbort = () => woken.resolve()
  signal.addEventListener('abort', onAbort)
  try {
    for (;;) {
      woken = Promise.withResolvers<void>()
      signal.throwIfAborted()
      const action = await findAction(db.read, id)
      if (action && !isOpen(action)) return action
      await woken.promise
    }
  } finally {
    clearInterval(timer)
    signal.removeEventListener('abort', onAbort)
    stop()
  }
}
