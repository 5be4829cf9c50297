import type { RefreshAction } from '../../db/actions/action.ts'
import { shareLook } from '../../db/slot-looks.ts'
import { instantOf } from '../../planner/occurrences.ts'
import { nextLook } from '../../planner/watching.ts'
import { type Done, ensureLoggedIn, type Job } from './job.ts'
import { lookAt } from './look-at.ts'

/** Looks at one slot for all whose page shows it, and for all who watch it. */
export async function look(job: Job<RefreshAction>, slot: NonNullable<RefreshAction['slot']>): Promise<Done> {
  const { portal, id: by } = job.action
  await ensureLoggedIn(job.session)
  const seen = await lookAt(job, slot)
  const start = instantOf(slot.date, slot.start, job.facts.timeZone)
  return {
    result: { kind: 'looked' },
    effects: (tx, now) => shareLook(tx, { portal, slot, seen, by, again: nextLook(start, now, Math.random()) }, now),
  }
}
