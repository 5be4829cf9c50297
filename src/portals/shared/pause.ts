import { setTimeout as delay } from 'node:timers/promises'

/** Waits for a length of time, to be polite or to let a code's step go by; never in place of waiting for the site. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>

export const realPause: Pause = async (ms, signal) => {
  await delay(ms, undefined, { signal })
}
