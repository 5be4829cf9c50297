import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fold } from '../../../src/core/fold.ts'
import { instructorOf, nameOf, spotsOf, tidy } from '../../../src/portals/polimisport/names.ts'
import { minutesIn, timeAfter, timeIn } from '../../../src/portals/polimisport/times.ts'
import { disguise } from './arbitraries.ts'

const CLASSES = 'Giuriati - Corsi Platinum'
const GYM = 'Giuriati - Fit Center'

describe('names', () => {
  it('are the place and the class, wherever the class stands', () => {
    const yoga = { location: CLASSES, course: 'YOGA' }
    assert.deepEqual(nameOf(CLASSES, 'YOGA'), yoga)
    assert.deepEqual(nameOf(`${CLASSES} - `, 'YOGA'), yoga)
    assert.deepEqual(nameOf(`${CLASSES} - YOGA`, null), yoga)
    assert.deepEqual(nameOf(`${CLASSES} - YOGA`, 'YOGA'), yoga)
    assert.deepEqual(nameOf('GIURIATI \u2013 CORSI\u00a0PLATINUM', '\u00a0YOGA '), yoga)
  })

  it('have no class in the gym', () => {
    assert.deepEqual(nameOf(GYM, null), { location: GYM, course: null })
    assert.deepEqual(nameOf(`${GYM} -\u00a0`, ''), { location: GYM, course: null })
  })

  it('are kept as they are elsewhere', () => {
    assert.deepEqual(nameOf('Bovisa - Tennis', null), { location: 'Bovisa - Tennis', course: null })
    assert.deepEqual(nameOf('Bovisa - Tennis - DOPPIO', 'Doppio'), { location: 'Bovisa - Tennis', course: 'Doppio' })
  })

  it('of the known activities survive any disguise', () => {
    fc.assert(
      fc.property(fc.constantFrom(CLASSES, GYM), disguise, (name, wear) => {
        assert.equal(nameOf(wear(name), null).location, name)
      }),
    )
  })

  it('of classes fold to the same in any disguise', () => {
    fc.assert(
      fc.property(fc.constantFrom('AGILITÀ E MOBILITÀ', 'PRE-PUGILISTICA', 'Caffè', 'GAG'), disguise, (name, wear) => {
        assert.equal(fold(nameOf(CLASSES, wear(name)).course ?? ''), fold(name))
      }),
    )
  })

  it('are tidied once and for all', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(tidy(tidy(text)), tidy(text))))
  })
})

describe('the rest of a slot', () => {
  it('has an instructor after "con", or alone, or none', () => {
    assert.equal(instructorOf('con ESEMPIO ADA'), 'ESEMPIO ADA')
    assert.equal(instructorOf('\u00a0CON  Esempio Ada '), 'Esempio Ada')
    assert.equal(instructorOf('CONTI UGO'), 'CONTI UGO')
    for (const none of ['', ' ', null, undefined]) assert.equal(instructorOf(none), null)
  })

  it('has spots only when there is a number', () => {
    assert.equal(spotsOf('Posti disponibili: 7'), 7)
    assert.equal(spotsOf('Posti disponibili: 0'), 0)
    for (const none of ['Posti disponibili', '', null, undefined]) assert.equal(spotsOf(none), null)
  })

  it('has times of day and minutes', () => {
    assert.equal(timeIn('18:30'), '18:30')
    assert.equal(timeIn(' ore 8.30 '), '08:30')
    for (const none of ['', '25:00', '18:60', '118:30', null]) assert.equal(timeIn(none), null)
    assert.equal(minutesIn('55 min'), 55)
    assert.equal(minutesIn('90min.'), 90)
    assert.equal(minutesIn('min'), null)
    assert.equal(timeAfter('18:30', 55), '19:25')
    assert.equal(timeAfter('23:30', 45), '00:15')
  })
})
