import type { BookAction } from '../../db/actions/action.ts'
import { updateSlotSeen } from '../../db/slots.ts'
import { PortalError } from '../../portals/errors.ts'
import { type Done, type Job, withLogin } from './job.ts'

/** Looks at a watched slot. Throws `slot-full` while it is full: then it is looked at again later. */
export async function lookAtWatched(job: Job<BookAction>): Promise<Done> {
  const { slot } = job.action
  const { state, spots } = await withLogin(job, () => job.session.readSlot(slot))
  if (state !== 'available' || spots === 0) throw new PortalError('slot-full', 'the watched slot is still full')
  return {
    result: { kind: 'place-free', spots },
    effects: (tx, now) => updateSlotSeen(tx, job.action.portal, slot, { state, spots }, now),
  }
}
