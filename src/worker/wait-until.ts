import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../core/clock.ts'

/** So often the clock is looked at again: it may have been set meanwhile. */
const LOOK_EVERY_MS = 200

/** Waits until `clock` shows `instant`, never less. Throws when `signal` aborts. */
export async function waitUntil(clock: Clock, instant: Temporal.Instant, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const left = instant.epochMilliseconds - clock.now().epochMilliseconds
    if (left <= 0) return
    await pause(Math.min(left, LOOK_EVERY_MS), undefined, { signal })
  }
}
