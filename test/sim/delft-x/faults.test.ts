import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { FAULT_LINES, type FaultInput } from '../../../sim/delft-x/faults.ts'
import type { DelftXSim } from '../../../sim/delft-x/server.ts'
import { ANNA, actionOf, BRAM, MONDAY, openSite, SUNDAY, Visitor } from './visitor.ts'

const X1A = { date: SUNDAY, start: '13:00', place: 'X1 A' }
const X1B = { ...X1A, place: 'X1 B' }
const X3A = { ...X1A, start: '14:00', place: 'X3 A' }

/** Anna logged in, and then the fault. */
async function underFault(t: TestContext, ...faults: FaultInput[]) {
  const sim = await openSite(t)
  const anna = await new Visitor(sim).logIn()
  for (const fault of faults) await sim.control.setFault(fault)
  return { sim, anna }
}

const held = async (sim: DelftXSim) => (await sim.control.state()).bookings.length
const lastPost = async (sim: DelftXSim) => (await sim.control.posts()).at(-1)

describe('a fault', () => {
  it('has a line that explains it', () => {
    assert.equal(FAULT_LINES.length, 21)
    assert.ok(FAULT_LINES.every(({ line }) => line.length > 10))
  })

  it('strikes the account, the path and the time that it is meant for, so many times', async (t) => {
    const { sim, anna } = await underFault(t, {
      ...{ id: 'rate429', account: ANNA.username, path: '/products/*', mode: 2, skip: 1 },
      ...{ path: 'products', from: '2025-11-14T12:30', to: '2025-11-14T12:31' },
    })
    const bram = await new Visitor(sim).logIn(BRAM)
    const statusesAt = async (at: string) => {
      await sim.control.setClock({ at: `2025-11-14T${at}`, frozen: true })
      const statuses: number[] = []
      for (let n = 0; n < 4; n++) statuses.push((await anna.api('/products/20045')).status)
      return statuses
    }

    assert.deepEqual(await statusesAt('12:29:59.999'), [200, 200, 200, 200])
    assert.deepEqual(await statusesAt('12:31'), [200, 200, 200, 200])
    assert.equal((await bram.api('/products/20045')).status, 200)
    assert.equal((await anna.api('/public/tags')).status, 200)
    assert.deepEqual(await statusesAt('12:30'), [200, 429, 429, 200])
  })

  it('strikes with a probability that the seed decides', async (t) => {
    const statuses = async () => {
      const { anna } = await underFault(t, { id: 'rate429', probability: 0.5 })
      return Promise.all(Array.from({ length: 20 }, async () => (await anna.api('/public/tags')).status))
    }
    const [first, second] = [await statuses(), await statuses()]

    assert.deepEqual(first.toSorted(), second.toSorted())
    assert.deepEqual([...new Set(first)].sort(), [200, 429])
  })
})

describe('faults of the network', () => {
  it('say that there were too many requests, with and without a time to wait', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'rate429', account: ANNA.username, mode: 1 })
    const limited = await anna.api('/participations')
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '2'])

    await sim.control.setFault({ id: 'rate429', account: ANNA.username, retryAfter: null })
    const response = await anna.post('/participations', await anna.payload(X1A))
    assert.deepEqual([response.status, response.headers.get('retry-after')], [429, null])
    assert.deepEqual([(await lastPost(sim))?.outcome, await held(sim)], ['rate-limited', 0])
    assert.equal((await (await new Visitor(sim).logIn(BRAM)).book(X1A)).status, 201)
  })

  it('kill the bearer between two requests of a burst', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'token401', method: 'POST', skip: 1 })

    assert.equal((await anna.book(X1A)).status, 201)
    assert.equal((await anna.book(X3A)).status, 401)
    assert.equal((await anna.api('/auth?cf=0')).status, 401)
    assert.deepEqual([(await lastPost(sim))?.account, (await lastPost(sim))?.outcome], [ANNA.username, 'bad-token'])
    await anna.logIn()
    assert.equal((await anna.book(X3A)).status, 201)
  })

  for (const [when, bookings, outcome] of [
    ['before', 0, 'failed'],
    ['after', 1, 'booked'],
  ] as const) {
    it(`answer 500 ${when} the booking`, async (t) => {
      const { sim, anna } = await underFault(t, { id: 'http500', when })

      assert.equal((await anna.api('/participations')).status, 200)
      const { status, body } = await anna.book(X1A)
      assert.deepEqual([status, body], [500, { statusCode: 500, message: 'Internal server error' }])
      assert.deepEqual(
        [await held(sim), (await lastPost(sim))?.outcome, (await lastPost(sim))?.status],
        [bookings, outcome, 500],
      )
    })
  }

  for (const [when, bookings, outcome] of [
    ['before', 0, 'dropped'],
    ['after', 1, 'booked'],
  ] as const) {
    it(`reset the connection ${when} the booking`, async (t) => {
      const { sim, anna } = await underFault(t, { id: 'dropped', when })

      await assert.rejects(anna.book(X1A), /fetch failed/)
      assert.deepEqual(
        [await held(sim), (await lastPost(sim))?.outcome, (await lastPost(sim))?.status],
        [bookings, outcome, null],
      )
      const [cut] = await sim.control.waitFor({ path: 'participations', phase: 'cut' })
      assert.equal(cut?.status, null)
    })
  }

  it('lose the answer to a refusal neither way', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'http500', when: 'after' }, { id: 'dropped', when: 'after' })

    assert.equal((await anna.book({ ...X1A, date: MONDAY, start: '20:00' })).status, 403)
    assert.equal((await lastPost(sim))?.outcome, 'not-open')
  })

  it('answer late, having booked at once', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'slow3s', seconds: 600 })

    const answer = anna.book(X1A).catch(() => undefined)
    while ((await held(sim)) === 0) await turn()
    assert.equal((await lastPost(sim))?.status, null)
    await sim.close()
    await answer
  })

  it('answer late, and book at the end: somebody else may come first', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'hold' })
    const bram = await new Visitor(sim).logIn(BRAM)

    const late = anna.book(X1A)
    await sim.control.waitFor({ path: 'participations', phase: 'held' })
    await sim.control.clearFaults()
    await sim.control.setClock({ advanceSeconds: 1 })
    assert.equal((await bram.book(X1A)).status, 201)
    await sim.control.release()
    assert.equal((await late).status, 403)
  })

  it('hold a request over the opening, so that it finds the slot open', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'hold' })

    const early = anna.book({ date: MONDAY, start: '13:00', place: 'X1 A' })
    await sim.control.waitFor({ path: 'participations', phase: 'held' })
    await sim.control.setClock({ at: '2025-11-14T13:00', frozen: true })
    await sim.control.release()
    assert.equal((await early).status, 201)
    assert.equal((await lastPost(sim))?.offsetMs, -3_600_000)
  })

  it('slow a booking down before its work too', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'slow3s', seconds: 0.001, booked: 'end' })

    assert.equal((await anna.book(X1A)).status, 201)
    assert.equal(await held(sim), 1)
  })

  it('never do what was held, when told so', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'hold', onRelease: 'cut' })

    const answer = assert.rejects(anna.book(X1A), /fetch failed/)
    await sim.control.waitFor({ path: 'participations', phase: 'held' })
    await sim.control.release()
    await answer
    assert.equal(await held(sim), 0)
  })
})

describe('faults of the site', () => {
  it('open the window late', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'lateWindow' })
    const cell = { date: MONDAY, start: '13:00', place: 'X1 A' }
    const statusAt = async (time: string) => {
      await sim.control.setClock({ at: `2025-11-14T${time}`, frozen: true })
      return (await anna.book(cell)).status
    }

    assert.deepEqual([await statusAt('13:00:00.699'), await statusAt('13:00:00.700')], [403, 201])
    assert.equal((await lastPost(sim))?.offsetMs, 700)
  })

  it('list a taken slot as available for five seconds', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'staleList' })
    const available = async () => {
      const s = { startDate: '2025-11-16T12:00:00.000Z', endDate: '2025-11-16T12:59:00.000Z', tagIds: { $in: [147] } }
      const { data } = (await anna.json(`/bookable-slots?s=${encodeURIComponent(JSON.stringify(s))}`)) as {
        data: { startDate: string; bookableProductId: number; isAvailable: boolean }[]
      }
      return data.find((slot) => slot.bookableProductId === 4 && slot.startDate === s.startDate)?.isAvailable
    }
    await sim.control.fill(X1A)

    assert.equal(await available(), true)
    assert.equal((await anna.book(X1A)).status, 403)
    await sim.control.setClock({ advanceSeconds: 4.999 })
    assert.equal(await available(), true)
    await sim.control.setClock({ advanceSeconds: 0.001 })
    assert.equal(await available(), false)
  })

  it('empty a list that is filtered by availableFromDate', async (t) => {
    const { anna } = await underFault(t, { id: 'emptyList' })
    const total = async (s: object) =>
      (await anna.json(`/bookable-slots?s=${encodeURIComponent(JSON.stringify(s))}`))['total']

    assert.equal(await total({ tagIds: { $in: [147] }, availableFromDate: { $gt: '2025-11-14T11:00:00.000Z' } }), 0)
    assert.notEqual(await total({ tagIds: { $in: [147] } }), 0)
  })

  it('change the shapes of answers', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'shapeDrift', variant: 'expires-in' })
    const { query, verifier } = anna.authorizeQuery()
    const page = await (await anna.sso(`/oidc/authorize?${query}`)).text()
    const tokens = (await (await anna.trade(await anna.hop(page), verifier)).json()) as Record<string, unknown>
    assert.equal(tokens['expires_in'], '86400')

    const first = async (tagId: number) => {
      const { data } = (await anna.json(`/bookable-slots?s={"tagIds":${tagId}}`)) as { data: object[] }
      return Object.keys(data[0] ?? {})
    }
    assert.ok((await first(28)).includes('booking'))
    await sim.control.clearFaults()
    await sim.control.setFault({ id: 'shapeDrift', variant: 'missing-booking' })
    assert.ok(!(await first(28)).includes('booking') && !(await first(147)).includes('bookingId'))
    await sim.control.clearFaults()
    await sim.control.setFault({ id: 'shapeDrift' })
    assert.ok((await first(28)).includes('meta'))
  })

  it('move the list to its newer path, or take it away', async (t) => {
    const { sim, anna } = await underFault(t)
    const s = encodeURIComponent(
      JSON.stringify({ activityProductIds: { $in: [20045] }, startDate: { $gte: '2025-11-15T23:00:00.000Z' } }),
    )
    const paths = [
      '/bookable-slots',
      `/products/bookable-slots?s=${s}`,
      '/tags/query/availableActivityTagsAndProductIds?tagIds=147',
    ]
    const statuses = () => Promise.all(paths.map(async (path) => (await anna.api(path)).status))

    assert.deepEqual(await statuses(), [200, 404, 404])
    await sim.control.setFault({ id: 'shapeDrift', variant: 'moved' })
    assert.deepEqual(await statuses(), [404, 200, 200])
    const { data } = (await anna.json(paths[1] ?? '')) as { data: { linkedProductId: number }[] }
    assert.ok(data.length > 0 && data.every(({ linkedProductId }) => linkedProductId === 20045))
    assert.deepEqual(await anna.json(paths[2] ?? ''), { productIdsByTagId: { 147: [20045] } })
    await sim.control.clearFaults()
    await sim.control.setFault({ id: 'shapeDrift', variant: 'gone' })
    assert.deepEqual(await statuses(), [404, 404, 404])
  })

  it('refuse to cancel, or find nothing to cancel', async (t) => {
    const { sim, anna } = await underFault(t, { id: 'cancel403', mode: 'once' })
    const { id } = (await anna.book(X1A)).body

    assert.deepEqual([await anna.cancel(id), await held(sim)], [403, 1])
    await sim.control.setFault({ id: 'cancel404', gone: false })
    assert.deepEqual([await anna.cancel(id), await held(sim)], [404, 1])
    await sim.control.setFault({ id: 'cancel404' })
    assert.deepEqual([await anna.cancel(id), await held(sim)], [404, 0])
    assert.equal((await anna.book(X1B)).status, 201)
  })

  it('run the clock ahead or behind, and the Date header with it, in whole seconds', async (t) => {
    const { sim, anna } = await underFault(t)
    const date = async () => (await anna.api('/products/20045')).headers.get('date')
    await sim.control.setClock({ at: '2025-11-14T12:59:58.999', frozen: true })

    assert.equal(await date(), 'Fri, 14 Nov 2025 11:59:58 GMT')
    await sim.control.setFault({ id: 'clockSkew', seconds: 2 })
    assert.equal(await date(), 'Fri, 14 Nov 2025 12:00:00 GMT')
    assert.equal((await anna.book({ date: MONDAY, start: '13:00', place: 'X1 A' })).status, 201)
    await sim.control.setFault({ id: 'clockSkew', seconds: -2 })
    assert.equal(await date(), 'Fri, 14 Nov 2025 11:59:56 GMT')
    assert.equal((await anna.book({ date: MONDAY, start: '13:00', place: 'X3 A' })).status, 403)
  })

  it('move the clock to the days with 23 and 25 hours', async (t) => {
    const { sim } = await underFault(t, { id: 'dst', time: '06:30' })

    assert.match((await sim.control.state()).now, /^2026-03-29T04:30/)
    await sim.control.setFault({ id: 'dst', change: 'autumn' })
    assert.match((await sim.control.state()).now, /^2026-10-24T22:00/)
  })
})

describe('faults of the login', () => {
  it('slow the login service down', async (t) => {
    const sim = await openSite(t)
    await sim.control.setFault({ id: 'ssoSlow', seconds: 600 })
    const visitor = new Visitor(sim)

    const page = visitor.passPassword(visitor.authorizeQuery().query, ANNA).catch(() => undefined)
    await sim.control.waitFor({ path: 'loginuserpass.php', count: 2, phase: 'arrived' })
    assert.equal((await sim.control.state()).people[0]?.passwordsTried, 0)
    await sim.close()
    await page
  })

  it('ask for consent first', async (t) => {
    const sim = await openSite(t)
    await sim.control.setFault({ id: 'ssoConsent' })
    const visitor = new Visitor(sim)

    const page = await visitor.passPassword(visitor.authorizeQuery().query, ANNA)
    assert.equal(actionOf(page), '/sso/module.php/consent/yes')
    assert.equal((await sim.control.state()).people[0]?.logins, 0)
  })
})
