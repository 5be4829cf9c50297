import { isPassing } from './failures.ts'

/** Runs a read, and again after each of the pauses while it fails in a way that passes. `wait` rejects when the work is broken off. */
export async function retrying<T>(
  pausesMs: readonly number[],
  wait: (ms: number) => Promise<void>,
  read: () => Promise<T>,
): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await read()
    } catch (error) {
      if (!isPassing(error)) throw error
      await wait(pauseMs)
    }
  }
  return read()
}
