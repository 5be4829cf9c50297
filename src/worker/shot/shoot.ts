import { setTimeout as pause } from 'node:timers/promises'
import type { BookAction } from '../../db/actions/action.ts'
import type { PortalClock } from '../../planner/portal-clock.ts'
import { firstShot, lateness, nextShot } from '../../planner/shot-schedule.ts'
import type { ArmedBooking, PortalBooking, SlotKey } from '../../portals/contract.ts'
import { PortalError, type PortalErrorKind } from '../../portals/errors.ts'
import { isExpired, type Job, withLogin } from '../jobs/job.ts'
import { waitUntil } from '../wait-until.ts'
import { askTime } from './ask-time.ts'
import { ShotRecord } from './record.ts'

/** Warming the connections of many accounts is spread over this part of the time that is left for it. */
const WARMING = 0.4
/** Requests that warm a connection. */
const WARMINGS = 2
/** A portal that does not tell its clock is taken to have ours, give or take this. */
const UNTOLD_DOUBT_MS = 200

/** After these the portal has said what it did: nothing. */
const CLEAR: ReadonlySet<PortalErrorKind> = new Set<PortalErrorKind>([
  'slot-full',
  'limit-reached',
  'overlap',
  'no-subscription',
  'slot-gone',
  'too-late',
  'not-open-yet',
  'rate-limited',
  'session-expired',
])
/** What is so before the opening need not be so after it. */
const LATER_PERHAPS: ReadonlySet<PortalErrorKind> = new Set<PortalErrorKind>([
  'not-open-yet',
  'page-changed',
  'slot-gone',
  'slot-full',
])
const MENDABLE: ReadonlySet<PortalErrorKind> = new Set<PortalErrorKind>(['session-expired', 'portal-down'])

export type Shooting = {
  job: Job<BookAction>
  opening: Temporal.Instant
  arm: (slot: SlotKey) => Promise<ArmedBooking>
  /** The booking, if the portal's list shows it. After it answers, the outcome is known. */
  findHeld: () => Promise<PortalBooking | undefined>
}

/**
 * Books a slot at the instant of its opening: everything is prepared but the last request, the portal's clock measured,
 * and that request sent so that it arrives just after the opening by the portal's clock. "Not open yet" is asked again
 * on a tight schedule. Throws as `PortalSession.book` does and `CannotArm`, having sent nothing.
 */
export async function shoot(shooting: Shooting): Promise<PortalBooking> {
  const { job, opening } = shooting
  const { timing } = job.shots
  const armed = await armOrRefuse(shooting)
  const record = new ShotRecord(job, opening)
  await job.step('waiting-for-opening')
  job.standBy()
  await waitUntil(job.db.clock, opening.subtract({ milliseconds: timing.measureMs }), job.signal)
  await job.step('taking-aim')
  const ready = await makeReady(shooting, armed)
  record.isArmed(ready.clock)
  await job.step('confirming')
  await job.beforeSubmit()
  try {
    return await fire(shooting, ready, record)
  } finally {
    await record.keep()
  }
}

/** The portal does not let this one be armed now; it may be booked all the same once it has opened. */
export class CannotArm extends Error {
  override name = 'CannotArm'
  readonly wasFull: boolean

  constructor(error: PortalError) {
    super(error.message, { cause: error })
    this.wasFull = error.kind === 'slot-full'
  }
}

async function armOrRefuse({ job, arm }: Shooting): Promise<ArmedBooking> {
  try {
    return await withLogin(job, () => arm(job.action.slot))
  } catch (error) {
    if (!(error instanceof PortalError) || !LATER_PERHAPS.has(error.kind)) throw error
    throw new CannotArm(error)
  }
}

type Ready = { armed: ArmedBooking; clock: PortalClock }

/**
 * Measures the portal's clock, and the way there of this connection, which is then warm. What fails at that is done
 * without, but for a session that ended: it is renewed, once.
 */
async function makeReady(shooting: Shooting, armed: ArmedBooking, isRenewed = false): Promise<Ready> {
  const { job, opening } = shooting
  const { clocks, timing } = job.shots
  const by = here(job, opening) - timing.readyMs
  try {
    const { signal, log } = job
    const portalBy = opening.epochMilliseconds - timing.readyMs
    const { portal } = job.action
    const clock = await clocks.of({ portal, ping: armed.ping, by, portalBy, goodMs: timing.goodMs, signal, log })
    // By the portal's clock, once it is known: its opening may be seconds before ours.
    const readyAt = clock ? portalBy - clock.ahead : by
    await pause(Math.max(0, readyAt - now() + Math.random() * WARMING * timing.readyMs), undefined, { signal })
    return { armed, clock: await withOwnTravel(shooting, armed, clock) }
  } catch (error) {
    if (!isExpired(error) || isRenewed) throw error
    await job.session.login()
    return await makeReady(shooting, await shooting.arm(job.action.slot), true)
  }
}

/**
 * The way there is measured twice more on this connection. The quickest trip counts, those that measured the clock
 * included: a way believed too long would have the request come before the opening.
 */
async function withOwnTravel(
  { job, opening }: Shooting,
  armed: ArmedBooking,
  clock: PortalClock | undefined,
): Promise<PortalClock> {
  const opensAt = clock ? opening.epochMilliseconds - clock.ahead : here(job, opening)
  const by = opensAt - job.shots.timing.letGoMs
  const trips: number[] = []
  for (let left = WARMINGS; left > 0; left--) {
    const sample = await askTime(armed, now() + Math.max(0, by - now()) / left, job.signal)
    if (sample) trips.push(sample.answeredAt - sample.sentAt)
  }
  if (trips.length < WARMINGS) job.log.warn({ answers: trips.length }, 'the portal did not answer while being warmed')
  if (clock) return { ...clock, travel: Math.min(...trips, clock.travel) }
  job.log.warn('the portal does not tell its clock: ours is taken for it')
  const ahead = job.db.clock.now().epochMilliseconds - now()
  const travel = trips.length > 0 ? Math.min(...trips) : 0
  return { ahead, doubt: UNTOLD_DOUBT_MS, error: UNTOLD_DOUBT_MS, travel }
}

/** An instant of our clock on that of `performance.now()`. */
function here(job: Job<BookAction>, instant: Temporal.Instant): number {
  return now() + instant.epochMilliseconds - job.db.clock.now().epochMilliseconds
}

/** Fires until the portal has booked, or has clearly refused. */
async function fire(shooting: Shooting, ready: Ready, record: ShotRecord): Promise<PortalBooking> {
  const { job, opening } = shooting
  const { timer, rules } = job.shots
  const openingMs = opening.epochMilliseconds
  const { clock } = ready
  const refusals: PortalErrorKind[] = []
  let { armed } = ready
  let at = firstShot(openingMs, clock, rules)
  for (;;) {
    let isSent = false
    try {
      await timer.at(at, job.signal, () => {
        isSent = true
        record.fires(lateness(now(), openingMs, clock))
        return armed.fire()
      })
      break
    } catch (error) {
      // Broken off while it waited, and what came before was clearly refused: whoever goes on need not ask.
      if (!isSent) job.outcome.state = 'none'
      if (!(error instanceof PortalError)) throw error
      record.isAnswered(error.kind)
      refusals.push(error.kind)
      const again = nextShot(
        { ...countsOf(refusals), retryAfterMs: error.retryAfterMs },
        openingMs,
        clock,
        now(),
        rules,
      )
      if (again !== undefined) at = again
      else {
        const mended = await mend(shooting, error, refusals, rules.maxRequests)
        if ('held' in mended) return mended.held
        armed = mended.armed ?? armed
        at = now()
      }
    }
  }
  record.isAnswered('booked')
  await job.step('verifying')
  return await armed.prove()
}

function countsOf(refusals: readonly PortalErrorKind[]) {
  const kind = refusals.at(-1) ?? 'timeout'
  return { kind, requests: refusals.length, times: refusals.filter((it) => it === kind).length }
}

/**
 * A session that ended, and an error of the server, are borne once each, when the portal's list shows that nothing was
 * booked. Throws everything else; where the portal has clearly said that it did nothing, that is known from now on.
 */
async function mend(
  { job, arm, findHeld }: Shooting,
  error: PortalError,
  refusals: readonly PortalErrorKind[],
  maxRequests: number,
): Promise<{ held: PortalBooking } | { armed?: ArmedBooking }> {
  const { times, requests } = countsOf(refusals)
  if (!MENDABLE.has(error.kind) || times > 1 || requests >= maxRequests) {
    if (CLEAR.has(error.kind)) job.outcome.state = 'none'
    throw error
  }
  if (isExpired(error)) await job.session.login()
  const held = await findHeld()
  if (held) return { held }
  const armed = isExpired(error) ? await arm(job.action.slot) : undefined
  await job.beforeSubmit()
  return armed ? { armed } : {}
}

function now(): number {
  return performance.now()
}
