import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ArmedBooking } from '../../../src/portals/contract.ts'
import { PortalError } from '../../../src/portals/errors.ts'
import { type ClockQuestion, PortalClocks } from '../../../src/worker/shot/portal-clocks.ts'

const clock = { now: () => Temporal.Now.instant() }
const ours = () => performance.timeOrigin + performance.now()

/** Pings of a portal that has our clock: each answer is told, fails or never comes, the last one for ever after. */
function pings(...ends: ('told' | 'fails' | 'hangs')[]): ArmedBooking['ping'] & { asked: number } {
  const ping = async () => {
    ping.asked++
    const end = ends.length > 1 ? ends.shift() : ends[0]
    if (end === 'hangs') return await new Promise<never>(() => undefined)
    if (end === 'fails') throw new PortalError('portal-down', 'the site answered 502')
    const sentAt = performance.now()
    return { sentAt, answeredAt: performance.now(), date: Math.floor(ours() / 1_000) * 1_000 }
  }
  ping.asked = 0
  return ping
}

function question(ping: ArmedBooking['ping'], withinMs: number, change: Partial<ClockQuestion> = {}): ClockQuestion {
  const { signal } = new AbortController()
  return { portal: 'polimisport', ping, by: performance.now() + withinMs, goodMs: 1_100, signal, ...change }
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
    // The second is sent when the second turns.
    const by = 1_500
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
