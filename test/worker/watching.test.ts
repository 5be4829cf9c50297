import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { isOpen } from '../../src/db/actions/action.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { findAction } from '../../src/db/actions/read.ts'
import type { WatchKind } from '../../src/db/schema.ts'
import { findSlotLike, replaceTimetable } from '../../src/db/slots.ts'
import type { PortalSession, TimetableSlot } from '../../src/portals/contract.ts'
import { PortalError } from '../../src/portals/errors.ts'
import type { Worker } from '../../src/worker/worker.ts'
import { patience } from '../support/patience.ts'
import { newBook, openTestQueue, type TestQueue } from '../support/queue.ts'
import { startWorkerWithoutBrowser } from '../support/worker-without-browser.ts'

const YOGA: TimetableSlot = {
  date: '2026-11-24',
  start: '18:00',
  end: '19:00',
  location: 'Giuriati - Corsi Platinum',
  course: 'YOGA',
  siteId: 'A',
  instructor: null,
  spots: 0,
  state: 'available',
}

/** A site with one class: it counts what it is asked. */
type Site = {
  spots: number
  /** Another class of that day, which the same request shows. */
  neighbour: TimetableSlot | undefined
  down: boolean
  visits: number
  looks: string[]
  bookings: string[]
}

let queue: TestQueue
let site: Site
let workers: Worker[]
beforeEach(async () => {
  queue = await openTestQueue(4)
  site = { spots: 0, neighbour: undefined, down: false, visits: 0, looks: [], bookings: [] }
  await queue.db.write((tx, now) => replaceTimetable(tx, 'polimisport', [YOGA], now))
  queue.clock.move({ minutes: 10 })
  workers = [await newWorker(), await newWorker()]
})
afterEach(async () => {
  for (const worker of workers) await worker.stop()
  await queue.close()
})

function newWorker(): Promise<Worker> {
  return startWorkerWithoutBrowser(queue, 4, ({ credentials: { username } }) => sessionOf(username))
}

function sessionOf(account: string): PortalSession {
  const { neighbour } = site
  const isMine = () => site.bookings.includes(account)
  const lookAtYoga = (): TimetableSlot => {
    site.looks.push(account)
    return { ...YOGA, spots: site.spots, state: isMine() ? 'booked' : 'available' }
  }
  return {
    async isLoggedIn() {
      site.visits += 1
      if (site.down) throw new PortalError('portal-down', 'the site is down')
      return true
    },
    login: async () => undefined,
    readTimetable: async () => [{ ...YOGA, spots: site.spots }],
    readSlot: async () => lookAtYoga(),
    ...(neighbour && {
      readAround: async ({ course }) => {
        const yoga = lookAtYoga()
        return course === YOGA.course ? { slot: yoga, others: [neighbour] } : { slot: neighbour, others: [yoga] }
      },
    }),
    readBookings: async () => (isMine() ? [{ ...YOGA, cancellable: true }] : []),
    async book(_slot, beforeSubmit) {
      await beforeSubmit()
      if (site.spots === 0) {
        throw new PortalError('slot-full', 'the site refused the booking')
      }
      site.spots -= 1
      site.bookings.push(account)
      return { ...YOGA, cancellable: true }
    },
    cancel: async () => undefined,
    close: async () => undefined,
  }
}

/** Account `n` (from 0) watches the class; its username is `ada` and n + 1. */
async function watch(n: number, how: WatchKind = 'book', slot = YOGA): Promise<number> {
  const account = queue.accounts[n]
  assert.ok(account)
  const deadline = queue.clock.now().add({ hours: 28 })
  const { id } = await enqueueAction(queue.db, { ...newBook(account, 0), slot, watch: how, deadline })
  await quiet()
  return id
}

/** Looks at the class for a page of account `n`. */
async function lookFor(n: number): Promise<number> {
  const account = queue.accounts[n]
  assert.ok(account)
  const deadline = queue.clock.now().add({ seconds: 30 })
  const asked = { userId: null, accountId: account.id, portal: account.portal }
  const { id } = await enqueueAction(queue.db, { ...asked, type: 'refresh', slot: YOGA, deadline })
  await quiet()
  return id
}

/** Waits until nobody is at work and nothing is due. */
async function quiet(): Promise<void> {
  const limit = patience()
  for (;;) {
    const now = queue.clock.now().toString({ fractionalSecondDigits: 3 })
    const open = await queue.db.read
      .selectFrom('booking_actions')
      .select('id')
      .where('status', 'in', ['pending', 'processing'])
      .where((eb) => eb.or([eb('status', '=', 'processing'), eb('run_at', '<=', now)]))
      .where('account_id', 'in', (eb) => eb.selectFrom('accounts').select('id').where('state', '=', 'active'))
      .execute()
    if (open.length === 0) return
    limit.throwIfAborted()
    queue.db.waker.poke('work')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Lets time go by, and everybody do what there is to do whenever something comes due. */
async function pass(by: Temporal.DurationLike): Promise<void> {
  const end = queue.clock.now().add(by)
  for (;;) {
    await quiet()
    const row = await queue.db.read
      .selectFrom('booking_actions')
      .select((eb) => eb.fn.min('run_at').as('at'))
      .where('status', '=', 'pending')
      .where('run_at', '>', queue.clock.now().toString({ fractionalSecondDigits: 3 }))
      .executeTakeFirst()
    const next = row?.at ? Temporal.Instant.from(row.at) : end
    const to = Temporal.Instant.compare(next, end) < 0 ? next : end
    queue.clock.set(to.toString())
    await quiet()
    if (Temporal.Instant.compare(to, end) >= 0) return
  }
}

const stateOf = async (id: number) => {
  const action = await findAction(queue.db.read, id)
  assert.ok(action)
  return isOpen(action) ? 'open' : (action.result?.kind ?? action.error?.kind)
}

describe('several who watch the same class', () => {
  it('cost one request when they come together', async () => {
    const ids = [await watch(0), await watch(1), await watch(2, 'tell')]

    assert.deepEqual(site.looks, ['ada1'])
    assert.equal(site.visits, 1, 'nobody else even asked whether they are logged in')
    const lookedAt = await Promise.all(ids.map(async (id) => (await queue.row(id)).looked_at))
    assert.equal(new Set(lookedAt).size, 1)
  })

  it('cost as much over an hour as one alone', async () => {
    for (const n of [0, 1, 2, 3]) await watch(n)
    site.looks.length = 0

    await pass({ hours: 1 })

    assert.ok(site.looks.length >= 14 && site.looks.length <= 30, `${site.looks.length} looks in an hour`)
    assert.deepEqual(new Set(site.looks), new Set(['ada1']), 'who has watched longest looks')
  })

  it('all learn of a place by one look, and who has watched longest gets it', async () => {
    const [first, second] = [await watch(0), await watch(1)]
    await pass({ minutes: 10 })
    site.looks.length = 0
    site.spots = 1

    // No longer: ada2 may look again from two minutes after that on.
    for (let waited = 0; waited < 24 && site.bookings.length === 0; waited++) await pass({ seconds: 10 })

    assert.deepEqual(site.bookings, ['ada1'])
    assert.deepEqual(await Promise.all([first, second].map(stateOf)), ['booked', 'open'])
    assert.deepEqual(new Set(site.looks), new Set(['ada1']))
    assert.ok(site.looks.length <= 2, `${site.looks.length} looks`)
  })

  it('are told of a place that is left', async () => {
    const ids = [await watch(0), await watch(1, 'tell'), await watch(2, 'tell')]
    site.looks.length = 0
    site.spots = 2

    await pass({ minutes: 4 })

    assert.deepEqual(await Promise.all(ids.map(stateOf)), ['booked', 'place-free', 'place-free'])
    assert.deepEqual(site.looks, ['ada1'])
  })

  it('are all served when there are places for all', async () => {
    const ids = [await watch(0), await watch(1), await watch(2)]
    site.spots = 3

    await pass({ minutes: 4 })

    assert.deepEqual(await Promise.all(ids.map(stateOf)), ['booked', 'booked', 'booked'])
    assert.deepEqual(site.bookings.toSorted(), ['ada1', 'ada2', 'ada3'])
    assert.equal(site.looks.length, 2, 'one when it was full, one when it was not')
  })

  it('do not take one’s own booking for a full class, nor for a free one', async () => {
    site.bookings.push('ada1')
    site.spots = 0
    const holder = await watch(0, 'book')
    const other = await watch(1)
    assert.equal(await stateOf(other), 'open')

    site.spots = 1
    await pass({ minutes: 5 })

    assert.deepEqual(await Promise.all([holder, other].map(stateOf)), ['open', 'booked'])
    assert.deepEqual(site.bookings, ['ada1', 'ada2'])
  })

  it('go on when the one who looks is not able to', async () => {
    site.down = true
    const first = await watch(0)
    const second = await watch(1)
    assert.equal(site.visits, 1)
    await queue.db.write((tx) =>
      tx
        .updateTable('accounts')
        .set({ state: 'suspended' })
        .where('id', '=', queue.accounts[0]?.id ?? 0)
        .execute(),
    )
    site.down = false
    site.spots = 1

    await pass({ seconds: 46 })

    assert.deepEqual(await Promise.all([first, second].map(stateOf)), ['open', 'booked'])
  })

  it('ask a site that is down no oftener than they look', async () => {
    site.down = true
    for (const n of [0, 1, 2, 3]) await watch(n)
    await pass({ minutes: 6 })

    assert.ok(site.visits <= 9, `${site.visits} visits in six minutes`)
  })

  it('are served by a look at another class of that day, where the site shows both', async () => {
    const pilates = { ...YOGA, course: 'PILATES', start: '20:00', siteId: 'P' }
    await queue.db.write((tx, now) => replaceTimetable(tx, 'polimisport', [YOGA, pilates], now))
    const id = await watch(1, 'tell', pilates)
    queue.clock.move({ minutes: 1 })
    site.neighbour = pilates
    site.looks.length = 0

    await watch(0)
    assert.equal((await queue.row(id)).looked_at, queue.clock.now().toString({ fractionalSecondDigits: 3 }))
    site.neighbour = { ...pilates, spots: 1 }
    await pass({ minutes: 3, seconds: 54 })

    assert.equal(await stateOf(id), 'place-free')
    assert.equal(site.looks.length, 2, 'one when it was full, one when it was not')
  })

  it('are served by a whole timetable too', async () => {
    const id = await watch(0)
    site.spots = 1
    site.looks.length = 0

    await queue.ask('refresh', null, queue.accounts[3])
    await quiet()
    await pass({ seconds: 1 })

    assert.equal(await stateOf(id), 'booked')
    assert.deepEqual(site.looks, [])
  })
})

describe('a look for a page', () => {
  it('is made once for all who look, and tells who watches', async () => {
    const watching = await watch(0)
    await pass({ seconds: 46 })
    site.spots = 1
    site.looks.length = 0

    const looks = [await lookFor(1), await lookFor(2)]

    assert.deepEqual(site.looks, ['ada2'])
    assert.deepEqual(await Promise.all([...looks, watching].map(stateOf)), ['looked', 'looked', 'booked'])
    const row = await findSlotLike(queue.db.read, 'polimisport', YOGA)
    assert.deepEqual([row?.spots, row?.state], [0, 'available'], 'the place just taken is counted')
  })

  it('fails at once where the site is down, and is owed to nobody', async () => {
    site.down = true

    const id = await lookFor(0)

    assert.equal(await stateOf(id), 'portal-down')
    assert.equal(site.visits, 1)
    assert.deepEqual(await queue.notices(), [])
  })

  it('is not made any more when it comes too late', async () => {
    for (const worker of workers) await worker.stop()
    const account = queue.accounts[0]
    assert.ok(account)
    const asked = { userId: null, accountId: account.id, portal: account.portal }
    const deadline = queue.clock.now().add({ seconds: 30 })
    const { id } = await enqueueAction(queue.db, { ...asked, type: 'refresh', slot: YOGA, deadline })
    queue.clock.move({ seconds: 31 })
    workers = [await newWorker()]
    await quiet()

    assert.equal(await stateOf(id), 'expired')
    assert.deepEqual(site.looks, [])
  })
})
