import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fold } from '../../src/core/fold.ts'

/** Letters, marks, dashes and spaces as sites and people mix them. */
const name = fc.string({
  unit: fc.constantFrom(...'aZèÈéøñ', 'e\u0301', '\u0301', ...' -–—−\u2011', '\u00a0', '\u2003', '\t', 'ﬁ', 'İ', '1'),
  maxLength: 20,
})
const word = fc.string({ unit: fc.constantFrom(...'abcdèéìòùxyz09'), minLength: 1, maxLength: 8 })

describe('folding a name', () => {
  it('changes nothing the second time', () => {
    fc.assert(fc.property(name, (text) => assert.equal(fold(fold(text)), fold(text))))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(fold(fold(text)), fold(text))))
  })

  it('does not see case, accents or how they are composed', () => {
    fc.assert(
      fc.property(word, (text) => {
        assert.equal(fold(text.toUpperCase()), fold(text))
        assert.equal(fold(text.normalize('NFD')), fold(text.normalize('NFC')))
        assert.equal(fold(text.normalize('NFD').replace(/\p{Mark}/gu, '')), fold(text))
      }),
    )
  })

  it('takes every dash for the same, spaced or not', () => {
    const dash = fc.constantFrom('-', '–', '—', '−', '\u2011', ' - ', '\u00a0– ', '—\u2003')

    fc.assert(
      fc.property(word, word, dash, (a, b, between) => assert.equal(fold(a + between + b), fold(`${a} - ${b}`))),
    )
  })

  it('takes any run of spaces for one, and none at the ends', () => {
    const spaces = fc.string({ unit: fc.constantFrom(' ', '\t', '\u00a0', '\u2003'), minLength: 1, maxLength: 4 })

    fc.assert(
      fc.property(word, word, spaces, (a, b, gap) => assert.equal(fold(gap + a + gap + b + gap), fold(`${a} ${b}`))),
    )
  })

  it('keeps different names apart', () => {
    assert.equal(fold(' GIURIATI –  Corsi Platinum '), 'giuriati - corsi platinum')
    assert.notEqual(fold('Yoga'), fold('Yoga 2'))
    assert.notEqual(fold('Total Body'), fold('TotalBody'))
  })
})
