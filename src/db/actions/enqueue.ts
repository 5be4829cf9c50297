import { stampAfter } from '../../core/clock.ts'
import { findBookingOfSlot } from '../bookings.ts'
import type { Database, Tx } from '../database.ts'
import type { ActionRow } from '../schema.ts'
import { lastStatement, statement } from '../statement.ts'
import { dedupeKey } from './dedupe.ts'
import { type NewAction, VALUES, type Values, valuesOf } from './new-action.ts'
import { priorityOf } from './priority.ts'
import { OPEN } from './statuses.ts'

type Queued = { id: number; duplicate: boolean }

/**
 * Puts an action in the queue and wakes a worker; the answer to "queued as #id". A second press, or an update that
 * comes again after a restart, finds the first action, be it done by now: `duplicate` is then true.
 */
export async function enqueueAction(db: Database, action: NewAction): Promise<Queued> {
  // What keeps an action from being put in may end before it is looked for: then it can be put in after all.
  for (;;) {
    const queued = await db.write((tx, now) => insertNew(tx, action, now), ['work'])
    if (queued) return queued
    const known = await db.write((tx, now) => findSame(tx, action, now))
    if (known !== undefined) return { id: known, duplicate: true }
  }
}

async function insertNew(tx: Tx, action: NewAction, now: Temporal.Instant): Promise<Queued | undefined> {
  if (action.type !== 'book' || action.chatMessageId === undefined) {
    const [row] = await insert(tx, valuesOf(action, now))
    return row && { id: row.id, duplicate: false }
  }
  const [row] = await insertWithin(tx, valuesOf(action, now))
  if (!row) return undefined
  const done = await findDone(tx, action, action.chatMessageId)
  if (done === undefined) return { id: row.id, duplicate: false }
  await tx.deleteFrom('booking_actions').where('id', '=', row.id).execute()
  return { id: done, duplicate: true }
}

/** What the same button has booked already: a press may be served just when the one before it ends. */
async function findDone(
  tx: Tx,
  { userId, accountId, slot }: Extract<NewAction, { type: 'book' }>,
  messageId: number,
): Promise<number | undefined> {
  const held = await findBookingOfSlot(tx, accountId, slot)
  if (!held) return undefined
  const done = await tx
    .selectFrom('booking_actions')
    .select('id')
    .where('user_id', '=', userId)
    .where('chat_message_id', '=', messageId)
    .where('booking_id', '=', held.id)
    .where('action_type', '=', 'book')
    .where('status', '=', 'completed')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return done?.id
}

/**
 * The same within a transaction, together with what asked for it; poke `work` when it is committed. Undefined, which is
 * rare, when what kept it from being put in has ended at this moment: then another try may do.
 */
export async function enqueueIn(tx: Tx, action: NewAction, now: Temporal.Instant): Promise<Queued | undefined> {
  const [row] = await insertWithin(tx, valuesOf(action, now))
  if (row) return { id: row.id, duplicate: false }
  const known = await findSame(tx, action, now)
  return known === undefined ? undefined : { id: known, duplicate: true }
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
