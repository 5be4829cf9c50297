import { messageOf } from '../../core/errors.ts'
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

function wentUnanswered(error: unknown): boolean {
  return !(error instanceof PortalError) || error.kind === 'network' || error.kind === 'timeout'
}
