import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import fastify from 'fastify'
import { DelayLine } from '../../../sim/delft-x/travel/delay-line.ts'
import { arrivalOf, installGate } from '../../../sim/delft-x/travel/gate.ts'
import { openSite, SUNDAY, Visitor } from './visitor.ts'

const X1A = { date: SUNDAY, start: '13:00', place: 'X1 A' }

describe('the travel time', () => {
  it('lies before the arrival and after the answer, half each', async (t) => {
    const sim = await openSite(t, { travelMs: 30 })
    const anna = await new Visitor(sim).logIn()
    const payload = await anna.payload(X1A)
    const opensMs = Temporal.Instant.from('2025-11-13T12:00:00Z').epochMilliseconds
    // The site's clock was set somewhere between these two.
    const before = performance.now()
    await sim.control.setClock({ at: '2025-11-14T11:00:00Z' })
    const after = performance.now()

    const setMs = Temporal.Instant.from('2025-11-14T11:00:00Z').epochMilliseconds
    const sentMs = setMs + performance.now() - after
    await anna.post('/participations', payload)
    const answeredMs = setMs + performance.now() - before

    const [post] = await sim.control.posts()
    const arrivedMs = opensMs + (post?.offsetMs ?? 0)
    assert.ok(arrivedMs >= sentMs + 15, `${arrivedMs - sentMs}`)
    assert.ok(answeredMs >= arrivedMs + 15, `${answeredMs - arrivedMs}`)
    assert.match(post?.arrivedAt ?? '', /^2025-11-14T11:00:\d\d\.\d{6}Z$/)
  })

  it('is paid once more to set a connection up', async (t) => {
    const sim = await openSite(t, { travelMs: 30 })
    const socket = connect(Number(new URL(sim.apiUrl).port), '127.0.0.1')
    t.after(() => socket.destroy())
    const answer = () => new Promise((resolve) => socket.once('data', resolve))
    const ask = async () => {
      const sent = performance.now()
      socket.write('GET /products/20045 HTTP/1.1\r\nhost: x\r\n\r\n')
      await answer()
      return performance.now() - sent
    }

    assert.ok((await ask()) >= 60)
    assert.ok((await ask()) >= 30)
  })

  it('carries a reset as a reset', async (t) => {
    const sim = await openSite(t, { travelMs: 4 })
    const anna = await new Visitor(sim).logIn()
    await sim.control.setFault({ id: 'dropped' })

    await assert.rejects(anna.book(X1A), /fetch failed/)
    assert.equal((await sim.control.state()).bookings.length, 1)
    assert.equal((await anna.api('/participations')).status, 200)
  })
})

describe('the delay line', () => {
  it('does nothing before its instant, and all in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 6, noNaN: true }), { minLength: 1, maxLength: 12 }),
        async (delays) => {
          const line = new DelayLine()
          const start = performance.now()
          const done: { dueMs: number; index: number; doneMs: number }[] = []
          await new Promise<void>((resolve) => {
            delays.forEach((delay, index) => {
              const dueMs = start + delay
              line.at(dueMs, () => {
                done.push({ dueMs, index, doneMs: performance.now() })
                if (done.length === delays.length) resolve()
              })
            })
          })
          assert.ok(done.every(({ dueMs, doneMs }) => doneMs >= dueMs))
          assert.deepEqual(
            done,
            done.toSorted((a, b) => a.dueMs - b.dueMs || a.index - b.index),
          )
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('the gate', () => {
  it('sees all that come at once before any of them is worked on, and lets them in one by one', async (t) => {
    const app = fastify()
    t.after(() => app.close())
    installGate(app, () => undefined)
    const seen: { arrivedMs: number; workedOnMs: number; turn: number }[] = []
    let turns = 0
    const count = () => void (turns++ < 100 && setImmediate(count))
    app.get('/', async (request) => {
      seen.push({ arrivedMs: arrivalOf(request) ?? Number.NaN, workedOnMs: performance.now(), turn: turns })
    })
    await app.ready()
    count()
    await Promise.all(Array.from({ length: 5 }, () => app.inject('/')))

    const [first] = seen
    assert.equal(seen.length, 5)
    assert.ok(seen.every(({ arrivedMs }) => arrivedMs <= (first?.workedOnMs ?? 0)))
    assert.equal(new Set(seen.map(({ turn }) => turn)).size, 5)
  })

  it('believes the relay about what came by it', async (t) => {
    const app = fastify()
    t.after(() => app.close())
    installGate(app, () => 12.5)
    app.get('/', (request) => ({ arrivedMs: arrivalOf(request) }))

    assert.deepEqual((await app.inject('/')).json(), { arrivedMs: 12.5 })
  })
})

describe('the attempt log', () => {
  it('knows fractions of a millisecond while the clock runs, wherever it is set', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await sim.control.setClock({ at: '2025-11-14T12:00' })
    for (const start of ['13:00', '14:00', '15:00']) await anna.book({ ...X1A, start })

    const posts = await sim.control.posts()
    assert.ok(posts.some(({ offsetMs }) => !Number.isInteger(offsetMs)))
    assert.ok(posts.every(({ tookMs }) => tookMs !== null && tookMs > 0))
    const arrivals = posts.map(({ arrivedAt }) => arrivedAt)
    assert.deepEqual(arrivals, arrivals.toSorted())
  })
})
