import { asPortalError } from './failures.ts'

/** Work at a site that can be broken off until the request that counts may be on its way. */
export type Breakable = {
  readonly signal: AbortSignal
  /** Whether the request that books or cancels may be on its way. */
  submitted: boolean
  /** Ends whatever the work waits for. */
  close(): Promise<void>
}

/**
 * Runs work that an abort ends at once, by closing what it works with. Once the request that books or cancels may be
 * on its way the work goes on to its end: it is short, and its outcome is worth knowing. Throws `PortalError`, or the
 * reason of the abort.
 */
export async function interruptible<T>(visit: Breakable, doing: string, work: () => Promise<T>): Promise<T> {
  const { signal } = visit
  signal.throwIfAborted()
  visit.submitted = false
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => {
    if (visit.submitted) return
    aborted.reject(signal.reason)
    void visit.close()
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([work(), aborted.promise])
  } catch (error) {
    if (!visit.submitted) signal.throwIfAborted()
    throw asPortalError(error, doing)
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
