import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isViewOf } from '../../../src/portals/polimisport/confirm-view.ts'

const SLOT = { date: '2026-10-14', start: '18:30', location: 'Giuriati - Corsi Platinum', course: 'YOGA' }

describe('the confirm view', () => {
  it('is that of the slot', () => {
    assert.ok(isViewOf('Giuriati - Corsi Platinum - YOGA\nMercoledì, 14 Ottobre 18:30 (55 min)\nConferma', SLOT))
    assert.ok(isViewOf('GIURIATI – CORSI PLATINUM – Yoga\n14/10/2026\n18:30 - 19:25', SLOT))
    assert.ok(isViewOf('Yoga', SLOT))
    assert.ok(isViewOf('Giuriati - Fit Center\n18:30', { ...SLOT, location: 'Giuriati - Fit Center', course: null }))
  })

  it('is not that of another class, time or day', () => {
    assert.ok(!isViewOf('Giuriati - Corsi Platinum - ZUMBA\nMercoledì, 14 Ottobre 18:30', SLOT))
    assert.ok(!isViewOf('Giuriati - Corsi Platinum - YOGA\nMercoledì, 14 Ottobre 18:00', SLOT))
    assert.ok(!isViewOf('Giuriati - Corsi Platinum - YOGA\nGiovedì, 15 Ottobre 18:30', SLOT))
    assert.ok(!isViewOf('', SLOT))
  })
})
