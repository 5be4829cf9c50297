import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Site } from '../../../sim/polimisport/site.ts'
import { DEFAULT_TIMETABLE, dayOfSlotId, slotsOfDay } from '../../../sim/polimisport/timetable.ts'

const MONDAY = Temporal.PlainDate.from('2026-10-12')
const NOW = Temporal.Instant.from('2026-10-12T06:00:00Z')
const week = Array.from({ length: 7 }, (_, days) => MONDAY.add({ days }))

describe('the timetable', () => {
  it('holds a lively week of classes and the whole gym grid', () => {
    const slots = week.flatMap((day) => slotsOfDay(day, DEFAULT_TIMETABLE))
    const classes = slots.filter(({ activity }) => activity === 'classes')

    assert.ok(classes.length >= 20 && classes.length <= 40)
    assert.equal(slots.length - classes.length, 5 * 10 + 2 * 6)
    assert.ok(slots.some(({ capacity, taken }) => capacity === taken))
  })

  it('holds two classes at one time, and that time on the next day', () => {
    const starts = (day: Temporal.PlainDate) =>
      slotsOfDay(day, DEFAULT_TIMETABLE).filter(({ activity, time }) => activity === 'classes' && time === '18:30')

    assert.equal(starts(MONDAY).length, 2)
    assert.equal(starts(MONDAY.add({ days: 1 })).length, 2)
  })

  it('is the same for the same seed and another for another', () => {
    assert.deepEqual(slotsOfDay(MONDAY, DEFAULT_TIMETABLE), slotsOfDay(MONDAY, DEFAULT_TIMETABLE))
    assert.notDeepEqual(slotsOfDay(MONDAY, DEFAULT_TIMETABLE), slotsOfDay(MONDAY, { ...DEFAULT_TIMETABLE, seed: 2 }))
  })

  it('gives ids that do not survive being read as numbers', () => {
    const ids = slotsOfDay(MONDAY, DEFAULT_TIMETABLE).map(({ id }) => id)

    assert.ok(ids.every((id) => id.length === 18 && dayOfSlotId(id)?.equals(MONDAY)))
    assert.ok(new Set(ids.map(Number)).size < ids.length)
    assert.equal(new Set(ids).size, ids.length)
  })
})

describe('the store of the site', () => {
  it('keeps spots between nothing and the capacity, whatever happens', () => {
    const people = fc.constantFrom('10000001', '10000002', '10000003')
    const step = fc.oneof(
      fc.record({ do: fc.constant('book' as const), who: people, index: fc.nat(11) }),
      fc.record({ do: fc.constant('cancel' as const), who: people, index: fc.nat(11) }),
      fc.record({ do: fc.constant('fill' as const), who: people, index: fc.nat(11) }),
      fc.record({ do: fc.constant('shrink' as const), who: people, index: fc.nat(11) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const site = new Site(DEFAULT_TIMETABLE)
        for (const { do: what, who, index } of steps) {
          const slot = site.slotsOn(MONDAY)[index]
          assert.ok(slot)
          const held = site.bookings().find((booking) => booking.username === who && booking.slotId === slot.id)
          if (what === 'book' && !held && site.spots(slot) > 0) site.book(who, slot, NOW)
          if (what === 'cancel' && held) assert.ok(site.cancel(who, held.id))
          if (what === 'fill') site.fill(slot)
          if (what === 'shrink') slot.capacity = Math.floor(slot.capacity / 2)
        }
        for (const slot of site.slotsOn(MONDAY)) assert.ok(site.spots(slot) >= 0 && site.spots(slot) <= slot.capacity)
        const pairs = site.bookings().map(({ username, slotId }) => `${username} ${slotId}`)
        assert.equal(new Set(pairs).size, pairs.length)
      }),
    )
  })

  it('takes one spot a booking and returns it on cancelling', () => {
    const site = new Site(DEFAULT_TIMETABLE)
    const slot = site.slotsOn(MONDAY).find((one) => site.spots(one) > 1)
    assert.ok(slot)
    const before = site.spots(slot)

    const booking = site.book('10000001', slot, NOW)
    assert.equal(site.spots(slot), before - 1)
    assert.equal(site.cancel('10000002', booking.id), false, 'somebody else cannot')
    assert.equal(site.cancel('10000001', booking.id), true)
    assert.equal(site.cancel('10000001', booking.id), false, 'nor twice')

    assert.equal(site.spots(slot), before)
  })

  it('lists what is still to come, soonest first', () => {
    const site = new Site(DEFAULT_TIMETABLE)
    const [monday, tuesday] = [site.slotsOn(MONDAY), site.slotsOn(MONDAY.add({ days: 1 }))]
    for (const slot of [tuesday[3], monday.at(-1), monday[0]]) {
      assert.ok(slot)
      site.book('10000001', slot, NOW)
    }

    const evening = Temporal.Instant.from('2026-10-12T16:00:00Z')
    assert.deepEqual(
      site.upcomingOf('10000001', evening).map(({ slot }) => slot.id),
      [monday.at(-1)?.id, tuesday[3]?.id],
    )
  })
})
