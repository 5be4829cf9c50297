import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DelftXSim } from '../../../sim/delft-x/server.ts'
import { ANNA, BRAM, MONDAY, openSite, SUNDAY, Visitor } from './visitor.ts'

type Slot = {
  startDate: string
  endDate: string
  isAvailable: boolean
  linkedProductId: number
  bookableProductId: number
  bookingId?: number | null
  booking?: { currentParticipantCount: number; availableParticipantCount: number; maxParticipants: null }
  linkedProduct?: { description: string; translations?: [] }
  product?: { description: string }
}
type List<Data> = { data: Data; count: number; total: number; page: number; pageCount: number }

/** Sunday in Amsterdam, in winter time. */
const DAY = { startDate: '2025-11-15T23:00:00.000Z', endDate: '2025-11-16T22:59:59.000Z' }
const NAMES = ['linkedProduct', 'linkedProduct.translations', 'product', 'product.translations']

async function list<Data = Slot[]>(
  visitor: Visitor,
  path: string,
  s: object,
  more: Record<string, string | string[]> = {},
) {
  const query = new URLSearchParams({ s: JSON.stringify(s) })
  for (const [name, values] of Object.entries(more)) for (const value of [values].flat()) query.append(name, value)
  return (await visitor.json(`${path}?${query}`)) as List<Data>
}

async function bookSome(sim: DelftXSim) {
  const anna = await new Visitor(sim).logIn()
  await anna.book({ date: SUNDAY, start: '13:00', place: 'X1 A' })
  await anna.book({ date: SUNDAY, start: '14:00', place: 'Fitness' })
  await anna.book({ date: '2025-11-15', start: '10:00', place: 'X3 B' })
  return anna
}

describe('the list of slots', () => {
  it('has each hour from 07 to 23 of a local day, ending at minute 59, and somewhat more', async (t) => {
    const sim = await openSite(t)
    const { data } = await list(
      new Visitor(sim),
      '/bookable-slots',
      { ...DAY, tagIds: { $in: [147] } },
      { limit: '100' },
    )

    const inside = data.filter(({ startDate }) => startDate >= DAY.startDate && startDate <= DAY.endDate)
    assert.equal(inside.length, 34)
    assert.equal(data.length, 36)
    assert.ok(inside.every(({ startDate, endDate }) => endDate === startDate.replace(':00:00.000Z', ':59:00.000Z')))
    assert.deepEqual([...new Set(data.map(({ bookableProductId }) => bookableProductId))], [4, 5])
  })

  it('gives halls no booking, and sessions one with its participants', async (t) => {
    const sim = await openSite(t)
    await sim.control.fill({ date: SUNDAY, start: '13:00', place: 'Fitness', taken: 34 })
    const all = await list(new Visitor(sim), '/bookable-slots', { ...DAY }, { limit: '100', sort: 'startDate,ASC' })

    const { data } = await list(new Visitor(sim), '/bookable-slots', { ...DAY, tagIds: 28 }, { limit: '100' })
    const fitness = data.find(({ startDate }) => startDate === '2025-11-16T12:00:00.000Z')
    assert.ok(fitness?.bookingId)
    const { currentParticipantCount, availableParticipantCount, maxParticipants } = fitness.booking ?? {}
    assert.deepEqual([currentParticipantCount, availableParticipantCount, maxParticipants], [34, 12, null])
    const halls = all.data.filter(({ linkedProductId }) => linkedProductId !== 20061)
    assert.ok(halls.every(({ bookingId, booking }) => (bookingId ?? null) === null && booking === undefined))
    assert.ok(halls.some((slot) => 'bookingId' in slot) && halls.some((slot) => !('bookingId' in slot)))
  })

  it('names things only when joined, by repeated parameters or one list', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const s = { ...DAY, productIds: [20047] }

    const [plain] = (await list(visitor, '/bookable-slots', s)).data
    assert.deepEqual([plain?.product, plain?.linkedProduct], [undefined, undefined])
    for (const join of [NAMES, JSON.stringify(NAMES)]) {
      const [named] = (await list(visitor, '/bookable-slots', s, { join })).data
      assert.equal(named?.product?.description, 'X3 A')
      assert.deepEqual([named?.linkedProduct?.description, named?.linkedProduct?.translations], ['X3', []])
    }
  })

  it('is blind to the window, sees what is taken, and ends 14 days ahead', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const far = { startDate: '2025-11-27T23:00:00.000Z', endDate: '2025-12-12T22:59:59.000Z', tagIds: { $in: [147] } }
    await sim.control.fill({ date: MONDAY, start: '20:00', place: 'X1 B' })

    const monday = {
      startDate: '2025-11-16T23:00:00.000Z',
      endDate: '2025-11-17T22:59:59.000Z',
      tagIds: { $in: [147] },
    }
    const { data } = await list(visitor, '/bookable-slots', monday, { limit: '100' })
    const taken = data.filter(({ isAvailable }) => !isAvailable)
    assert.deepEqual(
      taken.map(({ startDate, bookableProductId }) => [startDate, bookableProductId]),
      [['2025-11-17T19:00:00.000Z', 5]],
    )
    const last = (await list(visitor, '/bookable-slots', far, { limit: '100', sort: 'startDate,DESC' })).data[0]
    assert.equal(last?.startDate, '2025-11-28T22:00:00.000Z')
  })

  it('comes in pages', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const pages = await Promise.all(
      ['1', '2', '3', '4'].map((page) =>
        list(visitor, '/bookable-slots', DAY, { limit: '40', page, sort: 'startDate,ASC' }),
      ),
    )

    assert.deepEqual(
      pages.map(({ count, total, page, pageCount }) => [count, total, page, pageCount]),
      [
        [40, 126, 1, 4],
        [40, 126, 2, 4],
        [40, 126, 3, 4],
        [6, 126, 4, 4],
      ],
    )
    const starts = pages.flatMap(({ data }) => data.map(({ startDate }) => startDate))
    assert.deepEqual(starts, starts.toSorted())
    assert.equal((await list(visitor, '/bookable-slots', DAY)).count, 25)
    assert.equal((await list(visitor, '/bookable-slots', DAY, { limit: '1000' })).count, 100)
  })

  it('refuses a query that it cannot read', async (t) => {
    const sim = await openSite(t)
    const visitor = await new Visitor(sim).logIn()
    for (const path of [
      '/bookable-slots?s=nonsense',
      '/bookable-slots?s=%7B%22startDate%22%3A%22tomorrow%22%7D',
      '/bookable-slots?limit=none',
      '/participations?s=%7B%22id%22%3A%7B%22%24like%22%3A1%7D%7D',
    ]) {
      await visitor.book({ date: SUNDAY, start: '13:00', place: 'X1 A' })
      assert.deepEqual([path, (await visitor.api(path)).status], [path, 400])
    }
  })
})

describe('ids', () => {
  it('are the known ones, but X2 and the second half of X3 follow from the seed', async (t) => {
    const idsOf = async (seed: number) => {
      const sim = await openSite(t, { seed })
      const slots = (await sim.control.slots(SUNDAY)).filter(({ start }) => start === '13:00')
      return new Map(
        slots.map(({ place, bookableProductId, linkedProductId }) => [place, [linkedProductId, bookableProductId]]),
      )
    }
    const [one, two] = [await idsOf(1), await idsOf(2)]

    for (const ids of [one, two]) {
      assert.deepEqual(
        [ids.get('X1 A'), ids.get('X1 B'), ids.get('X3 A')],
        [
          [20045, 4],
          [20045, 5],
          [20047, 16534],
        ],
      )
      assert.ok(![16533, 16534, 16535].includes(ids.get('X3 B')?.[1] ?? 16534))
      assert.equal(new Set([...ids.values()].map(([, id]) => id)).size, 7)
    }
    for (const place of ['X3 B', 'X2 A', 'X2 B', 'Fitness']) assert.notDeepEqual(one.get(place), two.get(place))
  })

  it('of products tell how far ahead they are booked', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)

    const hall = await visitor.json('/products/20045?join=linkedSubscriptions&join=parentBookableProducts')
    assert.deepEqual([hall['bookableSlotsMinutesAhead'], hall['bookable'], hall['price']], [4320, false, 39])
    assert.equal((await visitor.json('/products/20061'))['bookableSlotsMinutesAhead'], 10_080)
    assert.equal((await visitor.api('/products/1')).status, 404)
    const tags = (await (await visitor.api('/public/tags')).json()) as { id: number }[]
    assert.deepEqual(
      tags.map(({ id }) => id),
      [28, 147, 148, 149],
    )
  })
})

describe('my bookings', () => {
  it('come as a list of participations, or as an object of lists for the dashboard', async (t) => {
    const sim = await openSite(t)
    const anna = await bookSome(sim)
    const mine = { $or: [{ memberId: anna.memberId }, { invitedMemberId: anna.memberId }] }
    const sunday = { 'booking.startDate': { $gte: DAY.startDate }, 'booking.endDate': { $lte: DAY.endDate } }

    const plain = await list<{ id: number; bookingId: number; booking?: { description: string } }[]>(
      anna,
      '/participations',
      { ...mine, ...sunday },
      { join: 'booking', sort: 'booking.startDate,DESC' },
    )
    assert.deepEqual(
      plain.data.map(({ booking }) => booking?.description),
      ['Fitness', 'X1 A'],
    )
    const dashboard = await list<{
      bookings: { id: number }[]
      participations: { bookingId: number }[]
      products: object[]
    }>(
      anna,
      '/participations',
      { ...mine, ...sunday },
      { join: 'booking', sort: 'booking.startDate,ASC', fetchOptimizedCustomerDashboard: 'true' },
    )
    const { bookings, participations, products } = dashboard.data
    assert.deepEqual(
      participations.map(({ bookingId }) => bookingId),
      bookings.map(({ id }) => id),
    )
    assert.deepEqual([bookings.length, products.length, dashboard.total], [2, 2, 2])
  })

  it('are found one by one, and by way of the bookings', async (t) => {
    const sim = await openSite(t)
    const anna = await bookSome(sim)
    const [first] = (await sim.control.state()).bookings

    const s = { $and: [{ memberId: anna.memberId }, { bookingId: first?.bookingId }] }
    const found = await list<{ id: number; booking?: object }[]>(anna, '/participations', s)
    assert.deepEqual(
      found.data.map(({ id, booking }) => [id, booking]),
      [[first?.participationId, undefined]],
    )
    const byBooking = { $or: [{ 'participations.memberId': anna.memberId }], startDate: { $gte: DAY.startDate } }
    const bookings = await list<{ participations: { id: number }[] }[]>(anna, '/bookings', byBooking, {
      join: 'participations',
    })
    assert.equal(bookings.data.length, 2)
    assert.equal(bookings.data[0]?.participations[0]?.id, first?.participationId)
  })

  it('are nobody else’s, whatever the filter says', async (t) => {
    const sim = await openSite(t)
    const anna = await bookSome(sim)
    const bram = await new Visitor(sim).logIn(BRAM)

    for (const path of ['/participations', '/bookings']) {
      assert.equal((await list(bram, path, {})).total, 0)
      assert.equal((await list(bram, path, { memberId: anna.memberId })).total, 0)
      assert.equal((await list(anna, path, {})).total, 3)
    }
    await sim.control.cancelByHand({ username: ANNA.username, date: SUNDAY, start: '13:00', place: 'X1 A' })
    assert.equal((await list(anna, '/participations', {})).total, 2)
  })
})

describe('the origin', () => {
  it('lets the scripts of the portal read answers, and no others', async (t) => {
    const sim = await openSite(t)
    const visitor = new Visitor(sim)
    const allowed = async (origin: string) =>
      (await visitor.api('/products/20045', { headers: { origin } })).headers.get('access-control-allow-origin')

    assert.deepEqual([await allowed(sim.baseUrl), await allowed('https://example.org')], [sim.baseUrl, null])
    const preflight = await visitor.api('/participations/1', { method: 'OPTIONS', headers: { origin: sim.baseUrl } })
    assert.equal(preflight.status, 204)
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /DELETE/)
  })
})
