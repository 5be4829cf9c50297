import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createDrawer } from '../../../src/bot/week/drawer.ts'
import { layOut } from '../../../src/bot/week/layout.ts'
import { svgOf } from '../../../src/bot/week/svg.ts'
import { sampleWeeks } from './samples.ts'

const drawer = createDrawer()

function sizeOf(png: Uint8Array): { width: number; height: number } {
  const bytes = Buffer.from(png)
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG')
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

describe('the picture of a week', () => {
  for (const name of ['empty', 'normal', 'crowded'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      it(`is a PNG of less than a megabyte: ${name}, ${theme}`, async () => {
        const drawing = layOut(sampleWeeks('it')[name], theme)

        const png = await drawer.draw(svgOf(drawing))

        assert.deepEqual(sizeOf(png), { width: 1080, height: drawing.height })
        assert.ok(png.length < 1_000_000)
      })
    }
  }

  it('is drawn for odd names too', async () => {
    const { labels, days } = sampleWeeks('en').normal
    const name = ']]>&amp;<text>"\'\u0000\uD800\u202E\u{1F9D8}'
    const odd = days.map((day) => ({ ...day, entries: day.entries.map((entry) => ({ ...entry, name, place: name })) }))

    assert.equal(sizeOf(await drawer.draw(svgOf(layOut({ labels, days: odd }, 'dark')))).width, 1080)
  })

  it('fails alone: the next one is drawn', async () => {
    const good = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>'

    const [bad, next] = await Promise.allSettled([drawer.draw('<svg'), drawer.draw(good)])

    assert.equal(bad.status, 'rejected')
    assert.equal(next.status, 'fulfilled')
    assert.deepEqual(sizeOf(await drawer.draw(good)), { width: 20, height: 10 })
  })
})
