import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { ArmedBooking } from '../../../src/portals/contract.ts'
import { PortalError } from '../../../src/portals/errors.ts'
import { isBookingOf } from '../../../src/portals/match.ts'
import { FAULTS } from './faults.ts'
import type { Open } from './login.ts'
import type { PortalStand } from './stand.ts'
import type { Visit } from './visit.ts'

const LOST = ['answer-lost', 'answer-cut', 'error-before', 'cut-before'] as const

/** All but the last request of a booking, and that request: for a portal that can be armed. */
export function checkArming(open: Open, { facts, never, unarmed }: PortalStand): void {
  if (unarmed !== undefined) {
    it(`cannot be armed: ${unarmed}`, async (t) => {
      const { site, session } = await open(t)
      if (session.arm) await assert.rejects(session.arm(site.slots.notOpen), PortalError)
    })
  }

  describe('an armed booking', { concurrency: 4, skip: unarmed }, () => {
    it('is refused before the opening, and made after it', async (t) => {
      const { site, session, holds, sent, failsWith, armed } = await arm(t, open)
      const { notOpen } = site.slots
      assert.equal(await sent('book'), 0)
      await failsWith('not-open-yet', armed.fire())
      assert.deepEqual([await sent('book'), await holds(notOpen)], [1, false])
      armed.toOpening()
      await armed.fire()
      const booking = await armed.prove()
      assert.ok(isBookingOf(booking, notOpen))
      assert.deepEqual(await session.readBookings(), [booking])
      assert.deepEqual([await sent('book'), await holds(notOpen)], [2, true])
    })

    it('is one request and nothing else', async (t) => {
      const { site, armed } = await arm(t, open)
      await armed.ping()
      armed.toOpening()
      const before = (await site.requests()).length
      await armed.fire()
      assert.deepEqual((await site.requests()).slice(before), ['book'])
    })

    for (const seconds of [0, 7, -7]) {
      it(`tells the portal's clock, ${seconds} s from ours`, async (t) => {
        const { site, clock, sent, armed } = await arm(t, open)
        await site.skew(seconds)
        const { sentAt, answeredAt, date } = await armed.ping()
        assert.ok(sentAt <= answeredAt && answeredAt <= performance.now())
        assert.equal(date % 1_000, 0)
        const ahead = date - clock.now().epochMilliseconds - seconds * 1_000
        assert.ok(ahead > -1_000 && ahead <= 0, `${ahead} ms`)
        assert.equal(await sent('book'), 0)
      })
    }

    it('ends when the place has gone, as any booking does', { skip: never['full-in-between'] }, async (t) => {
      const { site, holds, failsWith, armed } = await arm(t, open)
      armed.toOpening()
      await site.set('full-in-between')
      await failsWith('slot-full', armed.fire())
      assert.equal(await holds(site.slots.notOpen), false)
    })

    it('may be fired again after 429', { skip: never['rate-limited'] }, async (t) => {
      const { site, holds, failsWith, armed } = await arm(t, open)
      armed.toOpening()
      await site.set('rate-limited')
      await failsWith('rate-limited', armed.fire())
      await site.clearFaults()
      await armed.fire()
      assert.ok(await holds(site.slots.notOpen))
    })

    for (const fault of LOST) {
      it(`is cleared up by the list: ${FAULTS[fault].means}`, { skip: never[fault] }, async (t) => {
        const { site, session, holds, sent, failsWith, armed } = await arm(t, open)
        const { notOpen } = site.slots
        armed.toOpening()
        await site.set(fault)
        await failsWith(FAULTS[fault].kinds, armed.fire())
        assert.equal(await sent('book'), 1)
        await site.clearFaults()
        const listed = (await session.readBookings()).some((booking) => isBookingOf(booking, notOpen))
        const done = fault.startsWith('answer')
        assert.deepEqual([listed, await holds(notOpen)], [done, done])
      })
    }

    it('ends with the session', async (t) => {
      const { site, holds, failsWith, armed } = await arm(t, open)
      armed.toOpening()
      await site.expireSessions()
      await failsWith('session-expired', armed.fire())
      assert.equal(await holds(site.slots.notOpen), false)
    })

    it('is not sent when it was taken back', async (t) => {
      const { abort, sent, armed } = await arm(t, open)
      armed.toOpening()
      abort.abort(new Error('taken back'))
      await assert.rejects(async () => armed.fire(), /taken back/)
      assert.equal(await sent('book'), 0)
    })
  })

  /** A visit, armed for the slot that is not open yet. */
  async function arm(t: TestContext, open: Open): Promise<Visit & { armed: Armed }> {
    const visit = await open(t)
    const { session, site, clock } = visit
    assert.ok(session.arm)
    const armed = await session.arm(site.slots.notOpen)
    const opening = facts.opening(site.slots.notOpen)
    const toOpening = () => clock.advance(opening.epochMilliseconds - clock.now().epochMilliseconds)
    return { ...visit, armed: Object.assign(armed, { toOpening }) }
  }
}

type Armed = ArmedBooking & { toOpening(): void }
