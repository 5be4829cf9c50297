/** Whatever has to come, comes within this on a busy machine too, in milliseconds. */
export const PATIENCE_MS = 60_000

/** For one wait: aborts when it has lasted too long. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(PATIENCE_MS)
}
