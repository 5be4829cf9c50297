import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { FAULTS, type Never } from './faults.ts'
import type { Open } from './login.ts'

const EVERYWHERE = ['down', 'unreachable', 'silent', 'rate-limited', 'blocked'] as const

/** The site as a whole fails: never taken for a logout, an empty list or a missing slot; and it passes. */
export function checkOutages(open: Open, never: Never): void {
  describe('an outage', { concurrency: 4 }, () => {
    for (const fault of EVERYWHERE) {
      const [kind] = FAULTS[fault].kinds
      it(`is ${kind} for everything: ${FAULTS[fault].means}`, { skip: never[fault] }, async (t) => {
        const visit = await open(t, { impatient: fault === 'silent' })
        const { site, session, book, cancel, failsWith } = visit
        await site.bookByHand(visit.person.username, site.slots.other)
        await site.set(fault)
        await failsWith(kind, session.isLoggedIn())
        await failsWith(kind, book())
        if (fault !== 'silent') {
          // Each would wait as long again.
          await failsWith(kind, session.readBookings())
          await failsWith(kind, session.readTimetable())
          await failsWith(kind, session.readSlot(site.slots.free))
          await failsWith(kind, cancel(site.slots.other))
        }
        await site.clearFaults()
        assert.equal(await session.isLoggedIn(), true)
        assert.equal((await session.readBookings()).length, 1)
      })

      it(`is ${kind} for a login: ${FAULTS[fault].means}`, { skip: never[fault] }, async (t) => {
        const { site, session, failsWith } = await open(t, { inside: false, impatient: fault === 'silent' })
        await site.set(fault)
        await failsWith(kind, session.login())
      })
    }
  })

  describe('a changed site', { concurrency: 4 }, () => {
    it(`is told of when ${FAULTS['timetable-changed'].means}`, { skip: never['timetable-changed'] }, async (t) => {
      const { site, session, failsWith } = await open(t)
      await site.set('timetable-changed')
      const error = await failsWith('page-changed', session.readTimetable())
      assert.ok(error.lookedFor, 'it does not say what was looked for')
    })

    it(`is told of when ${FAULTS['bookings-changed'].means}`, { skip: never['bookings-changed'] }, async (t) => {
      const { site, session, person, failsWith } = await open(t)
      await site.bookByHand(person.username, site.slots.other)
      await site.set('bookings-changed')
      const error = await failsWith('page-changed', session.readBookings())
      assert.ok(error.lookedFor, 'it does not say what was looked for')
    })
  })
}
