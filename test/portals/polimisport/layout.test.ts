import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import type { Browser } from 'playwright'
import { ELEMENTS, type ElementName } from '../../../sim/polimisport/layout.ts'
import { PortalError } from '../../../src/portals/errors.ts'
import type { Limits } from '../../../src/portals/polimisport/limits.ts'
import { launchTestBrowser } from '../../support/browser.ts'
import { freeSlot, openSite, ZUMBA } from './site.ts'

let browser: Browser
before(async () => {
  browser = await launchTestBrowser()
})
after(() => browser.close())

/** Names that have something to fall back on, in groups that leave that standing. */
const SPARE: readonly (readonly ElementName[])[] = [
  [
    'btn_nuovaprenotazione',
    'list-group-item',
    'list-group-item-heading',
    'home_btt_booking',
    'day-column',
    'day-schedule',
  ],
  ['booking-calendar', 'day-schedule-container', 'day-schedule-slots', 'data-date-offset', 'data-date-target'],
  [
    'day-schedule-label',
    'btn-move-date',
    'skill',
    'time-duration',
    'slot-description2',
    'slot-description3',
    'slot-notes-after',
  ],
  [
    'day-schedule-empty',
    'day-schedule-repository',
    'slot-booked',
    'slot-disabled',
    'time-start',
    'btnConfirmAppointmentBooking',
  ],
  ['booking-confirm-container', 'srModal_g_confirm_dialog', 'data-modalrole', 'event-repository'],
  ['event-info-schedule', 'event-info-description', 'btn-delete', 'automaticaRedirectForm'],
]
/** Without one of these there is no telling what the page says. */
const NEEDED: readonly ElementName[] = [
  'event-slot',
  'slot-available',
  'slot-description',
  'event-main-block',
  'event-info-skill-level',
]
/** For the login tests. */
const ELSEWHERE: readonly ElementName[] = ['login', 'password', 'otp', 'submit-dissms', 'ErrorMessage']

/** What is only slow to come must not be taken for missing, however busy the machine is. */
const PATIENT: Partial<Limits> = { navigationMs: 30_000, requestMs: 30_000, markerMs: 30_000, clickMs: 4_000 }

async function bookWithout(t: TestContext, missing: readonly ElementName[], limits: Partial<Limits>) {
  const site = await openSite(t, browser, { onPages: true, limits })
  const zumba = await freeSlot(site, ZUMBA)
  await site.sim.setFault({ id: 'layout-structure', missing: [...missing] })
  return { site, zumba, booking: site.session.book(zumba, site.beforeSubmit) }
}

describe('booking on pages that lack a name', { concurrency: 4 }, () => {
  for (const missing of SPARE) {
    it(`falls back without ${missing.join(', ')}`, async (t) => {
      const { site, zumba, booking } = await bookWithout(t, missing, PATIENT)
      assert.equal((await booking).date, zumba.date)
      assert.ok(await site.holds(zumba))
    })
  }

  for (const name of NEEDED) {
    it(`never claims what it cannot read without ${name}`, async (t) => {
      const { site, zumba, booking } = await bookWithout(t, [name], { ...PATIENT, markerMs: 4_000, clickMs: 1_000 })
      const error = await booking.then(
        () => assert.fail('booked'),
        (thrown: unknown) => thrown,
      )
      assert.ok(error instanceof PortalError)
      assert.ok(['page-changed', 'slot-full'].includes(error.kind), error.kind)
      assert.equal(await site.holds(zumba), site.submits === 1)
    })
  }

  it('tries every name that the stand-in can take away', () => {
    assert.deepEqual([...SPARE.flat(), ...NEEDED, ...ELSEWHERE].toSorted(), [...ELEMENTS].toSorted())
  })
})
