import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dateOfBlock, parseDateParts, resolveDate } from '../../../src/portals/polimisport/dates.ts'
import { anyDate, DAY_FORMATS, disguise, FULL_FORMATS, WEEKDAYS } from './arbitraries.ts'

const TODAY = Temporal.PlainDate.from('2026-10-14')
const read = (label: string, today = TODAY) => resolveDate(parseDateParts(label), today)?.toString()

const weekday = (date: Temporal.PlainDate) => WEEKDAYS[date.dayOfWeek - 1] ?? ''

describe('a date in a label', () => {
  it('is read in every format of the dossier', () => {
    for (const label of [
      'Mercoledì, 14 Ottobre',
      'Mercoledì 14 Ottobre',
      'mer 14 ott',
      'MERCOLEDÌ, 14/10',
      'Mercoledì, 14 Oct',
    ]) {
      assert.equal(read(label), '2026-10-14', label)
    }
    for (const label of ['14/10/2026', '14/10/26', '2026-10-14', '14 ottobre 2026', 'mercoledi 14-10-2026']) {
      assert.equal(read(label), '2026-10-14', label)
    }
  })

  it('is not made up', () => {
    for (const label of [
      '',
      'Oggi',
      'Mercoledì',
      'Ottobre',
      '14',
      '31/02/2026',
      '29 Febbraio 2026',
      '14 xyz',
      '18:30',
      '55 min',
    ]) {
      assert.equal(read(label), undefined, label)
    }
  })

  it('is refused when its weekday is another', () => {
    assert.equal(read('Giovedì, 14 Ottobre'), undefined)
    assert.equal(read('Giovedì, 14/10/2026'), undefined)
  })

  it('knows March from Tuesday', () => {
    assert.deepEqual(parseDateParts('mar 3 mar'), { weekday: 2, day: 3, month: 3 })
    assert.deepEqual(parseDateParts('3 mar'), { day: 3, month: 3 })
  })

  it('comes back from any format in any disguise, with the year', () => {
    fc.assert(
      fc.property(
        anyDate,
        anyDate,
        fc.constantFrom(...FULL_FORMATS),
        fc.boolean(),
        disguise,
        (date, today, format, named, wear) => {
          const label = named ? `${weekday(date)}, ${format(date)}` : format(date)
          assert.equal(read(wear(label), today), date.toString(), label)
        },
      ),
    )
  })

  it('comes back without the year when it is within a few months, over new year too', () => {
    const near = fc.integer({ min: -100, max: 100 })
    fc.assert(
      fc.property(
        anyDate,
        near,
        fc.constantFrom(...DAY_FORMATS),
        fc.boolean(),
        disguise,
        (today, days, format, named, wear) => {
          const date = today.add({ days })
          const label = named ? `${weekday(date)}, ${format(date)}` : format(date)
          assert.equal(read(wear(label), today), date.toString(), label)
        },
      ),
    )
  })

  it('finds the leap day from around it', () => {
    assert.equal(read('29 Febbraio', Temporal.PlainDate.from('2028-02-27')), '2028-02-29')
    assert.equal(read('Martedì, 29 Febbraio', Temporal.PlainDate.from('2028-03-02')), '2028-02-29')
  })

  it('never throws, whatever the label', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (label) => void read(label)))
  })
})

describe('the date of a block', () => {
  it('is its offset when the label agrees', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.nat(30),
        fc.constantFrom(...DAY_FORMATS, ...FULL_FORMATS),
        disguise,
        (today, offset, format, wear) => {
          const date = today.add({ days: offset })
          const label = wear(`${weekday(date)}, ${format(date)}`)
          assert.equal(dateOfBlock({ offset: String(offset), label }, today)?.toString(), date.toString())
        },
      ),
    )
  })

  it('is not certain when offset and label are a day or a week apart, as on a page left open over midnight', () => {
    fc.assert(
      fc.property(
        anyDate,
        fc.nat(30),
        fc.constantFrom(1, -1, 2, 7),
        fc.constantFrom(...DAY_FORMATS),
        (today, offset, off, format) => {
          const date = today.add({ days: offset })
          const label = `${weekday(date)}, ${format(date)}`
          assert.equal(dateOfBlock({ offset: String(offset + off), label }, today), undefined)
        },
      ),
    )
  })

  it('is its label when there is no offset, and its offset when there is no label', () => {
    assert.equal(dateOfBlock({ offset: null, label: 'Venerdì, 16 Ottobre' }, TODAY)?.toString(), '2026-10-16')
    assert.equal(dateOfBlock({ offset: '2', label: null }, TODAY)?.toString(), '2026-10-16')
    assert.equal(dateOfBlock({ offset: '2', label: 'Venerdì' }, TODAY)?.toString(), '2026-10-16')
  })

  it('is nothing when neither suffices', () => {
    for (const block of [
      { offset: null, label: null },
      { offset: null, label: 'Venerdì' },
      { offset: null, label: '16 Ottobre' },
      { offset: 'x', label: 'Venerdì, 16 Ottobre' },
      { offset: '', label: 'Venerdì, 16 Ottobre' },
    ]) {
      assert.equal(dateOfBlock(block, TODAY), undefined)
    }
  })
})
