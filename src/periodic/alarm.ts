import type { Clock } from '../core/clock.ts'

export type Alarm = {
  /** Rings once at this instant, and not at the one set before; never where there is none. */
  setFor(instant: Temporal.Instant | undefined): void
  /** Does not ring any more, whatever is set. */
  close(): void
}

/** An instant that a long-running process waits for, and may change its mind about. */
export function alarm(clock: Clock, ring: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined
  let closed = false
  return {
    setFor(instant) {
      clearTimeout(timer)
      if (instant === undefined || closed) return
      // A timer may fire a moment early.
      const wait = instant.epochMilliseconds - clock.now().epochMilliseconds + 1
      timer = setTimeout(ring, Math.max(wait, 0))
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
