import type { Action } from '../db/actions/action.ts'
import { enqueueAction } from '../db/actions/enqueue.ts'
import type { NewAction } from '../db/actions/new-action.ts'
import { waitForEnd } from '../db/actions/read.ts'
import type { Database } from '../db/database.ts'
import { countLiveWorkers } from '../db/workers.ts'

/** A timetable of a slow portal takes its time; after this a script gives up waiting. */
const WAIT_MS = 10 * 60_000
/** With nobody to do the work there is no sense in waiting that long. */
const WAIT_WITHOUT_WORKER_MS = 20_000

/**
 * Queues the action and waits until a worker has ended it. Undefined when it has not ended in time: it stays in the
 * queue, and the same script run again finds it there.
 */
export async function runAction(db: Database, action: NewAction): Promise<Action | undefined> {
  const { id } = await enqueueAction(db, action)
  const limit = (await countLiveWorkers(db)) > 0 ? WAIT_MS : WAIT_WITHOUT_WORKER_MS
  try {
    return await waitForEnd(db, id, AbortSignal.timeout(limit))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return undefined
    throw error
  }
}

/** One line for a person on how an action ended. */
export function endingLine(
  action: Action | undefined,
  success: (action: Action) => string,
): { ok: boolean; line: string } {
  if (!action)
    return {
      ok: false,
      line: 'no worker has done it yet; is one running? (./bookwright start, or ./bookwright worker)',
    }
  if (action.status === 'completed') return { ok: true, line: success(action) }
  const error = action.error
  const says = error?.portalSays ? `; the site says: ${error.portalSays}` : ''
  return {
    ok: false,
    line: `${action.status} (#${action.id}): ${error ? `${error.kind}, ${error.message}${says}` : 'no reason noted'}`,
  }
}
