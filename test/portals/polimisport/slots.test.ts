import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { SlotKey, TimetableSlot } from '../../../src/portals/contract.ts'
import { PortalError } from '../../../src/portals/errors.ts'
import { slotState } from '../../../src/portals/polimisport/slots.ts'
import { findSlot } from '../../../src/portals/shared/slots.ts'
import { disguise } from './arbitraries.ts'

const WANTED: SlotKey = {
  date: '2026-10-16',
  start: '18:30',
  location: 'Giuriati - Corsi Platinum',
  course: 'ZUMBA',
  siteId: null,
}
const slot = (change: Partial<TimetableSlot> = {}): TimetableSlot => ({
  ...WANTED,
  ...{ siteId: '900000000000000001', end: '19:25', instructor: 'MORANDI ISA', spots: 7, state: 'available' },
  ...change,
})
const isGone = (error: unknown) => error instanceof PortalError && error.kind === 'slot-gone'

describe('a slot', () => {
  it('is found by date, start, place and class together', () => {
    const others = [
      slot({ date: '2026-10-17' }),
      slot({ start: '18:00' }),
      slot({ course: 'YOGA' }),
      slot({ location: 'Bovisa - Corsi Platinum' }),
      slot({ location: 'Giuriati - Fit Center', course: null }),
    ]
    assert.equal(findSlot([...others, slot({ siteId: 'x' })], WANTED).siteId, 'x')
    assert.throws(() => findSlot(others, WANTED), isGone)
    assert.throws(() => findSlot([], WANTED), isGone)
  })

  it('is not found by an id alone: the id of another slot counts for nothing', () => {
    assert.throws(() => findSlot([slot({ course: 'YOGA', siteId: '1' })], { ...WANTED, siteId: '1' }), isGone)
    assert.equal(findSlot([slot({ siteId: '2' })], { ...WANTED, siteId: '1' }).siteId, '2')
  })

  it('is not guessed among twins, but told apart by the id of the site', () => {
    const twins = [slot({ siteId: '1', instructor: 'A' }), slot({ siteId: '2', instructor: 'B' })]
    assert.throws(() => findSlot(twins, WANTED), isGone)
    assert.equal(findSlot(twins, { ...WANTED, siteId: '2' }).instructor, 'B')
    assert.throws(() => findSlot([slot({ siteId: '1' }), slot({ siteId: '1' })], { ...WANTED, siteId: '1' }), isGone)
  })

  it('is found in any disguise of its names', () => {
    fc.assert(
      fc.property(disguise, disguise, (wearPlace, wearClass) => {
        const shown = slot({ location: wearPlace(WANTED.location), course: wearClass('AGILITÀ E MOBILITÀ') })
        assert.equal(findSlot([shown], { ...WANTED, course: 'AGILITÀ E MOBILITÀ' }), shown)
      }),
    )
  })
})

describe('the state of a slot', () => {
  it('is read from a status or from classes', () => {
    for (const said of ['Available', 'AVAILABLE', 'event-slot slot-available'])
      assert.equal(slotState(said), 'available')
    for (const said of ['Booked', 'event-slot slot-booked']) assert.equal(slotState(said), 'booked')
    assert.equal(slotState('event-slot slot-disabled'), 'disabled')
  })

  it('is never available when it does not say exactly so', () => {
    for (const said of [
      '',
      'event-slot',
      'Unavailable',
      'slot-available-soon',
      'slot-available slot-disabled',
      'Waiting',
    ]) {
      assert.equal(slotState(said), 'disabled', said)
    }
  })
})
