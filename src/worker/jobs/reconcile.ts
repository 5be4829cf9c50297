import { messageOf } from '../../core/errors.ts'
import { isSettled } from '../../planner/ending.ts'
import { PortalError } from '../../portals/errors.ts'
import type { Job } from './job.ts'

/**
 * Asks the portal what became of a submit that ended with `error`; `happened` when it was done after all. While the
 * portal cannot be asked, or may still be at work on the request (it never answered), `job.outcome` stays unknown
 * and a later attempt asks again.
 */
export async function reconcile(job: Job, error: unknown, ask: () => Promise<boolean>): Promise<boolean> {
  job.log.info({ action: job.action.id, error: messageOf(error) }, 'unclear after the submit: asking the portal')
  try {
    const happened = await ask()
    job.outcome.state = !happened && wentUnanswered(error) ? 'unknown' : 'none'
    return happened
  } catch (problem) {
    job.outcome.state = 'unknown'
    job.log.warn({ action: job.action.id, error: messageOf(problem) }, 'the portal could not be asked')
    return false
  }
}

/**
 * After a list that does not show it: throws while a submit without an answer may still be at work at the portal, so
 * that it is asked again later instead of a second submit being sent.
 */
export function refuseUnsettled(job: Job): void {
  const { submittedAt } = job.outcome
  if (submittedAt === null || isSettled(submittedAt, job.db.clock.now())) return
  job.outcome.state = 'unknown'
  throw new PortalError('network', 'a submit without an answer may still be at work at the portal')
}

/**
 * After a list that does not show it, though it has had the time: throws what the former attempt was refused with, for
 * which only the list could tell whether it holds all the same. It is not sent a second time.
 */
export function refuseAgain({ action: { error } }: Job): void {
  if (error?.kind !== 'refused') return
  throw new PortalError(
    'refused',
    error.message,
    error.portalSays === undefined ? {} : { portalSays: error.portalSays },
  )
}

/** No answer, or one that the list does not bear out: what was sent may show yet. */
function wentUnanswered(error: unknown): boolean {
  return !(error instanceof PortalError) || error.unproven || error.kind === 'network' || error.kind === 'timeout'
}
