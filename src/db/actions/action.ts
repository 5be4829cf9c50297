import { z } from 'zod'
import type { PortalBooking, SlotKey } from '../../portals/contract.ts'
import { PORTAL_ERROR_KINDS, WAITING_PLACES } from '../../portals/errors.ts'
import type { ActionRow, ActionStatus, WatchKind } from '../schema.ts'

/** Why an action ended without success, or why its last attempt did. */
export const actionErrorSchema = z.object({
  kind: z.enum([
    ...PORTAL_ERROR_KINDS,
    /** Its workers vanished too often; whether the portal did it is not known. */
    'worker-lost',
    /** Nobody was there to work before the deadline. */
    'expired',
    /** A fault of ours. */
    'internal',
  ]),
  /** For the log and the audit; people read the text of the kind. */
  message: z.string(),
  portalSays: z.string().optional(),
  lookedFor: z.string().optional(),
  /** What became of a place on the portal's waiting list. */
  waitingPlace: z.enum(WAITING_PLACES).optional(),
  /** When the slot opens, by the portal's own word; a stamp by our clock. */
  opensAt: z.iso.datetime().optional(),
  /** The portal could not be asked whether it had happened all the same. */
  outcomeUnknown: z.boolean().optional(),
})
export type ActionError = z.infer<typeof actionErrorSchema>
export type ActionErrorKind = ActionError['kind']

const actionResultSchema = z.discriminatedUnion('kind', [
  /** `unpaid`: the portal wants money for it, which people pay there themselves. */
  z.object({ kind: z.literal('booked'), unpaid: z.boolean().optional() }),
  /** A watched slot has a free place; nothing was booked. */
  z.object({ kind: z.literal('place-free'), spots: z.number().nullable() }),
  /** The booking is gone from the portal. */
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('checked') }),
  /** The slot was looked at for a page that shows it. */
  z.object({ kind: z.literal('looked') }),
  z.object({ kind: z.literal('refreshed'), slots: z.number(), days: z.number() }),
  z.object({ kind: z.literal('synced'), bookings: z.number(), added: z.number(), removed: z.number() }),
])
export type ActionResult = z.infer<typeof actionResultSchema>

type ActionBase = {
  id: number
  /** Who is told; null for what cron asked for. */
  userId: number | null
  accountId: number
  portal: string
  status: ActionStatus
  /** Number of the current or last attempt; 0 before the first claim. */
  attempt: number
  maxAttempts: number
  runAt: string
  deadline: string | null
  outcomeUnknown: boolean
  cancelRequested: boolean
  submittedAt: string | null
  chatMessageId: number | null
  createdAt: string
  startedAt: string | null
  completedAt: string | null
  result: ActionResult | null
  error: ActionError | null
}

export type BookAction = ActionBase & {
  type: 'book'
  slot: SlotKey & { end: string | null }
  /** Whether the slot is watched while it is full, to tell of a free place or to book it. */
  watch: WatchKind | null
  /** When it was last seen to be full. */
  lookedAt: string | null
}
export type CancelAction = ActionBase & {
  type: 'cancel'
  bookingId: number
  booking: Pick<PortalBooking, 'date' | 'start' | 'end' | 'location' | 'course'>
}
export type RefreshAction = ActionBase & {
  type: 'refresh'
  /** The one slot to be looked at; null: the whole timetable is read. */
  slot: (SlotKey & { end: string | null }) | null
}
export type PlainAction = ActionBase & { type: 'check' | 'sync' }
export type Action = BookAction | CancelAction | RefreshAction | PlainAction

/** The columns that name a slot, as they are read back. */
export const slotColumnsSchema = z.object({
  location: z.string(),
  course_name: z.string().nullable(),
  date: z.iso.date(),
  time_slot: z.string().regex(/^\d\d:\d\d$/),
  end_time: z.string().nullable(),
  site_id: z.string().nullable(),
})

/** Reads a row back. Throws when the row cannot be what this program wrote. */
export function toAction(row: ActionRow): Action {
  const base: ActionBase = {
    id: row.id,
    userId: row.user_id,
    accountId: row.account_id,
    portal: row.portal,
    status: row.status,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    runAt: row.run_at,
    deadline: row.deadline,
    outcomeUnknown: row.outcome_unknown === 1,
    cancelRequested: row.cancel_requested === 1,
    submittedAt: row.submitted_at,
    chatMessageId: row.chat_message_id,
    createdAt: row.created_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    result: row.result === null ? null : actionResultSchema.parse(JSON.parse(row.result)),
    error: row.error === null ? null : actionErrorSchema.parse(JSON.parse(row.error)),
  }
  switch (row.action_type) {
    case 'book':
      return { ...base, type: 'book', slot: slotOfRow(row), watch: row.watch, lookedAt: row.looked_at }
    case 'cancel':
      return { ...base, type: 'cancel', bookingId: z.number().parse(row.booking_id), booking: slotOfRow(row) }
    case 'refresh':
      return { ...base, type: 'refresh', slot: row.date === null ? null : slotOfRow(row) }
    case 'check':
    case 'sync':
      return { ...base, type: row.action_type }
  }
}

/** The slot that the action is about. Throws when it is about none. */
export function slotOfRow(row: ActionRow): SlotKey & { end: string | null } {
  const slot = slotColumnsSchema.parse(row)
  return {
    location: slot.location,
    course: slot.course_name,
    date: slot.date,
    start: slot.time_slot,
    end: slot.end_time,
    siteId: slot.site_id,
  }
}

/** Whether the action still waits or is being worked on. */
export function isOpen(action: Pick<Action, 'status'>): boolean {
  return action.status === 'pending' || action.status === 'processing'
}

/** When the slot opens, by the portal's own word at a former attempt. */
export function openingTold({ error }: Pick<Action, 'error'>): Temporal.Instant | undefined {
  return error?.opensAt === undefined ? undefined : Temporal.Instant.from(error.opensAt)
}

/** One request that matters: it goes on at a portal that only asks for fewer. Watching a slot is looking at it. */
export function isPlainBooking(action: Action): boolean {
  return action.type === 'book' && action.watch === null
}
