import type { RefreshAction } from '../../db/actions/action.ts'
import { markRefreshed } from '../../db/portal-states.ts'
import { shareTimetable } from '../../db/slot-looks.ts'
import { replaceTimetable } from '../../db/slots.ts'
import { type Done, ensureLoggedIn, type Job, withLogin } from './job.ts'

/** Reads the whole timetable and makes the cached one the same. A part is never taken for the whole. */
export async function refresh(job: Job<RefreshAction>): Promise<Done> {
  await ensureLoggedIn(job.session)
  await job.step('reading-timetable')
  const slots = await withLogin(job, () => job.session.readTimetable())
  const days = new Set(slots.map((slot) => slot.date)).size
  return {
    result: { kind: 'refreshed', slots: slots.length, days },
    effects: async (tx, now) => {
      // First: two that refresh the same portal at once come one after the other.
      await markRefreshed(tx, job.action.portal, now)
      await replaceTimetable(tx, job.action.portal, slots, now)
      await shareTimetable(tx, job.action.portal, now)
    },
  }
}
