import { toStamp } from '../../core/clock.ts'
import { messageOf } from '../../core/errors.ts'
import type { BookAction } from '../../db/actions/action.ts'
import { insertShot } from '../../db/shots.ts'
import type { PortalClock } from '../../planner/portal-clock.ts'
import type { PortalErrorKind } from '../../portals/errors.ts'
import type { Job } from '../jobs/job.ts'

type Outcome = 'booked' | PortalErrorKind

/** The timeline of one shot, for the log and for whoever looks it up later. */
export class ShotRecord {
  readonly #job: Job<BookAction>
  readonly #opening: Temporal.Instant
  #armed: { at: Temporal.Instant; clock: PortalClock; offsetMs: number } | undefined
  #fired: { at: Temporal.Instant; lateMs: number } | undefined
  #answered: { at: Temporal.Instant; outcome: Outcome } | undefined
  #tries = 0

  constructor(job: Job<BookAction>, opening: Temporal.Instant) {
    this.#job = job
    this.#opening = opening
  }

  isArmed(clock: PortalClock): void {
    const at = this.#job.db.clock.now()
    const offsetMs = performance.now() + clock.ahead - at.epochMilliseconds
    this.#armed = { at, clock, offsetMs }
    const { doubt, error, travel } = clock
    this.#job.log.info(
      { opening: toStamp(this.#opening), offsetMs, doubtMs: doubt, errorMs: error, travelMs: travel },
      'armed: the portal’s clock is known',
    )
  }

  /** A request is sent now, to reach the portal `lateMs` after the opening. Called right before: it only notes. */
  fires(lateMs: number): void {
    this.#tries += 1
    this.#fired ??= { at: this.#job.db.clock.now(), lateMs }
  }

  isAnswered(outcome: Outcome): void {
    this.#answered = { at: this.#job.db.clock.now(), outcome }
  }

  /** Writes it down. What was never fired, or never answered, has no timeline. */
  async keep(): Promise<void> {
    if (!this.#armed || !this.#fired || !this.#answered) return
    const { action, account, db, log } = this.#job
    const { clock, offsetMs } = this.#armed
    const shot = {
      action_id: action.id,
      attempt: action.attempt,
      account_id: account.id,
      portal: action.portal,
      opening: toStamp(this.#opening),
      offset_ms: tenths(offsetMs),
      error_ms: tenths(clock.error),
      travel_ms: tenths(clock.travel),
      armed_at: toStamp(this.#armed.at),
      fired_at: toStamp(this.#fired.at),
      answered_at: toStamp(this.#answered.at),
      late_ms: tenths(this.#fired.lateMs),
      tries: this.#tries,
      outcome: this.#answered.outcome,
    }
    log.info({ shot }, 'fired at the opening')
    await insertShot(db, shot).catch((error) => log.warn({ error: messageOf(error) }, 'the shot was not kept'))
  }
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10
}
