import type { Clock } from '../../core/clock.ts'
import type { ShotRules } from '../../planner/shot-schedule.ts'
import { PortalClocks } from './portal-clocks.ts'
import { PreciseTimer } from './precise-timer.ts'

/** What is done how long before an opening, in milliseconds. */
export type ShotTiming = {
  /** The portal's clock begins to be measured. */
  measureMs: number
  /** It is measured; connections are warmed for the last time. */
  readyMs: number
  /** No answer is waited for any more but that to the request that books. */
  letGoMs: number
  /** It is known well enough when it is known to so many milliseconds. */
  goodMs: number
}

/** Measuring takes a request a second for ten seconds, and servers close idle connections after as little as five. */
const TIMING: ShotTiming = { measureMs: 15_000, readyMs: 2_500, letGoMs: 300, goodMs: 2 }

/** What all shots of one worker share: several at the same instant do not measure, or wait, each for itself. */
export type ShotTools = {
  clocks: Pick<PortalClocks, 'of'>
  timer: PreciseTimer
  rules: ShotRules
  timing: ShotTiming
}

/** `timing` is for tests; its default is what a real portal needs. */
export function shotTools(clock: Clock, rules: ShotRules, timing: ShotTiming = TIMING): ShotTools {
  return { clocks: new PortalClocks(clock), timer: new PreciseTimer(), rules, timing }
}
