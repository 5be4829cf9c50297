import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { bookingOf, bookingsIn } from '../../../src/portals/delft-x/bookings.ts'
import { ProductNames } from '../../../src/portals/delft-x/names.ts'
import { PortalError } from '../../../src/portals/errors.ts'

const NOW = Temporal.Instant.from('2025-11-15T08:00:00Z')
const read = (data: unknown, names = new ProductNames()) => bookingsIn(data, names, NOW, 'reading')
const list = (data: unknown, names?: ProductNames) => read(data, names).map(bookingOf)

const TIMES = { startDate: '2025-11-17T12:00:00.000Z', endDate: '2025-11-17T12:59:00.000Z' }
const FITNESS = { id: 700_123, description: 'Fitness', ...TIMES, productId: 700_010, linkedProductId: 20061, status: 1 }
const HALL = { id: 700_200, description: 'X3', ...TIMES, productId: 16_600, linkedProductId: 20047, status: 1 }
const place = (id: number, bookingId: number, status = 1) => ({ id, bookingId, memberId: 900_001, status })

const AT_ONE = { date: '2025-11-17', start: '13:00', end: '13:59', cancellable: true }
const changed = (error: unknown) => error instanceof PortalError && error.kind === 'page-changed'

describe('the bookings', () => {
  const dashboard = {
    bookings: [FITNESS, HALL],
    participations: [place(800_555, 700_123), place(800_556, 700_200)],
    products: [
      { id: 700_010, description: 'Fitness' },
      { id: 16_600, description: 'X3 B' },
    ],
  }
  const plain = [
    { ...place(800_555, 700_123), booking: FITNESS },
    { ...place(800_556, 700_200), booking: { ...HALL, product: { id: 16_600, description: 'X3 B' } } },
  ]
  const expected = [
    { ...AT_ONE, location: 'Fitness', course: null },
    { ...AT_ONE, location: 'X3', course: 'X3 B' },
  ]

  it('are the same in both shapes', () => {
    assert.deepEqual(list(dashboard), expected)
    assert.deepEqual(list(plain), expected)
    assert.deepEqual(
      read(dashboard).map(({ participationId }) => participationId),
      [800_555, 800_556],
    )
  })

  it('are named by what the slots have taught when the list names nothing', () => {
    const names = new ProductNames()
    const bare = [{ ...place(800_556, 700_200), booking: HALL }]
    assert.deepEqual(
      read(bare, names).map(({ named, course }) => [named, course]),
      [[false, null]],
    )
    names.learn(16_600, 'X3 B')
    assert.deepEqual(
      read(bare, names).map(({ named, course }) => [named, course]),
      [[true, 'X3 B']],
    )
  })

  it('are neither places on the waiting list nor events that were called off', () => {
    assert.deepEqual(list({ ...dashboard, participations: [place(1, 700_123, 3), place(2, 700_200, 0)] }), [])
    assert.deepEqual(list([{ ...place(1, 700_123, 3), booking: null }]), [])
    assert.deepEqual(list([{ ...place(1, 700_123), booking: { ...FITNESS, status: 2 } }]), [])
  })

  it('cannot be cancelled once they have begun', () => {
    const begun = { ...FITNESS, startDate: '2025-11-15T08:00:00.000Z', endDate: '2025-11-15T08:59:00.000Z' }
    assert.deepEqual(list([{ ...place(1, 700_123), booking: begun }])[0]?.cancellable, false)
  })

  it('are none only when the list is surely empty', () => {
    assert.deepEqual(list([]), [])
    assert.deepEqual(list({ bookings: [], participations: [], products: [] }), [])
    assert.deepEqual(list({ bookings: [], participations: [] }), [])
    for (const data of [undefined, null, {}, 'none', { bookings: [] }, { participations: [] }, [{}], [{ id: 'x' }]]) {
      assert.throws(() => read(data), changed, JSON.stringify(data))
    }
  })

  it('are whole or an error: none is left out because it cannot be read', () => {
    assert.throws(() => read({ ...dashboard, bookings: [FITNESS] }), changed)
    assert.throws(() => read([{ ...place(1, 700_123) }]), changed)
    assert.throws(() => read([{ ...place(1, 700_123), booking: { ...FITNESS, startDate: 'soon' } }]), changed)
  })

  it('survive any order, and whatever else the portal adds', () => {
    const shuffled = fc.shuffledSubarray(dashboard.participations, { minLength: 2 })
    fc.assert(
      fc.property(
        shuffled,
        shuffled.map(() => [HALL, FITNESS]),
        fc.object(),
        (participations, bookings, extra) => {
          const data = {
            ...extra,
            ...dashboard,
            participations,
            bookings: bookings.map((one) => ({ ...extra, ...one })),
          }
          const found = list(data)
          assert.deepEqual(
            found.toSorted((a, b) => a.location.localeCompare(b.location)),
            expected,
          )
        },
      ),
    )
  })
})
