import { toStamp } from '../core/clock.ts'
import { fold } from '../core/fold.ts'
import type { SlotKey, TimetableSlot } from '../portals/contract.ts'
import { nameKey } from '../portals/match.ts'
import type { Reader, Tx } from './database.ts'
import { lockPortal } from './portal-states.ts'
import type { SlotRow } from './schema.ts'
import { statement } from './statement.ts'

/** The slot with this id; undefined when it left the timetable. */
export async function findSlot(reader: Reader, id: number): Promise<SlotRow | undefined> {
  const [row] = await slotById(reader, { id })
  return row
}

const slotById = statement<{ id: number }, SlotRow>(['id'], (db, { id }) =>
  db.selectFrom('slots').selectAll().where('id', '=', id),
)

/** The slots of a day in order of start and name. */
export async function listSlotsOn(reader: Reader, portal: string, date: string): Promise<SlotRow[]> {
  return await reader
    .selectFrom('slots')
    .selectAll()
    .where('portal', '=', portal)
    .where('date', '=', date)
    .orderBy('time_slot')
    .orderBy('name_key')
    .orderBy('id')
    .execute()
}

/** The slots from `fromDate` on in order of date, start and name. */
export async function listSlotsFrom(reader: Reader, portal: string, fromDate: string): Promise<SlotRow[]> {
  return await reader
    .selectFrom('slots')
    .selectAll()
    .where('portal', '=', portal)
    .where('date', '>=', fromDate)
    .orderBy('date')
    .orderBy('time_slot')
    .orderBy('name_key')
    .orderBy('id')
    .execute()
}

/** The days from `fromDate` on that have slots, with how many. */
export async function listDays(
  reader: Reader,
  portal: string,
  fromDate: string,
): Promise<{ date: string; slots: number }[]> {
  const rows = await reader
    .selectFrom('slots')
    .select(['date', (eb) => eb.fn.countAll<number>().as('slots')])
    .where('portal', '=', portal)
    .where('date', '>=', fromDate)
    .groupBy('date')
    .orderBy('date')
    .execute()
  return rows.map((row) => ({ date: row.date, slots: Number(row.slots) }))
}

/**
 * Makes the cached timetable what the portal showed; a slot seen again keeps its id, so that old buttons still work.
 * Call it only with a timetable that was read whole.
 */
export async function replaceTimetable(
  tx: Tx,
  portal: string,
  slots: readonly TimetableSlot[],
  now: Temporal.Instant,
): Promise<void> {
  // One after the other: two at once would each add what the other one is adding.
  await lockPortal(tx, portal)
  const before = await tx.selectFrom('slots').selectAll().where('portal', '=', portal).execute()
  const seen: SeenSlot[] = []
  for (const slot of slots) seen.push(await valuesOf(tx, portal, slot, now))
  const { pairs, gone } = pairUp(before, seen)
  for (const [values, row] of pairs) {
    if (row) await tx.updateTable('slots').set(values).where('id', '=', row.id).execute()
    else await tx.insertInto('slots').values(values).execute()
  }
  for (const { id } of gone) await tx.deleteFrom('slots').where('id', '=', id).execute()
}

/** The slot's row; undefined where the cached timetable does not show it, or shows several that cannot be told apart. */
export async function findSlotLike(reader: Reader, portal: string, slot: SlotKey): Promise<SlotRow | undefined> {
  const { date, start, location, siteId } = slot
  const rows = await slotsOfKey(reader, { portal, date, start, name: nameKey(slot) })
  const exact = siteId === null ? [] : rows.filter((row) => row.site_id === siteId)
  const alike = exact.length > 0 ? exact : rows.filter((row) => fold(row.location) === fold(location))
  return alike.length === 1 ? alike[0] : undefined
}

const slotsOfKey = statement<{ portal: string; date: string; start: string; name: string }, SlotRow>(
  ['portal', 'date', 'start', 'name'],
  (db, { portal, date, start, name }) =>
    db
      .selectFrom('slots')
      .selectAll()
      .where('portal', '=', portal)
      .where('date', '=', date)
      .where('time_slot', '=', start)
      .where('name_key', '=', name),
)

/** Notes what was just seen of one slot, e.g. that it is full. */
export async function updateSlotSeen(
  tx: Tx,
  portal: string,
  slot: SlotKey,
  seen: Partial<Pick<SlotRow, 'state' | 'spots'>>,
  now: Temporal.Instant,
): Promise<void> {
  const row = await findSlotLike(tx, portal, slot)
  if (!row) return
  await tx
    .updateTable('slots')
    .set({ ...seen, seen_at: toStamp(now) })
    .where('id', '=', row.id)
    .execute()
}

/** An account of ours has taken a place: one is left less than was seen. It is not seen anew by that. */
export async function countPlaceTaken(tx: Tx, portal: string, slot: SlotKey): Promise<void> {
  const row = await findSlotLike(tx, portal, slot)
  if (!row?.spots) return
  await tx
    .updateTable('slots')
    .set((eb) => ({ spots: eb('spots', '-', 1) }))
    .where('id', '=', row.id)
    .where('spots', '>', 0)
    .execute()
}

function keyOf(row: Pick<SlotRow, 'date' | 'time_slot' | 'name_key'>): string {
  return `${row.date} ${row.time_slot} ${row.name_key}`
}

/**
 * Finds for each slot seen the row it had: one of the same key and site id, else any left of the same key. All are
 * first asked for their own, so that of two slots alike neither takes the other's.
 */
function pairUp(before: readonly SlotRow[], seen: readonly SeenSlot[]) {
  const rows = new Map<string, SlotRow[]>()
  for (const row of before) rows.set(keyOf(row), [...(rows.get(keyOf(row)) ?? []), row])
  const take = (slot: SeenSlot, fits: (row: SlotRow) => boolean): SlotRow | undefined => {
    const left = rows.get(keyOf(slot)) ?? []
    const index = left.findIndex(fits)
    return index < 0 ? undefined : left.splice(index, 1)[0]
  }
  const exact = new Map(seen.map((slot) => [slot, take(slot, (row) => row.site_id === slot.site_id)]))
  const pairs = seen.map((slot) => [slot, exact.get(slot) ?? take(slot, () => true)] as const)
  return { pairs, gone: [...rows.values()].flat() }
}

type SeenSlot = Awaited<ReturnType<typeof valuesOf>>

async function valuesOf(tx: Tx, portal: string, slot: TimetableSlot, now: Temporal.Instant) {
  const place = {
    portal,
    location: slot.location,
    course_name: slot.course,
    name_key: nameKey(slot),
    time_slot: slot.start,
    end_time: slot.end,
    instructor: slot.instructor,
    seen_at: toStamp(now),
  }
  const weekday = Temporal.PlainDate.from(slot.date).dayOfWeek
  const course = await tx
    .insertInto('courses')
    .values({ ...place, weekday })
    .onConflict((conflict) => conflict.columns(['portal', 'weekday', 'time_slot', 'name_key']).doUpdateSet(place))
    .returning('id')
    .executeTakeFirstOrThrow()
  return {
    ...place,
    course_id: course.id,
    site_id: slot.siteId,
    date: slot.date,
    state: slot.state,
    spots: slot.spots,
  }
}
