import { listWatchedOn, type Seen, shareLook } from '../../db/slot-looks.ts'
import { instantOf } from '../../planner/occurrences.ts'
import { nextLook } from '../../planner/watching.ts'
import type { SlotKey, TimetableSlot } from '../../portals/contract.ts'
import { nameKey } from '../../portals/match.ts'
import { type Job, withLogin } from './job.ts'

/** What the portal shows of the slot now. What the same request shows of others is told to those who watch them. */
export async function lookAt(job: Job, slot: SlotKey): Promise<Seen> {
  const readAround = job.session.readAround?.bind(job.session)
  if (!readAround) return seenOf(await withLogin(job, () => job.session.readSlot(slot)))
  const shown = await withLogin(job, () => readAround(slot))
  await tellNeighbours(job, slot, shown.others)
  return seenOf(shown.slot)
}

function seenOf({ state, spots }: TimetableSlot): Seen {
  return { state, spots }
}

/** Each in a transaction of its own: nobody waits for the look at another slot. */
async function tellNeighbours({ db, facts, action }: Job, { date }: SlotKey, others: TimetableSlot[]): Promise<void> {
  const { portal, id: by } = action
  const watched = await listWatchedOn(db.read, portal, date)
  const wanted = others.filter((other) => watched.some((slot) => isLike(slot, other)))
  for (const slot of wanted) {
    // Before its opening there is nothing to be seen.
    if (Temporal.Instant.compare(db.clock.now(), facts.opening(slot)) < 0) continue
    const start = instantOf(slot.date, slot.start, facts.timeZone)
    await db.write(
      (tx, now) =>
        shareLook(tx, { portal, slot, seen: seenOf(slot), by, again: nextLook(start, now, Math.random()) }, now),
      ['work'],
    )
  }
}

function isLike(a: SlotKey, b: SlotKey): boolean {
  return a.date === b.date && a.start === b.start && nameKey(a) === nameKey(b)
}
