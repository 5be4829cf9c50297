import { setTimeout } from 'node:timers/promises'

/** Whatever has to come, comes within this on a busy machine too, in milliseconds. */
export const PATIENCE_MS = 60_000

/** For one wait: aborts when it has lasted too long. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(PATIENCE_MS)
}

/** Looks every few milliseconds until it is so. Throws when that takes too long. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const limit = patience()
  while (!(await isSo())) {
    limit.throwIfAborted()
    await setTimeout(5)
  }
}
