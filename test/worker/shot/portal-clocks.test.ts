import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import type { ArmedBooking } from '../../../src/portals/contract.ts'
import { PortalError } from '../../../src/portals/errors.ts'
import { type ClockQuestion, PortalClocks } from '../../../src/worker/shot/portal-clocks.ts'

const warnings: string[] = []
const log = pino({ level: 'warn' }, { write: (line) => void warnings.push(line) })
const clock = { now: () => Temporal.Now.instant() }
const ours = () => performance.timeOrigin + performance.now()

/** Pings of a portal whose clock is so far ahead of ours: each answer is told, fails or never comes, the last one for ever after. */
function pings(...ends: ('told' | 'fails' | 'hangs')[]): ArmedBooking['ping'] & { asked: number } {
  return pingsAhead(0, ...ends)
}

function pingsAhead(aheadMs: number, ...ends: ('told' | 'fails' | 'hangs')[]) {
  const ping = async () => {
    ping.asked++
    const end = ends.length > 1 ? ends.shift() : ends[0]
    if (end === 'hangs') return await new Promise<never>(() => undefined)
    if (end === 'fails') throw new PortalError('portal-down', 'the site answered 502')
    const sentAt = performance.now()
    return { sentAt, answeredAt: performance.now(), date: Math.floor((ours() + aheadMs) / 1_000) * 1_000 }
  }
  ping.asked = 0
  return ping
}

function question(ping: ArmedBooking['ping'], withinMs: number, change: Partial<ClockQuestion> = {}): ClockQuestion {
  const { signal } = new AbortController()
  const by = performance.now() + withinMs
  return { portal: 'polimisport', ping, by, portalBy: ours() + 3_600_000, goodMs: 1_100, signal, log, ...change }
}

describe('the clock of a portal', () => {
  it('is measured though a request fails', async () => {
    const ping = pings('fails', 'told')
    const measured = await new PortalClocks(clock).of(question(ping, 5_000))
    assert.ok(measured)
    assert.equal(ping.asked, 2)
  })

  it('is not known where every request fails, which are not sent one right after the other', async () => {
    const ping = pings('fails')
    assert.equal(await new PortalClocks(clock).of(question(ping, 100)), undefined)
    assert.equal(ping.asked, 1)
  })

  it('is what was known when the time was up, for all who wait for an answer that does not come', async () => {
    const clocks = new PortalClocks(clock)
    // The second is sent when the second turns, and on a busy machine a while after.
    const by = 4_000
    const asking = [pings('told', 'hangs'), pings('told'), pings('told')]
    const answers = await Promise.all(asking.map((ping) => clocks.of(question(ping, by, { goodMs: 1 }))))
    assert.deepEqual(
      asking.map(({ asked }) => asked),
      [2, 0, 0],
    )
    for (const answer of answers) assert.ok(answer && answer.doubt <= 501)
  })

  it('is not waited for by those who were taken back', async () => {
    const clocks = new PortalClocks(clock)
    const first = new AbortController()
    const second = new AbortController()
    const hanging = pings('hangs')
    const measuring = clocks.of(question(hanging, 60_000, { signal: first.signal }))
    const waiting = clocks.of(question(pings('told'), 60_000, { signal: second.signal }))
    const asked = assert.rejects(waiting, /taken back/)
    second.abort(new Error('taken back'))
    await asked
    first.abort(new Error('stopping'))
    await assert.rejects(measuring)
  })

  it('is not measured past the opening by the portal’s own clock, which is before ours', async () => {
    const ping = pingsAhead(10_000, 'told')
    const portalBy = ours() + 9_500
    const measured = await new PortalClocks(clock).of(question(ping, 60_000, { portalBy, goodMs: 1 }))
    assert.ok(measured)
    // What is known after the first one is off by half a second at most.
    assert.equal(ping.asked, 1)
  })

  it('is told to whoever keeps the machine, where ours is more than half a second off', async () => {
    warnings.length = 0
    await new PortalClocks(clock).of(question(pings('told'), 5_000))
    assert.deepEqual(warnings, [])
    await new PortalClocks(clock).of(question(pingsAhead(-10_000, 'told'), 5_000))
    assert.match(String(warnings[0]), /our clock is (9|10)\d{3} ms ahead of that of polimisport/)
    await new PortalClocks(clock).of(question(pingsAhead(10_000, 'told'), 5_000))
    assert.match(String(warnings[1]), /behind that of polimisport/)
  })

  it('is measured by the next one, when who measured is broken off', async () => {
    const clocks = new PortalClocks(clock)
    const first = new AbortController()
    const measuring = clocks.of(question(pings('hangs'), 60_000, { signal: first.signal }))
    const ping = pings('told')
    const next = clocks.of(question(ping, 60_000))
    first.abort(new Error('taken back'))
    await assert.rejects(measuring)
    assert.ok(await next)
    assert.equal(ping.asked, 1)
  })
})
