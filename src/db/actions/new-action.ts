import { stampAfter, toStamp } from '../../core/clock.ts'
import type { PortalBooking, SlotKey } from '../../portals/contract.ts'
import type { ActionRow, WatchKind } from '../schema.ts'
import { slotColumnsSchema } from './action.ts'
import { dedupeKey } from './dedupe.ts'
import { isLook, priorityOf } from './priority.ts'

type Asked = {
  /** Who is told; null for what cron asks for. */
  userId: number | null
  accountId: number
  portal: string
  /** What asked for it, e.g. `update:123`: asked again with the same origin, the first action is returned. */
  origin?: string
  /** The chat message that will show progress and result. */
  chatMessageId?: number
  /** People wait for it though it is nobody's: as important as what a person asks for. */
  urgent?: true
}

export type NewAction =
  | (Asked & {
      type: 'book'
      slot: SlotKey & { end: string | null }
      /** The start: later it is pointless. Of a watched slot: until when it is watched. */
      deadline: Temporal.Instant
      /** Not begun before: a slot that opens later is claimed shortly before it does. */
      notBefore?: Temporal.Instant
      /** A full slot is looked at again and again: to tell of a free place, or to book it. */
      watch?: WatchKind
    })
  | (Asked & {
      type: 'cancel'
      bookingId: number
      booking: Pick<PortalBooking, 'date' | 'start' | 'end' | 'location' | 'course'>
      deadline: Temporal.Instant
    })
  | (Asked & {
      type: 'refresh'
      /** Only this slot is looked at, for all whose page shows it: nobody is told, and its trouble is not tried again. */
      slot: SlotKey & { end: string | null }
      /** Not begun later: nobody waits for it any more. */
      deadline: Temporal.Instant
      userId: null
    })
  | (Asked & { type: 'check' | 'refresh' | 'sync' })

/** Attempts at most, the first included. */
const MAX_ATTEMPTS = 10

/** What an action is put into the queue with. */
export type Values = Omit<
  ActionRow,
  | 'id'
  | 'attempt'
  | 'lease_token'
  | 'lease_until'
  | 'worker_id'
  | 'outcome_unknown'
  | 'cancel_requested'
  | 'submitted_at'
  | 'result'
  | 'error'
  | 'started_at'
  | 'completed_at'
  | 'looked_at'
>

export const VALUES: { [K in keyof Values]: true } = {
  action_type: true,
  user_id: true,
  account_id: true,
  portal: true,
  status: true,
  priority: true,
  run_at: true,
  turn_at: true,
  deadline: true,
  location: true,
  course_name: true,
  date: true,
  time_slot: true,
  end_time: true,
  site_id: true,
  booking_id: true,
  dedupe_key: true,
  origin: true,
  max_attempts: true,
  chat_message_id: true,
  watch: true,
  created_at: true,
}

/** Throws when what it asks for could not be read back. */
export function valuesOf(action: NewAction, now: Temporal.Instant): Values {
  const priority = priorityOf(action)
  const runAt = 'notBefore' in action ? later(action.notBefore, now) : now
  return {
    action_type: action.type,
    user_id: action.userId,
    account_id: action.accountId,
    portal: action.portal,
    status: 'pending',
    priority,
    run_at: toStamp(runAt),
    turn_at: stampAfter(runAt, priority * 1000),
    deadline: 'deadline' in action ? toStamp(action.deadline) : null,
    ...slotColumns(action),
    dedupe_key: dedupeKey(action),
    origin: action.origin ?? null,
    max_attempts: isLook(action) ? 1 : MAX_ATTEMPTS,
    chat_message_id: action.chatMessageId ?? null,
    watch: ('watch' in action ? action.watch : undefined) ?? null,
    created_at: toStamp(now),
  }
}

function later(instant: Temporal.Instant | undefined, now: Temporal.Instant): Temporal.Instant {
  return instant !== undefined && Temporal.Instant.compare(instant, now) > 0 ? instant : now
}

const NO_SLOT = {
  location: null,
  course_name: null,
  date: null,
  time_slot: null,
  end_time: null,
  site_id: null,
  booking_id: null,
}

function slotColumns(action: NewAction) {
  switch (action.type) {
    case 'book':
      return readable({ ...NO_SLOT, ...placeColumns(action.slot), site_id: action.slot.siteId })
    case 'cancel':
      return readable({ ...NO_SLOT, ...placeColumns(action.booking), booking_id: action.bookingId })
    case 'refresh':
      if (!('slot' in action)) return NO_SLOT
      return readable({ ...NO_SLOT, ...placeColumns(action.slot), site_id: action.slot.siteId })
    case 'check':
    case 'sync':
      return NO_SLOT
  }
}

/** Throws when the columns could not be read back: no claim would ever get past such a row. */
function readable<T>(columns: T): T {
  slotColumnsSchema.parse(columns)
  return columns
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
