import { stampAfter, toStamp } from '../core/clock.ts'
import { lookTurn, placesSeen, STAND_IN_AFTER } from '../planner/looking.ts'
import type { SlotKey } from '../portals/contract.ts'
import { type ActionError, slotOfRow } from './actions/action.ts'
import { PENDING } from './actions/statuses.ts'
import type { Reader, Tx } from './database.ts'
import type { ActionRow, SlotRow } from './schema.ts'
import { findSlotLike } from './slots.ts'
import { statement } from './statement.ts'

/** Why a watching action goes on watching. */
export const STILL_FULL = {
  kind: 'slot-full',
  message: 'the watched slot is still full',
} as const satisfies ActionError

/** What a look showed: the slot's state and the places left, for the account that looked. */
export type Seen = Pick<SlotRow, 'state' | 'spots'>
/** The same, with when it was seen. */
export type SeenAt = Seen & { at: Temporal.Instant }

export type Turn = { turn: 'look' } | { turn: 'take'; seen: SeenAt } | { turn: 'wait'; until: Temporal.Instant }

/**
 * Whose turn it is to look at a slot: of all who want to know of it at the same time, over all processes, one is told
 * to look; the others take what was just seen, or wait for that look. Whoever is to look is noted as sent, so ask only
 * to look then. A slot that the cached timetable does not show everybody looks at for themselves.
 */
export async function takeTurn(
  tx: Tx,
  { portal, slot, opensAt }: { portal: string; slot: SlotKey; opensAt: Temporal.Instant },
  now: Temporal.Instant,
): Promise<Turn> {
  const row = await lockSlot(tx, portal, slot)
  if (!row) return { turn: 'look' }
  const seenAt = Temporal.Instant.from(row.seen_at)
  const askedAt = row.asked_at === null ? undefined : Temporal.Instant.from(row.asked_at)
  const turn = lookTurn({ seenAt, askedAt, opensAt }, now)
  if (turn.turn === 'wait') return turn
  if (turn.turn === 'take' && placesSeen(row) !== 'unclear')
    return { turn: 'take', seen: { state: row.state, spots: row.spots, at: seenAt } }
  await tx
    .updateTable('slots')
    .set({ asked_at: toStamp(now) })
    .where('id', '=', row.id)
    .execute()
  return { turn: 'look' }
}

/** The slot's row, nobody else's to change until `tx` ends. */
async function lockSlot(tx: Tx, portal: string, slot: SlotKey): Promise<SlotRow | undefined> {
  const found = await findSlotLike(tx, portal, slot)
  return (
    found &&
    (await tx.updateTable('slots').set({ portal }).where('id', '=', found.id).returningAll().executeTakeFirst())
  )
}

export type Answer = {
  portal: string
  slot: SlotKey
  seen: Seen
  /** The action that looked. */
  by: number
  /** When a slot that is still full is looked at again. */
  again?: Temporal.Instant | undefined
}

/**
 * Notes what a look showed, and tells all who watch the slot: of a free place at once, in the order in which they
 * began to watch; of a full one that it was looked at, so that they need not. Poke `work` when it is committed.
 */
export async function shareLook(
  tx: Tx,
  { portal, slot, seen, by, again }: Answer,
  now: Temporal.Instant,
): Promise<void> {
  const row = await lockSlot(tx, portal, slot)
  if (!row) return
  const { state, spots } = seen
  await tx
    .updateTable('slots')
    .set({ state, spots, seen_at: toStamp(now) })
    .where('id', '=', row.id)
    .execute()
  const places = placesSeen(seen)
  if (places === 'unclear') return
  for (const action of await listWatching(tx, row)) {
    if (action.id === by) continue
    if (places === 'free') await wake(tx, action, now)
    // Who has watched for longer looks first, and so is the first to book; the others stand in.
    else if (again) await putOff(tx, action, action.id < by ? again : again.add(STAND_IN_AFTER), now)
  }
}

/** After the timetable was read whole: tells all who watch a slot that it shows with a free place. */
export async function shareTimetable(tx: Tx, portal: string, now: Temporal.Instant): Promise<void> {
  for (const action of await watching(tx, { portal })) {
    const row = await findSlotLike(tx, portal, slotOfRow(action))
    if (row?.seen_at === toStamp(now) && placesSeen(row) === 'free') await wake(tx, action, now)
  }
}

/** The slots of a day that somebody watches. */
export async function listWatchedOn(reader: Reader, portal: string, date: string): Promise<SlotKey[]> {
  return (await watchingOn(reader, { portal, date })).map(slotOfRow)
}

/** The actions that wait to look at this slot again. */
async function listWatching(tx: Tx, row: SlotRow): Promise<ActionRow[]> {
  const { portal, date, time_slot: start } = row
  const actions: ActionRow[] = []
  for (const action of await watchingAt(tx, { portal, date, start })) {
    const watched = await findSlotLike(tx, portal, slotOfRow(action))
    if (watched?.id === row.id) actions.push(action)
  }
  return actions
}

async function wake(tx: Tx, { id, priority }: ActionRow, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('booking_actions')
    .set({ run_at: toStamp(now), turn_at: stampAfter(now, priority * 1000) })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('run_at', '>', toStamp(now))
    .execute()
}

/** As if it had looked itself: former trouble does not count any more, the portal has answered. */
async function putOff(
  tx: Tx,
  { id, priority }: ActionRow,
  until: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('booking_actions')
    .set({
      run_at: toStamp(until),
      turn_at: stampAfter(until, priority * 1000),
      looked_at: toStamp(now),
      attempt: 0,
      error: JSON.stringify(STILL_FULL),
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute()
}

// What may have been booked is asked for at its own time.
const watching = statement<{ portal: string }, ActionRow>(['portal'], (db, { portal }) =>
  db
    .selectFrom('booking_actions')
    .selectAll()
    .where('status', '=', PENDING)
    .where('watch', 'is not', null)
    .where('portal', '=', portal)
    .where('outcome_unknown', '=', 0)
    .orderBy('id'),
)

const watchingOn = statement<{ portal: string; date: string }, ActionRow>(['portal', 'date'], (db, { portal, date }) =>
  db
    .selectFrom('booking_actions')
    .selectAll()
    .where('status', '=', PENDING)
    .where('watch', 'is not', null)
    .where('portal', '=', portal)
    .where('date', '=', date)
    .where('outcome_unknown', '=', 0),
)

const watchingAt = statement<{ portal: string; date: string; start: string }, ActionRow>(
  ['portal', 'date', 'start'],
  (db, { portal, date, start }) =>
    db
      .selectFrom('booking_actions')
      .selectAll()
      .where('status', '=', PENDING)
      .where('watch', 'is not', null)
      .where('portal', '=', portal)
      .where('date', '=', date)
      .where('time_slot', '=', start)
      .where('outcome_unknown', '=', 0)
      .orderBy('id'),
)
