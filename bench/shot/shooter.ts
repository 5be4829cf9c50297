import { systemClock } from '../../src/core/clock.ts'
import { SHOT_DEFAULTS } from '../../src/core/config.ts'
import { createLog } from '../../src/core/log.ts'
import type { PortalClock } from '../../src/planner/portal-clock.ts'
import { firstShot } from '../../src/planner/shot-schedule.ts'
import type { ArmedBooking } from '../../src/portals/contract.ts'
import { delftXOperator } from '../../src/portals/delft-x/operator.ts'
import { PortalError } from '../../src/portals/errors.ts'
import { keepBrowser } from '../../src/worker/browser.ts'
import { PortalClocks } from '../../src/worker/shot/portal-clocks.ts'
import { PreciseTimer } from '../../src/worker/shot/precise-timer.ts'
import type { Place } from '../place.ts'
import type { Person, Site } from './site.ts'

/** What a worker does at an opening, with the worker's own parts: an armed booking, the portal's clock, the timer. */
export type Shooter = {
  /** Measures the portal's clock anew, and answers what is known of it. */
  aim(): Promise<PortalClock>
  /** Fires so that the request arrives just after `epochMs` of the portal's clock. */
  fireAt(epochMs: number): Promise<void>
}

const AIM_LIMIT_MS = 12_500
const NEVER = new AbortController().signal
const log = createLog('bench', 'silent')

/** Logs in by the portal's pages, in a real browser, and arms a booking of a slot that is not open yet. */
export async function openShooter(place: Place, site: Site, person: Person): Promise<Shooter> {
  const browser = keepBrowser({ headless: true }, log)
  place.onClose(() => browser.close())
  const context = await browser.newContext(delftXOperator.contextOptions)
  const session = await delftXOperator.openSession({
    context,
    urls: site.urls,
    credentials: person,
    clock: systemClock,
    signal: NEVER,
    step: async () => undefined,
    warn: () => undefined,
  })
  await session.login()
  const armed = await session.arm?.(slotAhead())
  if (!armed) throw new Error('this portal lets nothing be armed')
  return shooterWith(armed)
}

function shooterWith(armed: ArmedBooking): Shooter {
  const timer = new PreciseTimer()
  let clock: PortalClock | undefined
  return {
    async aim() {
      const by = performance.now() + AIM_LIMIT_MS
      const question = { portal: 'delft-x', ping: armed.ping, by, portalBy: Infinity, goodMs: 2, signal: NEVER, log }
      clock = await new PortalClocks(systemClock).of(question)
      if (!clock) throw new Error('the stand-in does not tell its clock')
      return clock
    },
    async fireAt(epochMs) {
      if (!clock) throw new Error('nothing was aimed at')
      try {
        await timer.at(firstShot(epochMs, clock, SHOT_DEFAULTS), NEVER, armed.fire)
      } catch (error) {
        // Any answer will do: only when the request arrived is measured.
        if (!(error instanceof PortalError)) throw error
      }
    },
  }
}

/** A hall that opens in some days: nothing is booked while it is shot at. */
export function slotAhead() {
  const day = Temporal.Now.zonedDateTimeISO('Europe/Amsterdam').add({ days: 6 })
  return { date: day.toPlainDate().toString(), start: '14:00', location: 'X1', course: 'X1 A', siteId: null }
}
