/** Thrown by `inTime`. */
export class LateError extends Error {
  override name = 'LateError'
}

/** The outcome of `work`, or a `LateError` after `ms` milliseconds: for calls that may hang. The work itself goes on. */
export async function inTime<T>(what: string, ms: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new LateError(`${what} took longer than ${ms} ms`)), ms)
  // Whoever loses the race must not end the process when it fails later.
  work.catch(() => undefined)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
