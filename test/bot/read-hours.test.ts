import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readHours } from '../../src/bot/read-hours.ts'

describe('quiet hours that somebody writes', () => {
  const texts: [text: string, from?: string, to?: string][] = [
    ['22:30-7:15', '22:30', '07:15'],
    ['22.30 – 7.15', '22:30', '07:15'],
    ['dalle 22 alle 7', '22:00', '07:00'],
    ['From 10pm to 7 am.', '22:00', '07:00'],
    ['12am-12pm', '00:00', '12:00'],
    ['24-8', '00:00', '08:00'],
    ['22'],
    ['7-7'],
    ['25-7'],
    ['22:60-7'],
    ['22:3-7'],
    ['13pm-7am'],
    ['22-7-8'],
    ['never'],
    [''],
  ]
  for (const [text, from, to] of texts)
    it(`"${text}"`, () => assert.deepEqual(readHours(text), from === undefined ? undefined : { from, to }))

  it('are the two times, however they are written', () => {
    const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${h}:${String(m).padStart(2, '0')}`)
    fc.assert(
      fc.property(time, time, fc.constantFrom('-', ' – ', ' alle ', ' to '), (from, to, between) => {
        const both = { from: from.padStart(5, '0'), to: to.padStart(5, '0') }
        assert.deepEqual(readHours(from + between + to), from === to ? undefined : both)
      }),
    )
  })

  it('never throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readHours(text)))
  })
})
