import { stampAfter, toStamp } from '../../core/clock.ts'
import type { PortalBooking, SlotKey } from '../../portals/contract.ts'
import type { Database, Tx } from '../database.ts'
import type { ActionRow, WatchKind } from '../schema.ts'
import { lastStatement, statement } from '../statement.ts'
import { slotColumnsSchema } from './action.ts'
import { dedupeKey } from './dedupe.ts'
import { isLook, priorityOf } from './priority.ts'
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

/**
 * Puts an action in the queue and wakes a worker; the answer to "queued as #id". A second press, or an update that
 * comes again after a restart, finds the first action: `duplicate` is then true.
 */
export async function enqueueAction(db: Database, action: NewAction): Promise<{ id: number; duplicate: boolean }> {
  // What keeps an action from being put in may end before it is looked for: then it can be put in after all.
  for (;;) {
    const [row] = await db.write((tx, now) => insert(tx, valuesOf(action, now)), ['work'])
    if (row) return { id: row.id, duplicate: false }
    const known = await db.write((tx, now) => findSame(tx, action, now))
    if (known !== undefined) return { id: known, duplicate: true }
  }
}

/**
 * The same within a transaction, together with what asked for it; poke `work` when it is committed. Undefined, which is
 * rare, when what kept it from being put in has ended at this moment: then another try may do.
 */
export async function enqueueIn(
  tx: Tx,
  action: NewAction,
  now: Temporal.Instant,
): Promise<{ id: number; duplicate: boolean } | undefined> {
  const [row] = await insertWithin(tx, valuesOf(action, now))
  if (row) return { id: row.id, duplicate: false }
  const known = await findSame(tx, action, now)
  return known === undefined ? undefined : { id: known, duplicate: true }
}

type Values = Omit<
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

const VALUES: { [K in keyof Values]: true } = {
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

type Insert = Parameters<typeof statement<Values, Pick<ActionRow, 'id'>>>
const insertion: Insert = [
  Object.keys(VALUES) as (keyof Values)[],
  (db, values) =>
    db
      .insertInto('booking_actions')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id'),
]
const insert = lastStatement(...insertion)
const insertWithin = statement(...insertion)

function valuesOf(action: NewAction, now: Temporal.Instant): Values {
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

/** The action that keeps this one from being put in; undefined when it has ended meanwhile. */
async function findSame(tx: Tx, action: NewAction, now: Temporal.Instant): Promise<number | undefined> {
  const { origin } = action
  const actions = tx.selectFrom('booking_actions').select(['id', 'user_id'])
  const sameOrigin = origin === undefined ? undefined : await actions.where('origin', '=', origin).executeTakeFirst()
  if (sameOrigin) return sameOrigin.id
  const sameKey = await actions
    .where('dedupe_key', '=', dedupeKey(action))
    .where('status', 'in', OPEN)
    .executeTakeFirst()
  if (!sameKey || sameKey.user_id !== null || action.userId === null) return sameKey?.id
  return await adopt(tx, sameKey.id, action, now)
}

/**
 * What cron had asked for becomes the action of the person who asks for it now: they are told, and wait no longer for
 * it. Undefined when it has ended, or somebody else was first.
 */
async function adopt(tx: Tx, id: number, action: NewAction, now: Temporal.Instant): Promise<number | undefined> {
  const priority = priorityOf(action)
  const turn = stampAfter(now, priority * 1000)
  const adopted = await tx
    .updateTable('booking_actions')
    .set((eb) => ({
      user_id: action.userId,
      priority,
      // What has waited for long keeps its place.
      turn_at: eb.case().when('turn_at', '<', turn).then(eb.ref('turn_at')).else(turn).end(),
      origin: action.origin ?? null,
      chat_message_id: action.chatMessageId ?? null,
    }))
    .where('id', '=', id)
    .where('user_id', 'is', null)
    .where('status', 'in', OPEN)
    .returning('id')
    .executeTakeFirst()
  return adopted?.id
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
