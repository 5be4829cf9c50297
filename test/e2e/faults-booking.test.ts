import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { FaultInput } from '../../sim/polimisport/faults.ts'
import type { ActionErrorKind } from '../../src/db/actions/action.ts'
import { openPortalHouse, type PortalHouse, slotOf } from '../support/portal-house.ts'

/** What one booking comes to under some faults of the site (dossier Polimisport, 9). */
type Case = {
  name: string
  faults: FaultInput[]
  expect: 'booked' | ActionErrorKind
  /** Requests that book, at most; one when left out. */
  submits?: number
  /** Ask for the slot by its name alone. */
  withoutSiteId?: true
}

const route = 'BookAppointment'
const CASES: Case[] = [
  { name: 'waits for slow pages', faults: [{ id: 'slow-page', seconds: 0.4 }], expect: 'booked' },
  { name: 'waits for slow requests', faults: [{ id: 'slow-ajax', seconds: 0.4 }], expect: 'booked' },
  {
    name: 'finds out about a booking whose answer came too late',
    faults: [{ id: 'post-lost-answer', answer: '500', delayMs: 3_500 }],
    expect: 'booked',
  },
  { name: 'goes on after one error 500', faults: [{ id: 'http-500', mode: 'once' }], expect: 'booked' },
  { name: 'goes on after an outage of the site', faults: [{ id: 'http-503', mode: 6 }], expect: 'booked' },
  { name: 'goes on after a cut connection', faults: [{ id: 'connection-reset', mode: 'once' }], expect: 'booked' },
  {
    name: 'asks the list before it repeats a submit that failed with 500',
    faults: [{ id: 'http-500', route, mode: 'once' }],
    expect: 'booked',
    submits: 2,
  },
  {
    name: 'asks the list before it repeats a submit whose connection was cut',
    faults: [{ id: 'connection-reset', route, mode: 'once' }],
    expect: 'booked',
    submits: 2,
  },
  {
    name: 'reports a booking whose answer was lost with 500 as booked',
    faults: [{ id: 'post-lost-answer', answer: '500' }],
    expect: 'booked',
  },
  {
    name: 'reports a booking whose answer was cut as booked',
    faults: [{ id: 'post-lost-answer', answer: 'cut' }],
    expect: 'booked',
  },
  {
    name: 'reports a booking with a lost answer and a list that is down for a while as booked',
    faults: [
      { id: 'post-lost-answer', answer: 'cut' },
      { id: 'http-503', route: '/Booking', skip: 2, mode: 8 },
    ],
    expect: 'booked',
  },
  { name: 'never believes an OK that the list does not show', faults: [{ id: 'false-ok' }], expect: 'refused' },
  {
    name: 'says full when strangers were faster at the submit',
    faults: [{ id: 'full-in-between', at: 'post' }],
    expect: 'slot-full',
  },
  { name: 'passes on that it is booked already', faults: [{ id: 'already-booked' }], expect: 'already-booked' },
  { name: 'passes on that a limit is reached', faults: [{ id: 'limit-reached' }], expect: 'limit-reached' },
  { name: 'verifies by the list when no dialog comes', faults: [{ id: 'dialog-missing' }], expect: 'booked' },
  {
    name: 'refuses to guess between two identical slots',
    faults: [{ id: 'dup-slot' }],
    expect: 'slot-gone',
    submits: 0,
    withoutSiteId: true,
  },
  { name: 'finds the activity in another order among others', faults: [{ id: 'activity-order' }], expect: 'booked' },
  { name: 'reads labels worded otherwise', faults: [{ id: 'layout-text' }], expect: 'booked' },
  { name: 'is not misled by hidden old days', faults: [{ id: 'stale-repository' }], expect: 'booked' },
  {
    name: 'logs in again once when the session ends at a page',
    faults: [{ id: 'session-expired-page' }],
    expect: 'booked',
  },
  {
    name: 'logs in again once when the session ends at the submit',
    faults: [{ id: 'session-expired-ajax', route }],
    expect: 'booked',
    submits: 2,
  },
  { name: 'has no use for the cookie banner', faults: [{ id: 'banner', variant: 'every' }], expect: 'booked' },
]

/** Only where pages are clicked through do these make a difference. */
const PAGE_CASES: Case[] = [
  ...CASES.filter(({ name }) => !/requests|outage/.test(name)),
  { name: 'repeats a lost click on a slot once', faults: [{ id: 'lost-click', target: 'slot' }], expect: 'booked' },
  {
    name: 'repeats a lost click on the activity once',
    faults: [{ id: 'lost-click', target: 'activity' }],
    expect: 'booked',
  },
  {
    name: 'says full when strangers were faster at the confirmation',
    faults: [{ id: 'full-in-between', at: 'confirm' }],
    expect: 'slot-full',
    submits: 0,
  },
  {
    name: 'gets past a banner that comes late, without force',
    faults: [{ id: 'banner', variant: 'late' }],
    expect: 'booked',
  },
  {
    name: 'finds the day where one day is shown at a time',
    faults: [{ id: 'layout-structure', columns: 1 }],
    expect: 'booked',
  },
]

for (const [how, requests, cases] of [
  ['by requests', true, CASES],
  ['on the pages', false, PAGE_CASES],
] as const) {
  describe(`booking ${how}, through queue and worker`, () => {
    let house: PortalHouse
    before(async () => {
      house = await openPortalHouse()
      await house.worker.stop('at once')
      await house.startWorker(requests)
    })
    after(() => house.close())
    beforeEach(async () => {
      await house.portal.clearFaults()
      const { bookings } = await house.portal.state()
      for (const { username, slotId } of bookings) await house.portal.cancelByHand({ username, slotId })
    })

    for (const { name, faults, expect, submits = 1, withoutSiteId } of cases) {
      it(name, async () => {
        const slot = await house.freeSlot()
        const submitsBefore = await house.submits()
        for (const fault of faults) await house.portal.setFault(fault)

        const wanted = { ...slotOf(slot), ...(withoutSiteId && { siteId: null }) }
        const action = await house.run({ type: 'book', slot: wanted })

        const held = (await house.onSite()).filter((it) => it === `${slot.date} ${slot.time} ${slot.skill}`)
        assert.equal(action.error?.kind ?? action.result?.kind, expect, JSON.stringify(action.error))
        assert.equal(held.length, expect === 'booked' ? 1 : 0, 'what the site holds')
        const sent = (await house.submits()) - submitsBefore
        assert.ok(sent <= submits, `${sent} submits`)
      })
    }
  })
}

describe('a submit that never gets an answer', () => {
  let house: PortalHouse
  before(async () => {
    house = await openPortalHouse()
  })
  after(() => house.close())

  it('is not repeated while the site may still be at work on it', async () => {
    const slot = await house.freeSlot()
    await house.run({ type: 'sync' })
    await house.portal.setFault({ id: 'hold', route, mode: 'once' })

    const id = await house.enqueue({ type: 'book', slot: slotOf(slot) })
    const unclear = await house.settledAs(id, (action) => action.status === 'pending' && action.attempt > 0)
    const asked = Temporal.Instant.from(unclear.runAt).since(house.clock.now()).total('seconds')
    await house.portal.release()
    await house.bookedOnSite()
    const action = await house.ended(id)

    assert.ok(unclear.outcomeUnknown && asked > 20, `asked again in ${asked} s`)
    assert.equal(action.result?.kind, 'booked')
    assert.equal(await house.submits(), 1)
    assert.equal((await house.onSite()).length, 1)
  })
})
