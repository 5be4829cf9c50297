import type { Outcome } from './rules.ts'
import type { Slot } from './slots.ts'

/** One booking POST as the site saw it. */
export type Attempt = {
  account: string | null
  place: string
  date: string
  start: string
  /** When it had arrived at the site, by the site's clock, to a microsecond. */
  arrivedAt: string
  /** Arrival minus the slot's nominal opening, by a clock that never jumps while the site's runs; fractions count. */
  offsetMs: number
  /** None until answered; none for ever when the connection was cut. */
  status: number | null
  /** What was done, whatever was answered. */
  outcome: AttemptOutcome
  /** From the arrival to the answer, without the travel. */
  tookMs: number | null
}

export type AttemptOutcome = Outcome | 'pending' | 'bad-token' | 'malformed' | 'rate-limited' | 'failed' | 'dropped'

type Noted = {
  account: string | undefined
  slot: Slot
  arrivedMs: number
  since: number
  status: number | null
  outcome: AttemptOutcome
  tookMs: number | null
}

/** The log of all booking POSTs that named a slot. Noted as numbers; written out when somebody reads them. */
export class Attempts {
  #noted: Noted[] = []

  /** `arrivedMs` by the site's clock, `since` by `performance.now()`. */
  begin(account: string | undefined, slot: Slot, arrivedMs: number, since: number): Noted {
    const noted = { account, slot, arrivedMs, since, status: null, outcome: 'pending' as const, tookMs: null }
    this.#noted.push(noted)
    return noted
  }

  end(noted: Noted, status: number | null): void {
    noted.status = status
    noted.tookMs = performance.now() - noted.since
  }

  clear(): void {
    this.#noted = []
  }

  all(): Attempt[] {
    return this.#noted.map(({ account, slot, arrivedMs, status, outcome, tookMs }) => ({
      account: account ?? null,
      ...{ place: slot.place.description, date: slot.date, start: slot.start },
      arrivedAt: new Temporal.Instant(BigInt(Math.round(arrivedMs * 1000)) * 1000n).toString({
        smallestUnit: 'microsecond',
      }),
      offsetMs: arrivedMs - slot.opensMs,
      ...{ status, outcome, tookMs },
    }))
  }
}
