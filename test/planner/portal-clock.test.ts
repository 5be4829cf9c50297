import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { nextAsk, type PortalClock, readClock } from '../../src/planner/portal-clock.ts'
import type { ClockSample } from '../../src/portals/contract.ts'

/** One request to a portal whose clock is `ahead` of ours; the way there and back take so long. */
function ask(sentAt: number, ahead: number, there: number, back: number): ClockSample {
  const atPortal = sentAt + there + ahead
  return { sentAt, answeredAt: sentAt + there + back, date: Math.floor(atPortal / 1_000) * 1_000 }
}

type World = { ahead: number; ways: { there: number; back: number }[] }

/** Measures as a worker does: each request when what is known says. */
function measure({ ahead, ways }: World): { clock: PortalClock; took: number } {
  const samples: ClockSample[] = []
  let clock: PortalClock | undefined
  let now = 5_000
  for (const { there, back } of ways) {
    const sample = ask(nextAsk(clock, now), ahead, there, back)
    samples.push(sample)
    now = sample.answeredAt
    clock = readClock(samples)
    assert.ok(clock, 'answers of one clock never contradict each other')
  }
  assert.ok(clock)
  return { clock, took: now - 5_000 }
}

const ahead = fc.double({ min: -5_000, max: 1.8e12, noNaN: true })
const ways = (least: number, jitter: number, count = { min: 1, max: 16 }) =>
  fc.array(
    fc.record({
      there: fc.double({ min: least, max: least + jitter, noNaN: true }),
      back: fc.double({ min: least, max: least + jitter, noNaN: true }),
    }),
    { minLength: count.min, maxLength: count.max },
  )

describe('reading a portal’s clock', () => {
  it('never claims to know it better than it does', () => {
    fc.assert(
      fc.property(ahead, ways(0, 400), (ahead, ways) => {
        const { clock } = measure({ ahead, ways })
        assert.ok(Math.abs(clock.ahead - ahead) <= clock.error + 0.01, `${clock.ahead - ahead} of ${clock.error}`)
      }),
    )
  })

  it('is within its doubt when the quickest way is as long there as back', () => {
    fc.assert(
      fc.property(ahead, ways(10, 60), (ahead, ways) => {
        const { clock } = measure({ ahead, ways: [{ there: 10, back: 10 }, ...ways] })
        assert.ok(Math.abs(clock.ahead - ahead) <= clock.doubt + 0.01, `${clock.ahead - ahead} of ${clock.doubt}`)
      }),
    )
  })

  it('comes to two milliseconds with a dozen requests, in as many seconds at most', () => {
    fc.assert(
      fc.property(ahead, ways(10, 0.5, { min: 12, max: 12 }), (ahead, ways) => {
        const { clock, took } = measure({ ahead, ways })
        assert.ok(clock.doubt <= 2, String(clock.doubt))
        assert.ok(took < 12_100, String(took))
      }),
    )
  })

  it('knows of nothing without answers, and of answers that contradict each other', () => {
    assert.equal(readClock([]), undefined)
    assert.equal(readClock([ask(0, 0, 5, 5), ask(20, 7_000, 5, 5)]), undefined)
  })

  it('asks at once, then so that the request is there when the second turns', () => {
    assert.equal(nextAsk(undefined, 123), 123)
    const clock = { ahead: 250, doubt: 100, error: 110, travel: 20 }
    assert.equal(nextAsk(clock, 0), 740)
    assert.equal(nextAsk(clock, 741), 1_740)
  })
})
