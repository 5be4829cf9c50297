import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { PortalError } from '../../../src/portals/errors.ts'
import { isBookingOf } from '../../../src/portals/match.ts'
import { bookingOfCard, type Card } from '../../../src/portals/polimisport/bookings.ts'
import { anyDate, disguise, FULL_FORMATS } from './arbitraries.ts'

const TODAY = Temporal.PlainDate.from('2026-10-12')
const CARD: Card = {
  ...{ text: '14/10/2026 18:30 55 min Giuriati - Corsi Platinum YOGA Annulla', date: '14/10/2026', start: '18:30' },
  ...{ duration: '55 min', description: 'Giuriati - Corsi Platinum', skill: 'YOGA', remove: 'Annulla' },
}
const YOGA = { date: '2026-10-14', start: '18:30', end: '19:25', location: 'Giuriati - Corsi Platinum', course: 'YOGA' }

describe('a card of the list', () => {
  it('is a booking', () => assert.deepEqual(bookingOfCard(CARD, TODAY), { ...YOGA, cancellable: true }))

  it('of the gym has no class', () => {
    const card = { ...CARD, description: 'Giuriati - Fit Center', skill: '' }
    const booking = bookingOfCard(card, TODAY)
    assert.deepEqual([booking.location, booking.course], ['Giuriati - Fit Center', null])
    assert.ok(isBookingOf(booking, { ...YOGA, location: 'Giuriati - Fit Center', course: null }))
  })

  it('cannot be cancelled without its button', () => {
    assert.equal(bookingOfCard({ ...CARD, remove: null }, TODAY).cancellable, false)
  })

  it('is read from its text where an element is missing', () => {
    assert.deepEqual(bookingOfCard({ ...CARD, date: null, start: null, duration: null }, TODAY), {
      ...YOGA,
      cancellable: true,
    })
  })

  it('without a date, a start or a name is a changed page', () => {
    const blank = { ...CARD, text: 'YOGA' }
    for (const card of [
      { ...blank, date: null },
      { ...blank, date: 'presto' },
      { ...blank, start: null },
      { ...blank, description: null, skill: null },
      { ...CARD, skill: null },
    ]) {
      assert.throws(
        () => bookingOfCard(card, TODAY),
        (error) => error instanceof PortalError && error.kind === 'page-changed',
      )
    }
  })

  it('is that of its slot in any format and disguise', () => {
    fc.assert(
      fc.property(anyDate, fc.constantFrom(...FULL_FORMATS), disguise, (date, format, wear) => {
        const card = {
          ...CARD,
          date: wear(format(date)),
          description: wear(YOGA.location),
          skill: wear('Agilità e Mobilità'),
        }
        const slot = { ...YOGA, date: date.toString(), course: 'AGILITÀ E MOBILITÀ' }
        assert.ok(isBookingOf(bookingOfCard(card, TODAY), slot))
      }),
    )
  })
})
