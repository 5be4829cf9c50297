import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dropNames, PLAIN, restyle, TEXT_VARIANTS, type TextVariant } from '../../../sim/polimisport/layout.ts'
import { dayLabel } from '../../../sim/polimisport/portal/labels.ts'
import { italian } from '../../../sim/polimisport/texts.ts'

const label = (...variants: TextVariant[]): string =>
  dayLabel(Temporal.PlainDate.from('2026-10-14'), italian, { ...PLAIN, variants })

describe('the layout', () => {
  it('labels days as the site does', () => {
    assert.equal(label(), 'Mercoledì, 14 Ottobre')
  })

  it('labels them otherwise on demand', () => {
    assert.equal(label('no-comma'), 'Mercoledì 14 Ottobre')
    assert.equal(label('month-short'), 'Mercoledì, 14 Ott')
    assert.equal(label('numeric-date'), 'Mercoledì, 14/10/2026')
    assert.equal(label('case'), 'mercoledì, 14 ottobre')
    assert.equal(label('decomposed'), 'Mercoledi\u0300, 14 Ottobre')
  })

  it('keeps the words, however they are spaced and written', () => {
    const plain = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()

    for (const variant of TEXT_VARIANTS) {
      assert.equal(plain(restyle('AGILITÀ E MOBILITÀ', [variant])), 'agilità e mobilità', variant)
    }
  })

  it('takes away names and nothing else', () => {
    const markup = '<a id="otp" class="btn btn-delete red" data-date-offset="2" data-part="x">otp btn-delete</a>'

    assert.equal(
      dropNames({ markup }, ['otp', 'btn-delete', 'data-date-offset']).markup,
      '<a class="btn red" data-part="x">otp btn-delete</a>',
    )
  })
})
