import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { FAULTS, type Never } from './faults.ts'
import type { Visit, VisitOptions } from './visit.ts'

export type Open = (t: TestContext, options?: VisitOptions) => Promise<Visit>

/** All that a login may come to, and what keeps a session. */
export function checkLogin(open: Open, never: Never): void {
  describe('the login', { concurrency: 4 }, () => {
    it('begins outside and ends inside, with one password', async (t) => {
      const { site, session, person, steps } = await open(t, { inside: false })
      assert.equal(await session.isLoggedIn(), false)
      await session.login()
      assert.equal(await session.isLoggedIn(), true)
      assert.equal(await site.passwordsTried(person.username), 1)
      assert.equal(steps[0], 'logging-in')
    })

    it('is needed once for everything', async (t) => {
      const { site, session, person, book, cancel } = await open(t, { inside: false })
      await session.login()
      await session.readTimetable()
      await session.readSlot(site.slots.free)
      await book()
      await cancel()
      assert.deepEqual(await session.readBookings(), [])
      assert.equal(await site.passwordsTried(person.username), 1)
    })

    it('sends no password from inside', async (t) => {
      const { site, session, person } = await open(t)
      const before = await site.passwordsTried(person.username)
      await session.login()
      assert.equal(await site.passwordsTried(person.username), before)
      assert.equal(await session.isLoggedIn(), true)
    })

    it('is kept by the saved state of the context', async (t) => {
      const first = await open(t, { inside: false })
      await first.session.login()
      await first.session.close()
      const { session, site, person } = await first.again('restored')
      assert.equal(await session.isLoggedIn(), true)
      assert.deepEqual(await session.readBookings(), [])
      assert.equal(await site.passwordsTried(person.username), 1)
    })

    it('outlives the session object, which leaves no page', async (t) => {
      const first = await open(t)
      await first.session.readBookings()
      await first.session.close()
      assert.deepEqual(first.context.pages(), [])
      await first.session.close()
      const { session } = await first.again('same-context')
      assert.equal(await session.isLoggedIn(), true)
    })

    it('stops at a wrong password, and never sends it again', async (t) => {
      const { site, session, person, context, failsWith } = await open(t, {
        inside: false,
        password: 'not-my-password',
      })
      await failsWith('bad-credentials', session.login())
      await failsWith('bad-credentials', session.login())
      assert.equal(await site.passwordsTried(person.username), 1)
      assert.equal(await session.isLoggedIn(), false)
      for (const page of context.pages()) assert.ok(!(await page.content()).includes(person.password))
    })

    it('is over when the site ends it, and begins again', async (t) => {
      const { site, session, book, holds, failsWith } = await open(t)
      await site.expireSessions()
      await failsWith('session-expired', session.readBookings())
      await failsWith('session-expired', book())
      assert.equal(await session.isLoggedIn(), false)
      await session.login()
      assert.equal(await session.isLoggedIn(), true)
      await book()
      assert.ok(await holds())
    })

    it('is one account and no other', async (t) => {
      const one = await open(t)
      const two = await one.again('other-person')
      await one.book()
      assert.deepEqual(await two.session.readBookings(), [])
      await two.book(two.site.slots.other)
      assert.deepEqual([await one.holds(one.site.slots.other), await two.holds()], [false, false])
      assert.equal((await one.session.readBookings()).length, 1)
    })

    for (const fault of ['challenge', 'login-changed'] as const) {
      it(`ends when ${FAULTS[fault].means}`, { skip: never[fault] }, async (t) => {
        const { site, session, failsWith } = await open(t, { inside: false, impatient: true })
        await site.set(fault)
        await failsWith(FAULTS[fault].kinds, session.login())
      })
    }
  })
}
