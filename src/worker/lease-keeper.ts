import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import { LEASE_MS, renewLease } from '../db/actions/claim.ts'
import { type Lease, LeaseLostError } from '../db/actions/lease.ts'
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
  /** Looks at once whether the lease is held and the action still wanted. */
  check(): void
  /** Aborts the work; it has not succeeded. */
  abort(reason: Error): void
  stop(): void
}

/** Renews the lease while the work goes on; its signal aborts when the lease is lost or the user takes the action back. */
export function keepLease(db: Database, lease: Lease, log: Logger): LeaseKeeper {
  const controller = new AbortController()
  let renewing = false
  async function renew(): Promise<void> {
    if (renewing || controller.signal.aborted) return
    renewing = true
    try {
      const { cancelRequested } = await renewLease(db, lease)
      if (cancelRequested) controller.abort(new TakenBack())
    } catch (error) {
      if (error instanceof LeaseLostError) controller.abort(error)
      else log.warn({ action: lease.actionId, error: messageOf(error) }, 'lease not renewed, trying again')
    } finally {
      renewing = false
    }
  }
  const timer = setInterval(() => void renew(), LEASE_MS / 4)
  return {
    signal: controller.signal,
    check: () => void renew(),
    abort: (reason) => controller.abort(reason),
    stop: () => clearInterval(timer),
  }
}
