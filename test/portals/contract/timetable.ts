import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PortalFacts, SlotKey, TimetableSlot } from '../../../src/portals/contract.ts'
import { nameKey } from '../../../src/portals/match.ts'
import type { Open } from './login.ts'

const DATE = /^\d{4}-\d\d-\d\d$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

type Named = Pick<SlotKey, 'date' | 'start' | 'location' | 'course'>

const keyOf = (slot: Named) => `${slot.date} ${slot.start} ${slot.location} | ${nameKey(slot)}`
const inOrder = (slots: readonly TimetableSlot[]) => slots.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))

/** What is read of the slots and of the bookings. */
export function checkReading(open: Open, facts: PortalFacts): void {
  describe('the timetable', { concurrency: 4 }, () => {
    it('is read whole, each slot once and well-formed, the places of plans among them', async (t) => {
      const { site, session, clock } = await open(t)
      const slots = await session.readTimetable()
      const keys = slots.map(keyOf)
      assert.equal(new Set(keys).size, keys.length, 'slots that cannot be told apart')
      assert.deepEqual(keys.toSorted(), (await site.timetable()).map(keyOf).toSorted())
      const today = clock.now().toZonedDateTimeISO(facts.timeZone).toPlainDate()
      const last = today.add({ days: facts.viewDays }).toString()
      assert.ok(keys.every((key) => key >= today.toString() && key < last))
      for (const slot of slots) checkForm(slot)
      const shown = new Set(slots.map(({ location, course }) => `${location} | ${course}`))
      const planned = (facts.planPlaces ?? []).flatMap(({ place, options }) =>
        options.map((one) => `${place} | ${one}`),
      )
      assert.deepEqual(
        planned.filter((place) => !shown.has(place)),
        [],
      )
    })

    it('shows as available what can be booked now and nothing else, as often as it is read', async (t) => {
      const { site, session } = await open(t)
      const slots = await session.readTimetable()
      const stateOf = (wanted: SlotKey) => slots.find((slot) => keyOf(slot) === keyOf(wanted))?.state
      const { free, other, full, notOpen } = site.slots
      assert.deepEqual([stateOf(free), stateOf(other)], ['available', 'available'])
      assert.notEqual(stateOf(full), 'available')
      assert.equal(stateOf(notOpen), 'disabled')
      assert.deepEqual(inOrder(await session.readTimetable()), inOrder(slots))
      for (const wanted of [free, full, notOpen]) {
        const same = slots.find((slot) => keyOf(slot) === keyOf(wanted))
        assert.deepEqual(await session.readSlot(wanted), same)
        const around = await session.readAround?.(wanted)
        if (around === undefined) continue
        assert.deepEqual(around.slot, same)
        const others = slots.filter(
          (slot) => slot !== same && around.others.some((other) => keyOf(other) === keyOf(slot)),
        )
        assert.deepEqual(inOrder(around.others), inOrder(others))
      }
    })
  })

  describe('one slot', { concurrency: 4 }, () => {
    it('is known by date, start and place, without the id of the site', async (t) => {
      const { site, session } = await open(t)
      const { free } = site.slots
      assert.deepEqual(await session.readSlot({ ...free, siteId: null }), await session.readSlot(free))
    })

    it('is gone, or over', async (t) => {
      const { site, session, failsWith } = await open(t)
      await failsWith('slot-gone', session.readSlot(site.slots.gone))
      await failsWith('too-late', session.readSlot(site.slots.over))
    })
  })

  describe('the bookings', { concurrency: 4 }, () => {
    it('are none, then those that the account holds', async (t) => {
      const { site, session, person } = await open(t)
      assert.deepEqual(await session.readBookings(), [])
      const { free, other } = site.slots
      for (const slot of [free, other]) await site.bookByHand(person.username, slot)
      const bookings = await session.readBookings()
      assert.deepEqual(bookings.map(keyOf).toSorted(), [free, other].map(keyOf).toSorted())
      for (const { end, cancellable } of bookings) {
        assert.ok(cancellable)
        assert.match(end ?? '00:00', TIME)
      }
    })
  })
}

function checkForm(slot: TimetableSlot): void {
  assert.match(slot.date, DATE)
  assert.match(slot.start, TIME)
  assert.match(slot.end, TIME)
  assert.notEqual(slot.end, slot.start)
  for (const name of [slot.location, slot.course]) assert.ok(name === null || (name !== '' && name === name.trim()))
  assert.ok(slot.spots === null || (Number.isInteger(slot.spots) && slot.spots >= 0))
}
