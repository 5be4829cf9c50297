import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { inDelft } from '../../../src/portals/delft-x/facts.ts'
import { bookingsPath, dayIn, slotsPath, tagFilter } from '../../../src/portals/delft-x/slots-query.ts'
import { anyKey } from './arbitraries.ts'

const AMSTERDAM = 'Europe/Amsterdam'

describe('a local day', () => {
  it('is told in UTC, with its first and its last hour', () => {
    assert.deepEqual(dayIn(AMSTERDAM, '2025-11-17'), {
      ...{ begins: '2025-11-16T23:00:00.000Z', ends: '2025-11-17T22:59:59.000Z' },
    })
  })

  it('has 23 hours when the clocks go forward, and 25 when they go back', () => {
    assert.deepEqual(dayIn(AMSTERDAM, '2026-03-29'), {
      ...{ begins: '2026-03-28T23:00:00.000Z', ends: '2026-03-29T21:59:59.000Z' },
    })
    assert.deepEqual(dayIn(AMSTERDAM, '2026-10-25'), {
      ...{ begins: '2026-10-24T22:00:00.000Z', ends: '2026-10-25T22:59:59.000Z' },
    })
  })

  it('holds its date and no other', () => {
    fc.assert(
      fc.property(anyKey, ({ date }) => {
        const { begins, ends } = dayIn(AMSTERDAM, date)
        assert.deepEqual(inDelft(Temporal.Instant.from(begins)), { date, time: '00:00' })
        assert.deepEqual(inDelft(Temporal.Instant.from(ends)), { date, time: '23:59' })
        assert.equal(inDelft(Temporal.Instant.from(ends).add({ seconds: 1 })).time, '00:00')
      }),
    )
  })
})

describe('a question to the API', () => {
  const day = dayIn(AMSTERDAM, '2025-11-17')
  const now = Temporal.Instant.from('2025-11-14T11:59:00.5Z')

  it('for slots is what the portal’s own pages send', () => {
    const [path, query] = slotsPath('/bookable-slots', tagFilter([147], day, now), 2).split('?')
    const params = new URLSearchParams(query)
    assert.equal(path, '/bookable-slots')
    assert.deepEqual(JSON.parse(params.get('s') ?? ''), {
      ...{ startDate: '2025-11-16T23:00:00.000Z', endDate: '2025-11-17T22:59:59.000Z', tagIds: { $in: [147] } },
      availableFromDate: { $gt: '2025-11-14T11:59:00.500Z' },
      availableTillDate: { $gte: '2025-11-16T23:00:00.000Z' },
    })
    assert.equal(params.getAll('join').length, 4)
    assert.deepEqual([params.get('limit'), params.get('page'), params.get('sort')], ['100', '2', 'startDate,ASC'])
  })

  it('may leave availability out', () => {
    assert.deepEqual(Object.keys(tagFilter([28], day, undefined)), ['startDate', 'endDate', 'tagIds'])
  })

  it('for bookings names the member in both places', () => {
    const params = new URLSearchParams(bookingsPath(900_001, day.begins, day.ends, 1).split('?')[1])
    assert.deepEqual(JSON.parse(params.get('s') ?? ''), {
      $or: [{ memberId: 900_001 }, { invitedMemberId: 900_001 }],
      'booking.startDate': { $gte: day.begins },
      'booking.endDate': { $lte: day.ends },
    })
    assert.deepEqual([params.get('join'), params.get('sort')], ['booking', 'booking.startDate,ASC'])
    assert.equal(params.get('fetchOptimizedCustomerDashboard'), 'true')
  })
})
