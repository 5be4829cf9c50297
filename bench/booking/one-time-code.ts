import { setTimeout as pause } from 'node:timers/promises'

const STEP_MS = 30_000
/** A booking needs its code well before this; the worker itself begins with none that has less than 5 s left. */
const ROOM_MS = 9_000

/** Waits until the current one-time code is good for long enough: that wait is the code's, not the booking's. */
export async function freshCode(): Promise<void> {
  const left = STEP_MS - (Temporal.Now.instant().epochMilliseconds % STEP_MS)
  if (left < ROOM_MS) await pause(left + 50)
}
