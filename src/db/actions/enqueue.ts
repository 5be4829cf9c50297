import { toStamp } from '../../core/clock.ts'
import type { PortalBooking, SlotKey } from '../../portals/contract.ts'
import { nameKey } from '../../portals/match.ts'
import type { Database, Tx } from '../database.ts'
import type { ActionType } from '../schema.ts'
import { toAction } from './action.ts'
import { OPEN } from './statuses.ts'

type Asked = {
  /** Who is told; null for what cron asks for. */
  userId: number | null
  accountId: number
  portal: string
  /** What asked for it, e.g. `update:123`: asked again with the same origin, the first action is returned. */
  origin?: string
  /** The chat message that will show progress and result. */
  chatMessageId?: number
}

export type NewAction =
  | (Asked & {
      type: 'book'
      slot: SlotKey & { end: string | null } /** The start: later it is pointless. */
      deadline: Temporal.Instant
    })
  | (Asked & {
      type: 'cancel'
      bookingId: number
      booking: Pick<PortalBooking, 'date' | 'start' | 'end' | 'location' | 'course'>
      deadline: Temporal.Instant
    })
  | (Asked & { type: 'check' | 'refresh' | 'sync' })

/** Attempts at most, the first included. */
const MAX_ATTEMPTS = 10

/** What a person waits for goes before what the house does for itself. Smaller goes first. */
const PRIORITY: Record<ActionType, number> = { cancel: 10, book: 10, check: 20, sync: 30, refresh: 40 }
/** What cron asks for waits behind everything a person asked for. */
const CRON_PENALTY = 50

/**
 * Puts an action in the queue and wakes a worker; the answer to "queued as #id". A second press, or an update that
 * comes again after a restart, finds the first action: `duplicate` is then true.
 */
export async function enqueueAction(db: Database, action: NewAction): Promise<{ id: number; duplicate: boolean }> {
  const queued = await db.write((tx) => insertAction(tx, action, db.clock.now()))
  if (!queued.duplicate) db.waker.poke('work')
  return queued
}

async function insertAction(
  tx: Tx,
  action: NewAction,
  now: Temporal.Instant,
): Promise<{ id: number; duplicate: boolean }> {
  const key = dedupeKey(action)
  const known = await findSame(tx, key, action)
  if (known !== undefined) return { id: known, duplicate: true }
  const row = await tx
    .insertInto('booking_actions')
    .values({
      action_type: action.type,
      user_id: action.userId,
      account_id: action.accountId,
      portal: action.portal,
      status: 'pending',
      priority: PRIORITY[action.type] + (action.userId === null ? CRON_PENALTY : 0),
      run_at: toStamp(now),
      deadline: 'deadline' in action ? toStamp(action.deadline) : null,
      ...slotColumns(action),
      dedupe_key: key,
      origin: action.origin ?? null,
      max_attempts: MAX_ATTEMPTS,
      chat_message_id: action.chatMessageId ?? null,
      created_at: toStamp(now),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  // Throws, and nothing is queued, when it could not be read back: no claim would ever get past such a row.
  return { id: toAction(row).id, duplicate: false }
}

async function findSame(tx: Tx, key: string, action: NewAction): Promise<number | undefined> {
  const sameKey = await tx
    .selectFrom('booking_actions')
    .select(['id', 'user_id'])
    .where('dedupe_key', '=', key)
    .where('status', 'in', OPEN)
    .executeTakeFirst()
  if (sameKey && sameKey.user_id === null && action.userId !== null) await adopt(tx, sameKey.id, action)
  if (sameKey || action.origin === undefined) return sameKey?.id
  const sameOrigin = await tx
    .selectFrom('booking_actions')
    .select('id')
    .where('origin', '=', action.origin)
    .executeTakeFirst()
  return sameOrigin?.id
}

/** What cron had asked for becomes the action of the person who asks for it now: they are told, and wait no longer for it. */
async function adopt(tx: Tx, id: number, action: NewAction): Promise<void> {
  await tx
    .updateTable('booking_actions')
    .set({
      user_id: action.userId,
      priority: PRIORITY[action.type],
      origin: action.origin ?? null,
      chat_message_id: action.chatMessageId ?? null,
    })
    .where('id', '=', id)
    .execute()
}

function dedupeKey(action: NewAction): string {
  switch (action.type) {
    case 'book':
      return `book:${action.accountId}:${action.slot.date}:${action.slot.start}:${nameKey(action.slot)}`
    case 'cancel':
      return `cancel:${action.bookingId}`
    case 'check':
    case 'sync':
    case 'refresh':
      return `${action.type}:${action.accountId}`
  }
}

function slotColumns(action: NewAction) {
  switch (action.type) {
    case 'book':
      return { ...placeColumns(action.slot), site_id: action.slot.siteId }
    case 'cancel':
      return { ...placeColumns(action.booking), booking_id: action.bookingId }
    case 'check':
    case 'refresh':
    case 'sync':
      return {}
  }
}

function placeColumns(slot: Pick<PortalBooking, 'location' | 'course' | 'date' | 'start' | 'end'>) {
  return {
    location: slot.location,
    course_name: slot.course,
    date: slot.date,
    time_slot: slot.start,
    end_time: slot.end,
  }
}

/** Remembers the chat message that shows the action, where it was not known when the action was queued. */
export async function setChatMessage(db: Database, actionId: number, messageId: number): Promise<void> {
  await db.write((tx) =>
    tx
      .updateTable('booking_actions')
      .set({ chat_message_id: messageId })
      .where('id', '=', actionId)
      .where('chat_message_id', 'is', null)
      .execute(),
  )
}
