import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Resvg } from '@resvg/resvg-js'
import fc from 'fast-check'
import { escapeHtml } from '../../../src/bot/html.ts'
import { fontFiles, type Weight } from '../../../src/bot/week/font.ts'
import { cut, drawable, type Style, widthOf, wrap } from '../../../src/bot/week/lettering.ts'

const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Inter' }
const STYLE: Style = { size: 40, weight: 600 }

/** Where the right end of the text really is, seen from where it begins. */
function drawnWidth(text: string, { size, weight }: Style): number {
  const element = `<text x="100" y="60" font-family="Inter" font-size="${size}" font-weight="${weight}">${escapeHtml(text)}</text>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="100">${element}</svg>`
  const box = new Resvg(svg, { font }).getBBox()
  return box ? box.x + box.width - 100 : 0
}

const anyLetters = fc.string({
  unit: fc.constantFrom(...'AaÀbgjmWVTyrf.,-–1178:()/Ёж&<> '),
  minLength: 1,
  maxLength: 30,
})
const anyWeight = fc.constantFrom<Weight>(400, 600, 700)

describe('lettering', () => {
  it('measures no text narrower than it is drawn, and hardly wider', () => {
    fc.assert(
      fc.property(anyLetters, anyWeight, (letters, weight) => {
        const text = drawable(letters)
        const style = { size: 40, weight }
        const drawn = drawnWidth(text, style)
        // A few pairs stand farther apart.
        const stretch = 0.03 * drawn

        assert.ok(widthOf(text, style) >= drawn - stretch - 1.5, `"${text}" is ${drawn}, not ${widthOf(text, style)}`)
        assert.ok(widthOf(text, style) <= 1.25 * drawn + 30, `"${text}" is ${drawn}, not ${widthOf(text, style)}`)
      }),
      { numRuns: 500 },
    )
  })

  it('drops what cannot be drawn, and what steers other letters', () => {
    assert.equal(drawable(' 🧘🏽‍♀️ Yoga\n 💪 & <3 1️⃣ '), 'Yoga & <3 1')
    assert.equal(drawable('Agilita\u0300'), 'Agilità')
    assert.equal(drawable('a\u202Eb\u200Bc\u0007d\uFEFF'), 'abcd')
    assert.equal(drawable('Йога, Ελλάδα'), 'Йога, Ελλάδα')
    assert.equal(drawable('יוגה 瑜伽 🇮🇹'), '')
    assert.equal(drawable(`Z${'\u0334'.repeat(40)}`), 'Z')
    assert.equal(drawable('a <---> b'), 'a – b')
  })

  it('cuts by the width of the letters', () => {
    assert.equal(cut('Yoga', STYLE, 200), 'Yoga')
    assert.equal(cut('illi'.repeat(20), STYLE, 200).length > cut('WWWW'.repeat(20), STYLE, 200).length, true)
    assert.equal(cut('Anna · Giuriati', STYLE, widthOf('Anna · G', STYLE)), 'Anna…')
    assert.equal(cut('Yoga', STYLE, 3), '')
    fc.assert(
      fc.property(anyLetters, fc.integer({ min: 0, max: 900 }), (text, width) => {
        assert.ok(widthOf(cut(text, STYLE, width), STYLE) <= width)
      }),
    )
  })

  it('breaks lines at spaces', () => {
    assert.deepEqual(wrap('one two three', STYLE, widthOf('one two', STYLE), 3), ['one two', 'three'])
    assert.deepEqual(wrap('one two threescore', STYLE, widthOf('two three…', STYLE), 2), ['one two', 'threescore'])
    assert.deepEqual(wrap('one two three four', STYLE, widthOf('one two', STYLE), 2), ['one two', 'three…'])
  })
})
