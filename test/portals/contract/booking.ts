import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { PortalFacts } from '../../../src/portals/contract.ts'
import { isBookingOf } from '../../../src/portals/match.ts'
import type { Open } from './login.ts'
import type { StandIn } from './stand.ts'

/** Bookings without a fault of the site. */
export function checkBooking(open: Open, facts: PortalFacts): void {
  describe('booking', { concurrency: 4 }, () => {
    it('books the slot, as the list then shows', async (t) => {
      const { site, session, book, holds, sent, steps } = await open(t)
      const booking = await book()
      assert.ok(isBookingOf(booking, site.slots.free))
      assert.deepEqual(await session.readBookings(), [booking])
      assert.ok(await holds())
      assert.equal(await sent('book'), 1)
      assert.deepEqual(steps.slice(-3), ['choosing-slot', 'confirming', 'verifying'])
    })

    it('sends its one request right after the moment before, and waits for that', async (t) => {
      const { site, book } = await open(t)
      let before: number | undefined
      await book(site.slots.free, async () => {
        before = await afterAWhile(site)
      })
      const next = (await site.requests()).slice(before)
      assert.equal(next[0], 'book', `${next}`)
    })

    it('sends nothing when that moment is refused', async (t) => {
      const { site, book, holds, sent } = await open(t)
      const refuse = () => Promise.reject(new Error('the lease is lost'))
      await assert.rejects(book(site.slots.free, refuse), /the lease is lost/)
      assert.deepEqual([await sent('book'), await holds()], [0, false])
      await book()
      assert.ok(await holds())
    })

    it('does not book twice', async (t) => {
      const { site, person, book, failsWith } = await open(t)
      await book()
      await failsWith('already-booked', book())
      assert.equal((await site.holdings(person.username)).length, 1)
    })

    it('books beside what the account holds', async (t) => {
      const { site, session, book } = await open(t)
      await book()
      await book(site.slots.other)
      assert.equal((await session.readBookings()).length, 2)
    })

    it('ends when the slot is full, gone or over', async (t) => {
      const { site, person, book, failsWith } = await open(t)
      const { full, gone, over } = site.slots
      await failsWith('slot-full', book(full))
      await failsWith('slot-gone', book(gone))
      await failsWith('too-late', book(over))
      assert.deepEqual(await site.holdings(person.username), [])
    })

    it('takes the slot asked for, not another of that id or time', async (t) => {
      const { site, book, holds } = await open(t)
      const { free, other } = site.slots
      await book({ ...free, siteId: other.siteId })
      assert.deepEqual([await holds(free), await holds(other)], [true, false])
    })
  })

  describe('the opening', { concurrency: 4 }, () => {
    it('is the instant that the pure room tells', async (t) => {
      const { site, clock, book, holds, failsWith } = await open(t)
      const { notOpen } = site.slots
      const opening = facts.opening(notOpen)
      const early = await failsWith('not-open-yet', book(notOpen))
      assert.equal(`${early.opensAt}`, `${opening}`)
      clock.advance(opening.epochMilliseconds - clock.now().epochMilliseconds - 1)
      await failsWith('not-open-yet', book(notOpen))
      assert.equal(await holds(notOpen), false)
      clock.advance(1)
      await book(notOpen)
      assert.ok(await holds(notOpen))
    })

    for (const seconds of [90, -90]) {
      it(`goes by the site's clock, ${seconds} s from ours`, async (t) => {
        const { site, book, failsWith } = await open(t)
        await site.skew(seconds)
        const { opensAt } = await failsWith('not-open-yet', book(site.slots.notOpen))
        const late = opensAt?.since(facts.opening(site.slots.notOpen)).total('seconds') ?? 0
        // The header that tells the site's clock has whole seconds.
        assert.ok(Math.abs(late + seconds) <= 1, `${late} s`)
      })
    }
  })
}

/** Gives what was not awaited the time to be sent. Returns how many requests have come. */
async function afterAWhile(site: StandIn): Promise<number> {
  for (let turns = 0; turns < 50; turns++) await turn()
  return (await site.requests()).length
}
