import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FaultInput } from '../../sim/polimisport/faults.ts'
import { openPortalHouse, type PortalHouse, slotOf } from '../support/portal-house.ts'

/**
 * A booking asked for so shortly before the opening of its day (00:00 in Rome, two calendar days before) that its
 * lease lasts when the clock is moved there.
 */
type Case = { name: string; date: string; opensAt: string; faults: FaultInput[] }

const USUAL = { date: '2026-11-27', opensAt: '2026-11-24T23:00:00Z' }
const CASES: Case[] = [
  { name: 'waits for the opening', ...USUAL, faults: [] },
  {
    name: 'keeps trying when the site opens a little late',
    ...USUAL,
    faults: [{ id: 'not-open-yet', seconds: 5 }],
  },
  {
    name: 'keeps trying when the timetable says open and the booking is refused',
    ...USUAL,
    faults: [{ id: 'not-open-yet', seconds: 5, shown: 'open' }],
  },
  { name: 'keeps trying when the site’s clock is behind', ...USUAL, faults: [{ id: 'clock-skew', seconds: -90 }] },
  { name: 'books when the site’s clock is ahead', ...USUAL, faults: [{ id: 'clock-skew', seconds: 90 }] },
  {
    name: 'knows the opening before the night of 23 hours',
    date: '2027-03-30',
    opensAt: '2027-03-27T23:00:00Z',
    faults: [],
  },
  {
    name: 'knows the opening after the night of 25 hours',
    date: '2026-10-28',
    opensAt: '2026-10-25T23:00:00Z',
    faults: [],
  },
]

describe('booking around the opening', () => {
  for (const { name, date, opensAt, faults } of CASES) {
    it(name, async () => {
      const opening = Temporal.Instant.from(opensAt)
      const house = await openPortalHouse(opening.subtract({ minutes: 10 }).toString())
      try {
        const [slot] = (await house.portal.slots(date)).filter(({ skill, spots }) => skill !== null && spots > 1)
        assert.ok(slot)
        // Codes go by the login service's clock, which is not the one that is wrong here.
        await house.run({ type: 'sync' })
        for (const fault of faults) await house.portal.setFault(fault)

        house.clock.move(house.clock.now().until(opening.subtract({ seconds: 15 })))
        const id = await house.enqueue({ type: 'book', slot: slotOf(slot) })
        await house.waitsForOpening(id)
        house.clock.move(house.clock.now().until(opening))
        const action = await house.ended(id)

        assert.equal(action.result?.kind, 'booked', JSON.stringify(action.error))
        assert.deepEqual(await house.onSite(), [`${date} ${slot.time} ${slot.skill}`])
        await assertNothingBefore(house, opensAt, faults)
      } finally {
        await house.close()
      }
    })
  }
})

/** By the site's own clock no submit is made before the opening. */
async function assertNothingBefore(house: PortalHouse, opensAt: string, faults: FaultInput[]): Promise<void> {
  if (faults.some(({ id }) => id === 'clock-skew')) return
  const submits = (await house.portal.requests()).filter(({ path }) => path.endsWith('/BookAppointment'))
  for (const { siteTime } of submits)
    assert.ok(Temporal.Instant.compare(Temporal.Instant.from(siteTime), Temporal.Instant.from(opensAt)) >= 0)
}
