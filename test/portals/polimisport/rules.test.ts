import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TimetableSlot } from '../../../src/portals/contract.ts'
import { PortalError, type PortalErrorKind } from '../../../src/portals/errors.ts'
import { checkBookable, checkTimely, refusalOf } from '../../../src/portals/polimisport/rules.ts'

const SLOT: TimetableSlot = {
  ...{
    date: '2026-10-16',
    start: '18:30',
    end: '19:25',
    location: 'Giuriati - Corsi Platinum',
    course: 'ZUMBA',
    siteId: '1',
  },
  ...{ instructor: null, spots: 7, state: 'available' },
}
const OPENING = Temporal.Instant.from('2026-10-13T22:00:00Z')

/** The site's clock in seconds from the opening, and how far it is ahead of ours. */
const clocks = (seconds: number, aheadMs = 0) => ({
  siteNow: () => OPENING.add({ seconds }),
  ours: (instant: Temporal.Instant) => instant.subtract({ milliseconds: aheadMs }),
})

function failure(work: () => void): PortalError | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof PortalError) return error
    throw error
  }
  return undefined
}
const kindOf = (slot: Partial<TimetableSlot>, seconds: number): PortalErrorKind | undefined =>
  failure(() => checkBookable({ ...SLOT, ...slot }, clocks(seconds)))?.kind

describe('whether a slot can be booked now', () => {
  it('is told by its state', () => {
    assert.equal(kindOf({}, 3600), undefined)
    assert.equal(kindOf({ spots: null }, 3600), undefined)
    assert.equal(kindOf({ state: 'disabled', spots: null }, 3600), 'slot-full')
    assert.equal(kindOf({ state: 'booked' }, 3600), 'slot-full')
  })

  it('is left to the site when it shows a slot as available before the opening', () => {
    assert.equal(kindOf({}, -3600), undefined)
  })

  it('is "full" without spots even if it looks available: that is the waiting list', () => {
    assert.equal(kindOf({ spots: 0 }, 3600), 'slot-full')
  })

  it('is "not yet" before the opening, and for a minute after it while spots are left', () => {
    for (const seconds of [-86_400, -1, 0, 59]) assert.equal(kindOf({ state: 'disabled' }, seconds), 'not-open-yet')
    assert.equal(kindOf({ state: 'disabled' }, 60), 'slot-full')
    assert.equal(kindOf({ state: 'disabled', spots: 0 }, 1), 'slot-full')
  })

  it('is "too late" from the start on', () => {
    const start = Temporal.Instant.from('2026-10-16T16:30:00Z').since(OPENING).total('seconds')
    assert.equal(kindOf({}, start), 'too-late')
    assert.equal(kindOf({}, start - 1), undefined)
    assert.equal(failure(() => checkTimely(SLOT, clocks(start)))?.kind, 'too-late')
  })

  it('is not looked up beyond the days that the site shows', () => {
    const ahead = failure(() => checkTimely({ ...SLOT, date: '2026-10-21' }, clocks(0)))
    assert.equal(ahead?.kind, 'not-open-yet')
    assert.equal(ahead?.opensAt?.toString(), '2026-10-18T22:00:00Z')
    assert.equal(
      failure(() => checkTimely({ ...SLOT, date: '2026-10-20' }, clocks(0))),
      undefined,
    )
  })
})

describe('when to try again', () => {
  const opensAt = (seconds: number, aheadMs?: number) =>
    failure(() => checkBookable({ ...SLOT, state: 'disabled' }, clocks(seconds, aheadMs)))?.opensAt

  it('is the opening, and a moment later when that has passed', () => {
    assert.ok(opensAt(-7200)?.equals(OPENING))
    assert.ok(opensAt(0)?.equals(OPENING.add({ milliseconds: 1500 })))
    assert.ok(opensAt(20)?.equals(OPENING.add({ milliseconds: 21_500 })))
  })

  it('is said by our clock when the site has another', () => {
    assert.ok(opensAt(-7200, 90_000)?.equals(OPENING.subtract({ seconds: 90 })))
    assert.ok(opensAt(-7200, -90_000)?.equals(OPENING.add({ seconds: 90 })))
  })
})

describe('the error behind a refusal', () => {
  it('passes on what the site says', () => {
    const error = refusalOf('Certificato medico scaduto', SLOT, clocks(0))
    assert.equal(error.kind, 'refused')
    assert.equal(error.portalSays, 'Certificato medico scaduto')
    assert.equal(refusalOf('Posti esauriti.', SLOT, clocks(0)).kind, 'slot-full')
  })

  it('is "not yet" before the opening, whatever the words: by what the answer tells of the clock, or else by ours', () => {
    for (const words of ['Posti esauriti.', 'Numero massimo raggiunto', 'Ritenta.']) {
      const error = refusalOf(words, SLOT, clocks(-1))
      assert.deepEqual([error.kind, error.portalSays], ['not-open-yet', words])
      assert.ok(error.opensAt?.equals(OPENING))
      assert.equal(refusalOf(words, SLOT, clocks(1), OPENING.subtract({ seconds: 1 })).kind, 'not-open-yet')
      assert.notEqual(refusalOf(words, SLOT, clocks(-1), OPENING).kind, 'not-open-yet')
    }
    assert.equal(refusalOf('La sessione è scaduta', SLOT, clocks(-1)).kind, 'session-expired')
  })

  it('knows when to try again if it was too early', () => {
    const error = refusalOf('Le prenotazioni non sono ancora aperte.', SLOT, clocks(1))
    assert.equal(error.kind, 'not-open-yet')
    assert.ok(error.opensAt?.equals(OPENING.add({ milliseconds: 2_500 })))
  })
})
