import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Open } from './login.ts'
import type { Visit } from './visit.ts'

const REASON = /taken back/

/** Everything that a session does, by name. */
const WORK: Record<string, (visit: Visit) => Promise<unknown>> = {
  'checking the session': ({ session }) => session.isLoggedIn(),
  'reading the timetable': ({ session }) => session.readTimetable(),
  'reading a slot': ({ session, site }) => session.readSlot(site.slots.free),
  'reading the bookings': ({ session }) => session.readBookings(),
  booking: ({ book }) => book(),
  cancelling: ({ cancel }) => cancel(),
}

const takeBack = ({ abort }: Visit) => abort.abort(new Error('taken back'))

/** The signal ends the work at once, up to the submit; from there on the outcome is known to the list. */
export function checkAborts(open: Open): void {
  describe('the signal', { concurrency: 4 }, () => {
    for (const [what, work] of Object.entries(WORK)) {
      it(`ends ${what} while the site lets us wait`, async (t) => {
        const visit = await open(t)
        const hold = await visit.site.hold('any')
        const working = work(visit)
        working.catch(() => undefined)
        await hold.kept()
        takeBack(visit)
        await assert.rejects(working, REASON)
        await hold.release()
        await assert.rejects(work(visit), REASON)
        assert.deepEqual([await visit.sent('book'), await visit.sent('cancel')], [0, 0])
      })
    }

    it('ends a login while the site lets us wait', async (t) => {
      const visit = await open(t, { inside: false })
      const hold = await visit.site.hold('any')
      const login = visit.session.login()
      login.catch(() => undefined)
      await hold.kept()
      takeBack(visit)
      await assert.rejects(login, REASON)
      await hold.release()
      assert.equal(await (await visit.again('same-context')).session.isLoggedIn(), false)
    })

    it('sends nothing when it comes in the moment before the submit', async (t) => {
      const visit = await open(t)
      await visit.site.bookByHand(visit.person.username, visit.site.slots.other)
      const abort = async () => takeBack(visit)
      await assert.rejects(visit.book(visit.site.slots.free, abort), REASON)
      const { book, cancel, site } = await visit.again('same-context')
      await assert.rejects(visit.cancel(site.slots.other, abort), REASON)
      assert.deepEqual([await visit.sent('book'), await visit.sent('cancel')], [0, 0])
      await cancel(site.slots.other)
      await book()
    })

    it('does not lose a booking that was sent', async (t) => {
      const visit = await open(t)
      const hold = await visit.site.hold('book')
      const booking = visit.book()
      booking.catch(() => undefined)
      await hold.kept()
      takeBack(visit)
      await hold.release()
      const booked = await booking.then(
        () => true,
        () => false,
      )
      const { session } = await visit.again('same-context')
      const listed = (await session.readBookings()).length === 1
      assert.ok(listed || !booked, 'told as booked and not on the list')
      assert.equal(await visit.holds(), listed)
    })
  })
}
