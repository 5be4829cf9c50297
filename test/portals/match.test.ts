import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { PortalBooking } from '../../src/portals/contract.ts'
import { isBookingOf, nameKey, titleOf } from '../../src/portals/match.ts'

const slot = { date: '2026-11-23', start: '18:00', location: 'Giuriati - Corsi Platinum', course: 'YOGA' }
const booking: PortalBooking = { ...slot, end: '19:00', cancellable: true }

describe('the name of a slot', () => {
  it('is its class, or else the last part of its place', () => {
    assert.equal(titleOf(slot), 'YOGA')
    assert.equal(titleOf({ location: 'Giuriati – Fit Center', course: null }), 'Fit Center')
    assert.equal(titleOf({ location: 'Fit-Center', course: null }), 'Fit-Center')
    assert.equal(titleOf({ location: '', course: null }), '')
  })

  it('is the same however the portal writes it', () => {
    assert.equal(nameKey({ location: 'x', course: '  Yoga\u00a0' }), nameKey(slot))
    assert.equal(
      nameKey({ location: 'GIURIATI — FIT CENTER', course: null }),
      nameKey({ location: 'Fit Center', course: null }),
    )
  })
})

describe('a booking and its slot', () => {
  it('belong together by date, start and folded name', () => {
    assert.ok(isBookingOf(booking, slot))
    assert.ok(isBookingOf({ ...booking, location: 'elsewhere written', course: 'yoga ' }, slot))
  })

  it('do not when any of the three is another', () => {
    assert.ok(!isBookingOf({ ...booking, date: '2026-11-24' }, slot))
    assert.ok(!isBookingOf({ ...booking, start: '18:30' }, slot))
    assert.ok(!isBookingOf({ ...booking, course: 'YOGA 2' }, slot))
    assert.ok(!isBookingOf({ ...booking, course: null }, slot))
  })

  it('belong together whichever of the two is asked', () => {
    const name = fc.constantFrom('Yoga', 'YOGA', 'Pilates', null)
    const place = fc.constantFrom('A - Fit', 'B – Fit', 'Fit')
    const named = fc.record({ location: place, course: name })

    fc.assert(
      fc.property(named, named, (a, b) => {
        const one = isBookingOf({ ...booking, ...a }, { ...slot, ...b })

        assert.equal(one, isBookingOf({ ...booking, ...b }, { ...slot, ...a }))
        assert.equal(one, nameKey(a) === nameKey(b))
      }),
    )
  })
})
