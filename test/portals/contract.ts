import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import { PORTAL_ERROR_KINDS, type PortalErrorKind } from '../../src/portals/errors.ts'
import { launchTestBrowser } from '../support/browser.ts'
import { checkAborts } from './contract/aborts.ts'
import { checkArming } from './contract/arming.ts'
import { checkBooking } from './contract/booking.ts'
import { checkCancelling } from './contract/cancelling.ts'
import { checkAgreement, checkFacts } from './contract/facts.ts'
import { FAULTS, type Never } from './contract/faults.ts'
import { checkLogin } from './contract/login.ts'
import { checkOutages } from './contract/outages.ts'
import type { PortalStand } from './contract/stand.ts'
import { checkReading } from './contract/timetable.ts'
import { checkTroubles } from './contract/troubles.ts'
import { openVisit, type VisitOptions } from './contract/visit.ts'

/** The suite that every portal passes against its stand-in, in a real browser. docs/writing-a-portal.md leads through it. */
export function checkPortal(name: string, stand: PortalStand): void {
  describe(`the contract at ${name}`, () => {
    let browser: Browser
    before(async () => {
      browser = await launchTestBrowser()
    })
    after(() => browser.close())
    const met = new Set<PortalErrorKind>()
    const kit = { stand, browser: () => browser, met }
    const open = (t: TestContext, options?: VisitOptions) => openVisit(t, kit, options)
    const { facts, never } = stand

    checkFacts(stand)
    it('says the same in both rooms and of its stand-in', async (t) => {
      const { site } = await open(t)
      checkAgreement(stand, site)
    })
    checkLogin(open, never)
    checkReading(open, facts)
    checkBooking(open, facts)
    checkTroubles(open, facts, never)
    checkCancelling(open, never)
    checkOutages(open, never)
    checkAborts(open)
    checkArming(open, stand)

    it('met every kind of error but those that the portal cannot have', () => {
      const missed = PORTAL_ERROR_KINDS.filter((kind) => !met.has(kind) && !isExcused(kind, never))
      assert.deepEqual(missed, [])
      for (const [fault, why] of Object.entries(never)) assert.ok(why.length > 20, `${fault}: why can it not be?`)
    })
  })
}

/** Whether the stand-in cannot bring about this kind, by its driver's own words. */
function isExcused(kind: PortalErrorKind, never: Never): boolean {
  const causes = Object.entries(FAULTS).filter(([, { kinds }]) => kinds.length === 1 && kinds[0] === kind)
  return causes.length > 0 && causes.every(([fault]) => Object.hasOwn(never, fault))
}
