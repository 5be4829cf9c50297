import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { PortalError } from '../../../src/portals/errors.ts'
import { FAULTS, type Never } from './faults.ts'
import type { Open } from './login.ts'
import type { VisitOptions } from './visit.ts'

/** Cancelling, and what may go wrong with it. */
export function checkCancelling(opened: Open, never: Never): void {
  /** An account that holds two bookings. */
  const open = async (t: TestContext, options?: VisitOptions) => {
    const visit = await opened(t, options)
    const { free, other } = visit.site.slots
    for (const slot of [free, other]) await visit.site.bookByHand(visit.person.username, slot)
    const left = async () => [await visit.holds(free), await visit.holds(other)]
    return { ...visit, left }
  }

  describe('cancelling', { concurrency: 4 }, () => {
    it('takes that booking off the list, and no other', async (t) => {
      const { session, cancel, left, sent, steps } = await open(t)
      await cancel()
      assert.deepEqual(await left(), [false, true])
      assert.equal((await session.readBookings()).length, 1)
      assert.equal(await sent('cancel'), 1)
      assert.deepEqual(steps, ['choosing-slot', 'confirming', 'verifying'])
    })

    it('finds nothing the second time, or where nothing was booked', async (t) => {
      const { site, cancel, left, sent, failsWith } = await open(t)
      await cancel()
      await failsWith('slot-gone', cancel())
      await failsWith('slot-gone', cancel(site.slots.full))
      assert.deepEqual([await sent('cancel'), await left()], [1, [false, true]])
    })

    it('gives the place back, and it can be booked again', async (t) => {
      const { session, book, cancel, left } = await open(t)
      await cancel()
      const booking = await book()
      assert.deepEqual(await left(), [true, true])
      await session.cancel(booking, async () => undefined)
      assert.deepEqual(await left(), [false, true])
    })

    it('sends nothing when the moment before is refused', async (t) => {
      const { site, cancel, left, sent } = await open(t)
      const refuse = () => Promise.reject(new Error('the lease is lost'))
      await assert.rejects(cancel(site.slots.free, refuse), /the lease is lost/)
      assert.deepEqual([await sent('cancel'), await left()], [0, [true, true]])
    })

    it(`is cleared up by the list: ${FAULTS['cancel-lost'].means}`, { skip: never['cancel-lost'] }, async (t) => {
      const { site, session, cancel, left, sent } = await open(t)
      await site.set('cancel-lost')
      // The adapter may have looked at the list itself, and then all is well.
      const kinds: readonly string[] = FAULTS['cancel-lost'].kinds
      const error = await cancel().then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      assert.ok(error === undefined || (error instanceof PortalError && kinds.includes(error.kind)), `${error}`)
      await site.clearFaults()
      assert.equal((await session.readBookings()).length, 1)
      assert.deepEqual([await sent('cancel'), await left()], [1, [false, true]])
    })

    for (const fault of ['cancel-error', 'cancel-cut', 'cancel-refused'] as const) {
      it(`leaves the booking where it is: ${FAULTS[fault].means}`, { skip: never[fault] }, async (t) => {
        const { site, session, cancel, left, failsWith } = await open(t)
        await site.set(fault)
        const error = await failsWith(FAULTS[fault].kinds, cancel())
        if (fault === 'cancel-refused') assert.ok(error.portalSays, 'the words of the site are lost')
        assert.deepEqual(await left(), [true, true])
        await site.clearFaults()
        assert.equal((await session.readBookings()).length, 2)
      })
    }
  })
}
