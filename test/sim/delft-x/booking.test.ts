import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ANNA, BRAM, MONDAY, openSite, SUNDAY, Visitor } from './visitor.ts'

const X1A = { date: SUNDAY, start: '13:00', place: 'X1 A' }
const X1B = { ...X1A, place: 'X1 B' }
const FITNESS = { ...X1A, place: 'Fitness' }

describe('the window', () => {
  for (const [place, date] of [
    ['X1 A', MONDAY],
    ['X2 B', MONDAY],
    ['Fitness', '2025-11-21'],
  ] as const) {
    it(`of ${place} is refused a millisecond before and accepted at its opening`, async (t) => {
      const sim = await openSite(t)
      const anna = await new Visitor(sim).logIn()
      const cell = { date, start: '13:00', place }

      await sim.control.setClock({ at: '2025-11-14T12:59:59.999', frozen: true })
      const early = await anna.book(cell)
      assert.deepEqual([early.status, early.body.error], [403, 'Forbidden'])
      await sim.control.setClock({ at: '2025-11-14T13:00', frozen: true })
      assert.equal((await anna.book(cell)).status, 201)

      const posts = await sim.control.posts()
      assert.deepEqual(
        posts.map(({ offsetMs, outcome }) => [offsetMs, outcome]),
        [
          [-1, 'not-open'],
          [0, 'booked'],
        ],
      )
    })
  }

  it('is counted in absolute time: across a clock change it opens at another hour', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    const cell = { date: '2026-03-30', start: '13:00', place: 'X1 A' }
    await sim.control.setClock({ at: '2026-03-27T11:59:59.999', frozen: true })
    await anna.logIn()

    assert.equal((await anna.book(cell)).status, 403)
    await sim.control.setClock({ at: '2026-03-27T12:00', frozen: true })
    assert.equal((await anna.book(cell)).status, 201)
  })

  it('ends with the start of the slot', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()

    assert.equal((await anna.book({ date: '2025-11-14', start: '12:00', place: 'X1 A' })).status, 403)
    assert.equal((await sim.control.posts())[0]?.outcome, 'too-late')
  })
})

describe('capacity', () => {
  it('of a hall half is one, however many come at once', async (t) => {
    const people = Array.from({ length: 12 }, (_, n) => ({ username: `netid${n}`, password: 'p' }))
    const sim = await openSite(t, { people })
    const visitors = await Promise.all(people.map((person) => new Visitor(sim).logIn(person)))

    const answers = await Promise.all(visitors.map((visitor) => visitor.book(X1A)))

    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    assert.equal(answers.filter(({ status }) => status === 403).length, 11)
    assert.equal((await sim.control.state()).bookings.length, 1)
  })

  it('of Fitness is shared, and ends at 46', async (t) => {
    const sim = await openSite(t)
    const [anna, bram] = [await new Visitor(sim).logIn(), await new Visitor(sim).logIn(BRAM)]
    await sim.control.fill({ ...FITNESS, taken: 45 })

    assert.deepEqual([(await anna.book(FITNESS)).status, (await bram.book(FITNESS)).status], [201, 403])
    assert.equal((await sim.control.posts()).at(-1)?.outcome, 'taken')
  })

  it('is given back by cancelling, once', async (t) => {
    const sim = await openSite(t)
    const [anna, bram] = [await new Visitor(sim).logIn(), await new Visitor(sim).logIn(BRAM)]
    const { id } = (await anna.book(X1A)).body

    assert.equal(await bram.cancel(id), 404)
    assert.equal(await anna.cancel(id), 200)
    assert.equal(await anna.cancel(id), 404)
    assert.equal((await bram.book(X1A)).status, 201)
  })
})

describe('the limits of a member', () => {
  it('are one booking an hour and one a day in each location, halves being of one location', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    const outcomes: unknown[] = []
    const tried = async (place: string, start: string, date = SUNDAY) => {
      await anna.book({ date, start, place })
      outcomes.push((await sim.control.posts()).at(-1)?.outcome)
    }

    await tried('X1 A', '13:00')
    await tried('X1 A', '13:00')
    await tried('X3 A', '13:00')
    await tried('Fitness', '13:00')
    await tried('X1 B', '14:00')
    await tried('X3 B', '14:00')
    await tried('Fitness', '15:00')
    await tried('X1 B', '13:00', '2025-11-15')

    assert.deepEqual(outcomes, ['booked', 'duplicate', 'overlap', 'overlap', 'limit', 'booked', 'booked', 'booked'])
  })

  it('can be switched off one by one', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await anna.book(X1A)

    await sim.control.setRules({ c1: false })
    assert.equal((await anna.book(X1B)).status, 403)
    assert.equal((await anna.book({ ...X1A, place: 'X3 A' })).status, 201)
    await sim.control.setRules({ c1: true, c2: false })
    assert.equal((await anna.book(X1B)).status, 403)
    assert.equal((await anna.book({ ...X1B, start: '14:00' })).status, 201)
  })

  it('are given back by cancelling, unless told otherwise', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    await anna.cancel((await anna.book(X1A)).body.id)

    assert.equal((await anna.book(X1B)).status, 201)
    await sim.control.setRules({ cancelRestores: false })
    await anna.cancel((await sim.control.state()).bookings[0]?.participationId ?? 0)
    assert.equal((await anna.book(X1A)).status, 403)
  })
})

describe('kinds of members', () => {
  it('need a subscription, and for Fitness a supplement', async (t) => {
    const people = [
      { username: 'nosub', password: 'p', kind: 'no-subscription' },
      { username: 'nosup', password: 'p', kind: 'no-supplement' },
    ] as const
    const sim = await openSite(t, { people })
    const [nosub, nosup] = await Promise.all(people.map((person) => new Visitor(sim).logIn(person)))

    assert.deepEqual([(await nosub?.book(X1A))?.status, (await nosub?.book(FITNESS))?.status], [403, 403])
    assert.deepEqual([(await nosup?.book(FITNESS))?.status, (await nosup?.book(X1A))?.status], [403, 201])
    const outcomes = (await sim.control.posts()).map(({ outcome }) => outcome)
    assert.deepEqual(outcomes, ['no-subscription', 'no-subscription', 'no-subscription', 'booked'])
  })
})

describe('the payload', () => {
  it('may be composed for a hall before its slot was ever read, and be bare for a session', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    const params = { startDate: '2025-11-16T12:00:00.000Z', endDate: '2025-11-16T12:59:00.000Z' }
    const hall = {
      memberId: anna.memberId,
      params: { ...params, bookableProductId: 4, bookableLinkedProductId: 20045 },
    }
    const { bookingId } = await anna.payload({ ...FITNESS, start: '14:00' })

    assert.equal((await anna.post('/participations', hall)).status, 201)
    const session = { memberId: anna.memberId, bookingId, organizationId: null }
    assert.equal((await anna.post('/participations', session)).status, 201)
  })

  it('is refused with a list of what is wrong', async (t) => {
    const sim = await openSite(t)
    const [anna, bram] = [await new Visitor(sim).logIn(), await new Visitor(sim).logIn(BRAM)]
    const hall = await anna.payload(X1A)
    const session = await anna.payload(FITNESS)
    const withParams = (params: object) => ({ ...hall, params: { ...hall.params, ...params } })

    for (const [body, wrong] of [
      [undefined, /memberId must be a number/],
      [{ ...hall, memberId: String(anna.memberId) }, /memberId must be a number/],
      [{ ...hall, memberId: bram.memberId }, /member of the token/],
      [{ ...hall, bookingId: 5_000_001 }, /bookable slot/],
      [{ ...hall, bookingId: session.bookingId }, /startDate|bookableProductId/],
      [withParams({ endDate: '2025-11-16T13:00:00.000Z' }), /endDate/],
      [withParams({ startDate: '2025-11-16T12:30:00.000Z' }), /bookable slot/],
      [withParams({ startDate: '2025-11-16T13:00:00+01:00' }), /bookable slot/],
      [withParams({ bookableProductId: 16533 }), /bookable slot/],
      [withParams({ bookableLinkedProductId: 20047 }), /linked product/],
      [withParams({ invitedGuests: ['somebody'] }), /invitedGuests/],
      [{ ...session, bookingId: null }, /bookingId must be a number/],
    ] as const) {
      const answer = await anna.post('/participations', body)
      const refusal = (await answer.json()) as { message: string[]; error: string }
      assert.deepEqual([answer.status, refusal.error], [400, 'Bad Request'])
      assert.match(refusal.message.join(), wrong)
    }
    assert.deepEqual((await sim.control.state()).bookings, [])
  })

  it('is looked at after the token, and before the window', async (t) => {
    const sim = await openSite(t)
    const anna = await new Visitor(sim).logIn()
    const early = await anna.payload({ ...X1A, date: MONDAY, start: '20:00' })

    assert.equal((await anna.post('/participations', { ...early, memberId: 'me' })).status, 400)
    anna.token = 'expired'
    assert.equal((await anna.post('/participations', { ...early, memberId: 'me' })).status, 401)
    const posts = await sim.control.posts()
    assert.deepEqual(
      posts.map(({ account, outcome }) => [account, outcome]),
      [
        [ANNA.username, 'malformed'],
        [null, 'bad-token'],
      ],
    )
  })
})

describe('other profiles', () => {
  it('answer 409 to doubles and full slots', async (t) => {
    const sim = await openSite(t, { profile: 'conflict409' })
    const [anna, bram] = [await new Visitor(sim).logIn(), await new Visitor(sim).logIn(BRAM)]
    await anna.book(X1A)

    for (const { status, body } of [await anna.book(X1A), await bram.book(X1A)]) {
      assert.deepEqual([status, body.error], [409, 'Conflict'])
    }
    assert.equal((await anna.book(X1B)).status, 403)
  })

  it('put on the waiting list who comes to a full Fitness, but to no full hall', async (t) => {
    const sim = await openSite(t, { profile: 'waitlist' })
    const anna = await new Visitor(sim).logIn()
    for (const cell of [FITNESS, X1A]) await sim.control.fill(cell)

    const { status, body } = await anna.book(FITNESS)
    assert.deepEqual([status, body.status], [201, 3])
    assert.equal((await anna.book(FITNESS)).status, 403)
    assert.equal((await anna.book(X1A)).status, 403)
    assert.equal((await sim.control.state()).bookings[0]?.status, 'waiting')
    assert.equal(await anna.cancel(body.id), 200)
    assert.equal(
      (await sim.control.slots(SUNDAY)).find(({ place, start }) => place === 'Fitness' && start === '13:00')?.taken,
      46,
    )
  })

  it('have other words', async (t) => {
    const words = new Set<unknown>()
    for (const profile of ['default', 'conflict409', 'waitlist'] as const) {
      const sim = await openSite(t, { profile })
      const anna = await new Visitor(sim).logIn()
      words.add((await anna.book({ ...X1A, date: MONDAY, start: '20:00' })).body.message)
    }
    assert.equal(words.size, 3)
  })
})
