import type { Clock } from '../../src/core/clock.ts'

/** A clock that goes as the machine's does, so many milliseconds away from it; each process of a test has one. */
export type MovedClock = Clock & { awayMs: number; precise(): Temporal.Instant }

export function movedClock(awayMs: number): MovedClock {
  const clock = {
    awayMs,
    now: () => Temporal.Now.instant().add({ milliseconds: clock.awayMs }),
    /** The same to a fraction of a microsecond. */
    precise: () =>
      new Temporal.Instant(BigInt(Math.round((performance.timeOrigin + performance.now() + clock.awayMs) * 1e6))),
  }
  return clock
}
