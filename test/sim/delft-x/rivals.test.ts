import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Catalogue } from '../../../sim/delft-x/catalogue.ts'
import { noFaults } from '../../../sim/delft-x/fault-box.ts'
import { People } from '../../../sim/delft-x/people.ts'
import type { DelftXSim } from '../../../sim/delft-x/server.ts'
import { Site } from '../../../sim/delft-x/site.ts'
import { ANNA, BRAM, MONDAY, openSite, Visitor } from './visitor.ts'

/** Opens on Friday at 13:00. */
const X1A = { date: MONDAY, start: '13:00', place: 'X1 A' }
const OPENING = '2025-11-14T13:00:00'

const at = (sim: DelftXSim, fraction: string) => sim.control.setClock({ at: `${OPENING}.${fraction}`, frozen: true })

describe('a rival', () => {
  it('takes the slot at the very instant', async (t) => {
    for (const [fraction, status] of [
      ['079999', 201],
      ['080', 403],
      ['080001', 403],
    ] as const) {
      const sim = await openSite(t)
      const anna = await new Visitor(sim).logIn()
      await sim.control.setRivals([{ ...X1A, afterMs: 80 }])
      await at(sim, fraction)

      assert.equal((await anna.book(X1A)).status, status)
      assert.equal((await anna.book({ ...X1A, place: 'X1 B' })).status, status === 201 ? 403 : 201)
    }
  })

  it('who came too late stays away when the slot is given back; who comes later takes it', async (t) => {
    for (const [cancelled, status] of [
      ['500', 201],
      ['050', 403],
    ] as const) {
      const sim = await openSite(t)
      const [anna, bram] = [await new Visitor(sim).logIn(), await new Visitor(sim).logIn(BRAM)]
      await sim.control.setRivals([{ ...X1A, afterMs: 80 }])
      await at(sim, '000')
      const { id } = (await anna.book(X1A)).body
      await at(sim, cancelled)
      await anna.cancel(id)
      await at(sim, '600')

      assert.equal((await bram.book(X1A)).status, status)
    }
  })

  it('takes all that is left of a session, and is seen in the list', async (t) => {
    const sim = await openSite(t)
    await sim.control.setRivals([{ date: '2025-11-21', start: '13:00', place: 'Fitness', afterMs: 80 }])
    const taken = async () =>
      (await sim.control.slots('2025-11-21')).find(({ place, start }) => place === 'Fitness' && start === '13:00')
        ?.taken
    await at(sim, '079')
    assert.equal(await taken(), 0)
    await at(sim, '080')
    assert.equal(await taken(), 46)
  })

  it('can be called off, and another one called for', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await sim.control.setRivals([{ ...X1A, afterMs: 80 }])
    await sim.control.clearRivals()
    await at(sim, '100')
    const { id } = (await anna.book(X1A)).body
    await anna.cancel(id)
    await sim.control.setRivals([{ ...X1A, afterMs: 150 }])
    await at(sim, '150')

    assert.equal((await anna.book(X1A)).status, 403)
  })

  it('waits for a window that opens late', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await sim.control.setRivals([{ ...X1A, afterMs: 80 }])
    await sim.control.setFault({ id: 'lateWindow', ms: 700 })
    await at(sim, '779')

    assert.equal((await anna.book(X1A)).status, 201)
  })
})

describe('the fault competitor', () => {
  it('takes every hall half that opens from now on, and none that was open before', async (t) => {
    const sim = await openSite(t)
    await sim.control.setFault({ id: 'competitor', places: ['X1 A', 'X3 B'] })
    await at(sim, '080')

    const taken = (await sim.control.slots(MONDAY)).filter(({ place, taken }) => place !== 'Fitness' && taken > 0)
    assert.deepEqual(
      taken.map(({ place, start }) => `${place} ${start}`),
      ['X1 A 12:00', 'X1 A 13:00', 'X3 B 12:00', 'X3 B 13:00'],
    )
  })

  it('picks moments and cells by the seed', async (t) => {
    const takings = async (seed: number) => {
      const sim = await openSite(t, { seed })
      await sim.control.setFault({ id: 'competitor', afterMs: [0, 1500], probability: 0.5 })
      await sim.control.setClock({ at: '2025-11-15T00:00', frozen: true })
      const slots = (await sim.control.slots(MONDAY)).filter(({ place }) => place !== 'Fitness')
      return slots.map(({ taken }) => taken).join('')
    }
    const [one, again, other] = [await takings(1), await takings(1), await takings(2)]

    assert.equal(one, again)
    assert.notEqual(one, other)
    assert.match(one, /1/)
  })
})

describe('the site under any sequence of deeds', () => {
  it('never has more in a slot than its capacity, nor a member beyond the limits', () => {
    const username = fc.constantFrom(ANNA.username, BRAM.username, 'cvoorbeeld')
    const place = fc.constantFrom('X1 A', 'X1 B', 'X3 A', 'Fitness')
    const start = fc.constantFrom('13:00', '14:00')
    const deed = fc.record({
      kind: fc.constantFrom('book', 'book', 'cancel', 'wait'),
      username,
      place,
      start,
      ms: fc.nat(120),
    })
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), fc.nat(200), (deeds, afterMs) => {
        const people = new People([ANNA, BRAM, { username: 'cvoorbeeld', password: 'p' }], 1)
        const catalogue = new Catalogue(1)
        const site = new Site({ catalogue, seed: 1, profile: 'default', faults: noFaults(1) })
        const slotOf = (place: string, start: string) => site.slotOn(place, MONDAY, start)
        site.setRivals([
          { ...X1A, afterMs },
          { ...X1A, place: 'Fitness', afterMs },
        ])
        let nowMs = slotOf('X1 A', '14:00').opensMs
        for (const { kind, username, place, start, ms } of deeds) {
          nowMs += ms
          const member = people.find(username)
          const slot = slotOf(place, start)
          if (kind === 'book' && member) site.book(member, slot, nowMs)
          const own = site.participations.all().find((one) => one.slot === slot && one.member === member)
          if (kind === 'cancel' && own) site.cancel(own, nowMs)
          const taken = site.cells.taken(site.cells.at(slot, nowMs), nowMs)
          assert.ok(taken >= 0 && taken <= slot.place.capacity)
        }
        const held = site.participations.all()
        const once = (keys: string[]) => assert.equal(new Set(keys).size, keys.length)
        once(held.map(({ member, slot }) => `${member.id} ${slot.start}`))
        once(held.map(({ member, slot }) => `${member.id} ${slot.place.product.description}`))
        once(held.filter(({ slot }) => slot.place.kind === 'hall').map(({ slot }) => slot.key))
      }),
    )
  })
})
