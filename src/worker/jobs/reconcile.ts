import { messageOf } from '../../core/errors.ts'
import type { Job } from './job.ts'

/**
 * Asks the portal what became of a submit whose answer was `error`. Undefined when it was not done, or when the
 * portal cannot be asked either: then `job.outcome` stays unknown and a later attempt asks again.
 */
export async function reconcile<T>(job: Job, error: unknown, ask: () => Promise<T>): Promise<T | undefined> {
  job.log.info({ action: job.action.id, error: messageOf(error) }, 'unclear after the submit: asking the portal')
  try {
    return await ask()
  } catch (problem) {
    job.log.warn({ action: job.action.id, error: messageOf(problem) }, 'the portal could not be asked')
    return undefined
  }
}
