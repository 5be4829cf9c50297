import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { bookByRequest, cancelByRequest } from '../../../sim/polimisport/portal/decide.ts'
import { opensAt, startsAt } from '../../../sim/polimisport/rules.ts'
import { italian } from '../../../sim/polimisport/texts.ts'
import { DEFAULT_TIMETABLE } from '../../../sim/polimisport/timetable.ts'
import { World } from '../../../sim/polimisport/world.ts'
import { ROME } from '../../../sim/polimisport/zone.ts'

/** The Friday before the day with 25 hours. */
const FRIDAY = Temporal.PlainDate.from('2026-10-23')
const PEOPLE = ['10000001', '10000002', '10000003', '10000004']

function newWorld(): World {
  return new World({
    clock: () => FRIDAY.toZonedDateTime(ROME).toInstant(),
    people: PEOPLE.map((username) => ({ username, name: username, password: 'p' })),
    timetable: DEFAULT_TIMETABLE,
    texts: italian,
    waitlist: false,
  })
}

const request = fc.record({
  who: fc.constantFrom(...PEOPLE),
  what: fc.constantFrom('book', 'book', 'cancel'),
  day: fc.nat(3),
  index: fc.nat(2),
  minutesLater: fc.nat(300),
})

describe('what the site decides', () => {
  it('is to book only inside the opening, with a spot, and never twice', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 50 }), (requests) => {
        const world = newWorld()
        for (const { who, what, day, index, minutesLater } of requests) {
          world.setClock({ advanceSeconds: minutesLater * 60 })
          const slot = world.site.slotsOn(FRIDAY.add({ days: day }))[index]
          assert.ok(slot)
          slot.taken = Math.min(slot.taken, slot.capacity - 1)
          slot.capacity = slot.taken + 2
          const held = world.site.bookings().find((one) => one.username === who && one.slotId === slot.id)
          const [now, spots, count] = [world.now(), world.site.spots(slot), world.site.bookings().length]
          const begun = Temporal.Instant.compare(now, startsAt(slot)) >= 0
          const open = Temporal.Instant.compare(now, opensAt(slot.date)) >= 0 && !begun

          const answer =
            what === 'book' ? bookByRequest(world, who, slot) : cancelByRequest(world, who, held?.id ?? 'none')

          const expected = what === 'book' ? open && spots > 0 && !held : held !== undefined && !begun
          assert.equal(answer.status, expected ? 'OK' : 'ERROR')
          const change = expected ? (what === 'book' ? 1 : -1) : 0
          assert.equal(world.site.bookings().length, count + change)
          assert.equal(world.site.spots(slot), spots - change)
        }
      }),
      { numRuns: 60 },
    )
  })
})
