import type { BookAction } from '../../db/actions/action.ts'
import { type Seen, STILL_FULL, shareLook } from '../../db/slot-looks.ts'
import { placesSeen } from '../../planner/looking.ts'
import { PortalError } from '../../portals/errors.ts'
import type { Done, Job } from './job.ts'
import { lookAt } from './look-at.ts'

/** A watched slot that is still full for this account, as it was seen. */
export class StillFull extends PortalError {
  readonly seen: Seen
  /** When another one saw it; undefined: the action itself has just looked, and nobody else knows yet. */
  readonly sharedAt: Temporal.Instant | undefined
  constructor(seen: Seen, sharedAt?: Temporal.Instant) {
    super(STILL_FULL.kind, STILL_FULL.message)
    this.seen = seen
    this.sharedAt = sharedAt
  }
}

/**
 * Looks at a watched slot. Throws `StillFull` while it is: then it is looked at again later. Of a free place all who
 * watch the slot learn at once, before this action goes for it.
 */
export async function lookAtWatched(job: Job<BookAction>): Promise<Done> {
  const { slot, portal, id } = job.action
  const seen = await lookAt(job, slot)
  // "booked" with places left: this account holds it already; the places are for the others.
  if (placesSeen(seen) !== 'free' || seen.state === 'booked') throw new StillFull(seen)
  await job.db.write((tx, now) => shareLook(tx, { portal, slot, seen, by: id }, now), ['work'])
  return { result: { kind: 'place-free', spots: seen.spots } }
}
