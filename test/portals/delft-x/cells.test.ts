import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseAs, slotSchema } from '../../../src/portals/delft-x/answers.ts'
import { cellOf, slotOfCell } from '../../../src/portals/delft-x/cells.ts'
import { delftXFacts } from '../../../src/portals/delft-x/facts.ts'
import { ProductNames } from '../../../src/portals/delft-x/names.ts'
import { bookingPayload } from '../../../src/portals/delft-x/payload.ts'
import { PortalError } from '../../../src/portals/errors.ts'
import { anySlotAnswer } from './arbitraries.ts'

const HALL = {
  ...{ startDate: '2025-11-17T12:00:00.000Z', endDate: '2025-11-17T12:59:00.000Z', isAvailable: true },
  ...{ linkedProductId: 20045, bookableProductId: 4, bookingId: null },
  linkedProduct: { id: 20045, description: 'X1', translations: [] },
  product: { id: 4, description: 'X1 A', translations: [] },
}
const FITNESS = {
  ...{ ...HALL, linkedProductId: 20061, bookableProductId: 700_010, bookingId: 700_123 },
  booking: {
    ...{ id: 700_123, description: 'Fitness', startDate: HALL.startDate, endDate: HALL.endDate, productId: 700_010 },
    ...{ linkedProductId: 20061, status: 1, currentParticipantCount: 34, availableParticipantCount: 12 },
    maxParticipants: null,
  },
  linkedProduct: { id: 20061, description: 'Fitness', translations: [] },
  product: { id: 700_010, description: 'Fitness', translations: [] },
}
const OPEN = '2025-11-15T08:00:00Z'

function read(answer: object, at = OPEN, minutesAhead = new Map<number, number>()) {
  const known = { now: Temporal.Instant.from(at), names: new ProductNames(), minutesAhead }
  return cellOf(parseAs(slotSchema, answer, 'reading'), known)
}
const changed = (looked: RegExp) => (error: unknown) =>
  error instanceof PortalError && error.kind === 'page-changed' && looked.test(error.lookedFor ?? '')

describe('a slot of the API', () => {
  it('is the half of a hall, in the words of the contract', () => {
    const cell = read(HALL)
    assert.ok(cell)
    assert.deepEqual(slotOfCell(cell), {
      ...{ date: '2025-11-17', start: '13:00', end: '13:59', location: 'X1', course: 'X1 A' },
      ...{ siteId: null, instructor: null, spots: null, state: 'available' },
    })
  })

  it('is a turn of Fitness with its event', () => {
    const cell = read(FITNESS)
    assert.ok(cell)
    assert.deepEqual(slotOfCell(cell), {
      ...{ date: '2025-11-17', start: '13:00', end: '13:59', location: 'Fitness', course: null },
      ...{ siteId: '700123', instructor: null, spots: 12, state: 'available' },
    })
  })

  it('is not open before its window, whatever isAvailable says', () => {
    assert.equal(read(HALL, '2025-11-14T11:59:59.999Z')?.state, 'disabled')
    assert.equal(read(HALL, '2025-11-14T12:00:00Z')?.state, 'available')
    assert.equal(read(FITNESS, '2025-11-14T11:59:59.999Z')?.state, 'available')
  })

  it('opens when the portal itself says so', () => {
    const minutesAhead = new Map([[20045, 1440]])
    assert.equal(read(HALL, OPEN, minutesAhead)?.state, 'disabled')
    assert.equal(read(HALL, '2025-11-16T12:00:00Z', minutesAhead)?.state, 'available')
  })

  it('is over from its start on', () => {
    assert.equal(read(HALL, '2025-11-17T12:00:00Z')?.state, 'disabled')
    assert.equal(read({ ...HALL, isAvailable: false }, '2025-11-17T12:00:00Z')?.state, 'disabled')
  })

  it('is full when it is not available, or no place is left', () => {
    assert.deepEqual(
      [read({ ...HALL, isAvailable: false })?.state, read({ ...HALL, isAvailable: false })?.spots],
      ['booked', 0],
    )
    const full = read({ ...FITNESS, booking: { ...FITNESS.booking, availableParticipantCount: 0 } })
    assert.deepEqual([full?.state, full?.spots], ['booked', 0])
  })

  it('counts its places in every way the portal may say them', () => {
    const { availableParticipantCount: _, ...booking } = FITNESS.booking
    assert.equal(read({ ...FITNESS, booking: { ...booking, maxParticipants: 46 } })?.spots, 12)
    assert.equal(read({ ...FITNESS, booking: { ...booking, maxParticipantCount: 40 } })?.spots, 6)
    assert.equal(read({ ...FITNESS, booking })?.spots, null)
    assert.equal(read({ ...FITNESS, booking: 'another form' })?.spots, null)
  })

  it('is none when its event was called off', () => {
    assert.equal(read({ ...FITNESS, booking: { ...FITNESS.booking, status: 2 } }), undefined)
  })

  it('needs little: ids may be text, details may be missing', () => {
    const { product: _, linkedProduct: __, bookingId: ___, ...bare } = HALL
    assert.equal(read({ ...bare, bookableProductId: '4', linkedProductId: '20045' })?.course, 'X1 A')
  })

  it('without what it takes to book it is a changed page', () => {
    for (const key of ['startDate', 'endDate', 'isAvailable', 'linkedProductId', 'bookableProductId']) {
      assert.throws(() => read({ ...HALL, [key]: undefined }), changed(new RegExp(key)))
    }
    assert.throws(() => read({ ...HALL, startDate: 'tomorrow' }), changed(/startDate/))
  })

  it('of a hall is never named by a guess', () => {
    assert.throws(() => read({ ...HALL, bookableProductId: 16535, product: null }), changed(/product.description/))
  })

  it('keeps its key, and what books it are the texts of the portal', () => {
    fc.assert(
      fc.property(anySlotAnswer, ({ key, answer }) => {
        const cell = read(answer, '2025-01-01T00:00:00Z')
        assert.ok(cell)
        const { date, start, location, course } = cell
        assert.deepEqual({ date, start, location, course }, key)
        assert.equal(cell.siteId, answer.bookingId === null ? null : String(answer.bookingId))
        const body = JSON.parse(bookingPayload(900_001, cell.order))
        const { startDate, endDate, bookingId } = answer
        assert.deepEqual([body.params.startDate, body.params.endDate], [startDate, endDate])
        assert.deepEqual([body.bookingId, body.params.bookingId], [bookingId, bookingId])
        assert.equal(body.params.bookableLinkedProductId, answer.linkedProductId)
        assert.equal(body.params.bookableProductId, answer.bookableProductId)
        assert.equal(body.memberId, 900_001)
      }),
    )
  })

  it('can be booked exactly while it is open, free and not begun', () => {
    fc.assert(
      fc.property(anySlotAnswer, fc.integer({ min: -200, max: 200 }), ({ key, answer }, hours) => {
        const now = delftXFacts.opening(key).add({ hours })
        const cell = read(answer, now.toString())
        const begun = Temporal.Instant.compare(now, Temporal.Instant.from(answer.startDate)) >= 0
        const left = 'booking' in answer ? (answer.booking?.availableParticipantCount ?? 1) : 1
        const free = answer.isAvailable && left > 0
        assert.equal(cell?.state === 'available', hours >= 0 && !begun && free)
        assert.ok(cell?.spots === null || (cell?.spots ?? -1) >= 0)
      }),
    )
  })
})
