import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import { checkLease, LEASE_MS, type Lease, LeaseLostError, renewLease } from '../db/actions/lease.ts'
import type { Database } from '../db/database.ts'

/** Why the work on an action stops before its end; the reason of its AbortSignal. */
export class TakenBack extends Error {
  override name = 'TakenBack'
  constructor() {
    super('the user took the action back')
  }
}
export class Stopping extends Error {
  override name = 'Stopping'
  constructor() {
    super('the worker is stopping')
  }
}

export type LeaseKeeper = {
  signal: AbortSignal
  /** The work mostly waits, and does not count among those that the worker carries out at once. */
  readonly standsBy: boolean
  standBy(): void
  /** Looks at once whether the lease is held and the action still wanted. */
  check(): void
  /** Aborts the work; it has not succeeded. */
  abort(reason: Error): void
  stop(): void
}

/** Renews the lease while the work goes on; its signal aborts when the lease is lost or the user takes the action back. */
export function keepLease(db: Database, lease: Lease, log: Logger): LeaseKeeper {
  const controller = new AbortController()
  let asking = false
  let standsBy = false
  async function ask(how: typeof renewLease): Promise<void> {
    if (asking || controller.signal.aborted) return
    asking = true
    try {
      const { cancelRequested } = await how(db, lease)
      if (cancelRequested) controller.abort(new TakenBack())
    } catch (error) {
      if (error instanceof LeaseLostError) controller.abort(error)
      else log.warn({ action: lease.actionId, error: messageOf(error) }, 'lease not renewed, trying again')
    } finally {
      asking = false
    }
  }
  const timer = setInterval(() => void ask(renewLease), LEASE_MS / 4)
  return {
    signal: controller.signal,
    get standsBy() {
      return standsBy
    },
    standBy() {
      standsBy = true
    },
    check: () => void ask(checkLease),
    abort: (reason) => controller.abort(reason),
    stop: () => clearInterval(timer),
  }
}
