import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { DatabaseClock } from '../../src/db/database-clock.ts'

const NOON = Temporal.Instant.from('2026-11-23T12:00:00Z')

/** The counter of this process, and how wrong this machine's clock goes. */
let counter = 0
let wrongMs = 0
beforeEach(() => {
  counter = 1000
  wrongMs = 0
  mock.method(performance, 'now', () => counter)
  mock.method(Temporal.Now, 'instant', () => NOON.add({ milliseconds: Math.round(counter - 1000 + wrongMs) }))
})
afterEach(() => mock.restoreAll())

/** The database's clock is `aheadMs` before ours; its answer takes `travelMs` there and back. */
function tell(clock: DatabaseClock, aheadMs: number, travelMs: number): void {
  const askedAt = counter
  const told = NOON.add({ milliseconds: Math.round(counter - 1000 + travelMs / 2 + aheadMs) })
  counter += travelMs
  clock.learn(told, askedAt)
}
/** How far it is ahead of a right clock. */
const aheadOf = (clock: DatabaseClock) => clock.now().since(NOON).total('milliseconds') - (counter - 1000)

describe('the clock of the database', () => {
  it('is this machine’s until it has told its own', () => {
    wrongMs = 250
    assert.equal(aheadOf(new DatabaseClock()), 250)
  })

  it('is what it told, corrected for the time the answer took', () => {
    const clock = new DatabaseClock()
    tell(clock, 5000, 10)
    assert.equal(aheadOf(clock), 5000)

    counter += 3_600_000
    assert.equal(aheadOf(clock), 5000, 'and goes on from there')
  })

  it('is not moved by this machine’s', () => {
    const clock = new DatabaseClock()
    tell(clock, -5000, 10)
    wrongMs = 3_600_000
    assert.equal(aheadOf(clock), -5000)
  })

  it('believes the quicker answer', () => {
    const clock = new DatabaseClock()
    tell(clock, 100, 10)
    tell(clock, 250, 400)
    assert.equal(aheadOf(clock), 100, 'a slow one tells less')
    tell(clock, 120, 4)
    assert.equal(aheadOf(clock), 120)
  })

  it('believes a slow answer that contradicts what was known: the clock was set', () => {
    const clock = new DatabaseClock()
    tell(clock, 100, 10)
    tell(clock, 900, 400)
    assert.equal(aheadOf(clock), 900)
  })

  it('is to be read again after a second, and when this machine’s clock jumped', () => {
    const clock = new DatabaseClock()
    assert.equal(clock.isStale, true)
    tell(clock, 100, 10)
    assert.equal(clock.isStale, false)
    wrongMs = 100
    assert.equal(clock.isStale, true)
    wrongMs = 0
    counter += 1001
    assert.equal(clock.isStale, true)
  })

  it('trusts an old answer less and less: what the database’s clock does is followed', () => {
    const clock = new DatabaseClock()
    tell(clock, 100, 10)
    counter += 600_000
    tell(clock, 160, 100)
    assert.equal(aheadOf(clock), 160)
  })
})
