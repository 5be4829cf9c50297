import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { POLICY } from '../../../src/planner/policy.ts'
import type { PortalFacts } from '../../../src/portals/contract.ts'
import { isBookingOf } from '../../../src/portals/match.ts'
import { FAULTS, type Never } from './faults.ts'
import type { Open } from './login.ts'

const DONE = ['answer-lost', 'answer-cut'] as const
const UNDONE = ['error-before', 'cut-before', 'submit-silent'] as const
const REFUSED = ['full-in-between', 'limit-reached', 'overlap', 'no-subscription', 'refused', 'only-said'] as const
/** Refusals that come with the site's words, which people are to read. */
const SAID: readonly string[] = ['limit-reached', 'overlap', 'no-subscription', 'refused']

/** What may go wrong from the submit on. After trouble the queue asks the list: it has to tell the truth then. */
export function checkTroubles(open: Open, facts: PortalFacts, never: Never): void {
  describe('an unclear submit', { concurrency: 4 }, () => {
    for (const fault of DONE) {
      it(`is cleared up by the list: ${FAULTS[fault].means}`, { skip: never[fault] }, async (t) => {
        const { site, session, person, book, holds, sent, failsWith } = await open(t)
        await site.set(fault)
        const { kind } = await failsWith(FAULTS[fault].kinds, book())
        assert.equal(POLICY[kind], 'retry')
        assert.deepEqual([await sent('book'), await holds()], [1, true])
        await site.clearFaults()
        assert.ok((await session.readBookings()).some((booking) => isBookingOf(booking, site.slots.free)))
        await failsWith('already-booked', book())
        assert.equal((await site.holdings(person.username)).length, 1)
      })
    }

    for (const fault of UNDONE) {
      it(`is cleared up by the list: ${FAULTS[fault].means}`, { skip: never[fault] }, async (t) => {
        const { site, session, book, holds, sent, failsWith } = await open(t, { impatient: fault === 'submit-silent' })
        await site.set(fault)
        const { kind } = await failsWith(FAULTS[fault].kinds, book())
        assert.equal(POLICY[kind], 'retry')
        assert.deepEqual([await sent('book'), await holds()], [1, false])
        await site.clearFaults()
        assert.deepEqual(await session.readBookings(), [])
        await book()
        assert.ok(await holds())
      })
    }

    it(`is done again after a login: ${FAULTS['session-dies'].means}`, { skip: never['session-dies'] }, async (t) => {
      const { site, session, person, book, holds, failsWith } = await open(t)
      await site.set('session-dies')
      await failsWith('session-expired', book())
      assert.deepEqual([await session.isLoggedIn(), await holds()], [false, false])
      await session.login()
      assert.deepEqual(await session.readBookings(), [])
      await book()
      assert.equal((await site.holdings(person.username)).length, 1)
    })
  })

  describe('a refusal', { concurrency: 4 }, () => {
    for (const fault of REFUSED) {
      it(`is told by its kind: ${FAULTS[fault].means}`, { skip: never[fault] }, async (t) => {
        const { site, book, holds, sent, failsWith } = await open(t)
        await site.set(fault)
        const error = await failsWith(FAULTS[fault].kinds, book())
        assert.deepEqual([await sent('book'), await holds()], [1, false])
        // Only what was accepted may show yet.
        assert.equal(error.unproven, fault === 'only-said' && error.kind === 'refused')
        if (SAID.includes(fault)) assert.ok(error.portalSays, 'the words of the site are lost')
      })
    }

    it(`is no end when ${FAULTS['opens-late'].means}`, { skip: never['opens-late'] }, async (t) => {
      const { site, clock, book, holds, failsWith } = await open(t)
      const { notOpen } = site.slots
      clock.advance(facts.opening(notOpen).epochMilliseconds - clock.now().epochMilliseconds)
      await site.set('opens-late')
      const { opensAt } = await failsWith('not-open-yet', book(notOpen))
      const inMs = opensAt?.since(clock.now()).total('milliseconds') ?? 0
      assert.ok(inMs > 0 && inMs <= 60_000, `to be tried again in ${inMs} ms`)
      assert.equal(await holds(notOpen), false)
      clock.advance(60_000)
      await book(notOpen)
      assert.ok(await holds(notOpen))
    })
  })
}
