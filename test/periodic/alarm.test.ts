import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { alarm } from '../../src/periodic/alarm.ts'

describe('an alarm', () => {
  const NOW = Temporal.Instant.from('2026-11-21T09:00:00Z')
  const clock = { now: () => NOW }

  it('rings once, at the instant it was last set for', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const ring = t.mock.fn()
    const set = alarm(clock, ring)
    set.setFor(NOW.add({ seconds: 2 }))
    set.setFor(NOW.add({ seconds: 4 }))
    t.mock.timers.tick(4_000)
    assert.equal(ring.mock.callCount(), 0)
    t.mock.timers.tick(1)
    assert.equal(ring.mock.callCount(), 1)
    t.mock.timers.tick(60_000)
    assert.equal(ring.mock.callCount(), 1)
  })

  it('rings at once for an instant that has passed', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const ring = t.mock.fn()
    alarm(clock, ring).setFor(NOW.subtract({ seconds: 9 }))
    t.mock.timers.tick(1)
    assert.equal(ring.mock.callCount(), 1)
  })

  it('does not ring where there is no instant, nor once it is closed', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const ring = t.mock.fn()
    const set = alarm(clock, ring)
    set.setFor(NOW)
    set.setFor(undefined)
    t.mock.timers.tick(10)
    set.setFor(NOW)
    set.close()
    set.setFor(NOW)
    t.mock.timers.tick(10)
    assert.equal(ring.mock.callCount(), 0)
  })
})
