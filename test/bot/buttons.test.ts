import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { buttonData, readButton } from '../../src/bot/buttons.ts'

describe('buttons', () => {
  it('reads back what it wrote', () => {
    const data = { account: 3, date: '2026-11-24', page: 2 }

    assert.equal(buttonData('day', data), 'day:3:2026-11-24:2')
    assert.deepEqual(readButton('day', buttonData('day', data)), data)
    assert.deepEqual(readButton('menu', buttonData('menu', {})), {})
  })

  it('stays within 64 bytes with the largest ids', () => {
    const largest = 999_999_999_999_999
    assert.ok(Buffer.byteLength(buttonData('day', { account: largest, date: '2026-11-24', page: 999 })) <= 64)
    assert.ok(Buffer.byteLength(buttonData('book-slot', { account: largest, slot: largest })) <= 64)
    assert.ok(Buffer.byteLength(buttonData('other-classes', { action: largest })) <= 64)
  })

  it('does not read garbled data', () => {
    const garbled = [
      ...['', 'slot', 'slot:', 'slot:1', 'slot:1:2:3', 'slot:x:2', 'slot:-1:2', 'slot:0:2', 'slot:1:2.5', 'slot:1e3:2'],
      ...['slot:01:2', 'slot:1: 2', 'slots:1:2', 'SLOT:1:2', 'slot:1:9999999999999999', 'slot:1:٣'],
    ]
    for (const text of garbled) assert.equal(readButton('slot', text), undefined, text)
    assert.equal(readButton('day', 'day:1:2026-02-30:0'), undefined)
    assert.equal(readButton('language', 'language:fr'), undefined)
    assert.equal(readButton('menu', 'menu:1'), undefined)
  })

  it('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readButton('day', text)
        readButton('day', `day:${text}`)
      }),
    )
  })
})
