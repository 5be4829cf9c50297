import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import fc from 'fast-check'
import { toStamp } from '../../src/core/clock.ts'
import type { Account } from '../../src/db/accounts.ts'
import type { ActionErrorKind } from '../../src/db/actions/action.ts'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { tidyQueue } from '../../src/db/actions/tidy.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import type { ActionStatus } from '../../src/db/schema.ts'
import { quantiles } from '../../src/db/statistics/quantiles.ts'
import { readStatistics, type Scope } from '../../src/db/statistics/read.ts'
import { addShot, insertEnded } from '../support/ended.ts'
import { GUEST, OWNER } from '../support/house.ts'
import { newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue(2)
})
afterEach(() => queue.close())

function accountOf(index: 0 | 1): Account {
  const account = queue.accounts[index]
  assert.ok(account)
  return account
}

const read = (scope: Scope = 'everybody', days = 30) => readStatistics(queue.db.read, scope, days, queue.clock.now())

/** What the first portal's figures say of a kind of action. */
async function figures(type = 'book') {
  const { portals } = await read()
  const found = portals[0]?.actions.find((one) => one.type === type)
  assert.ok(found)
  return found
}

/** Asks for a booking that waits, is worked on for so many seconds, and ends. */
async function bookIn(waits: number, works: number, fails?: ActionErrorKind): Promise<void> {
  const { db, clock } = queue
  await queue.book()
  clock.move({ milliseconds: waits * 1000 })
  const { lease } = await queue.mustClaim()
  clock.move({ milliseconds: works * 1000 })
  await endAttempt(
    db,
    lease,
    fails
      ? { status: 'failed', error: { kind: fails, message: 'test' } }
      : { status: 'completed', result: { kind: 'booked' } },
  )
}

describe('the statistics', () => {
  it('know every account before anything has ended', async () => {
    const { since, until, portals } = await read()

    assert.deepEqual([since, until], ['2026-10-24T12:00:00.000Z', '2026-11-23T12:00:00.000Z'])
    assert.deepEqual(portals, [
      {
        portal: 'polimisport',
        ...{ actions: [], shots: null },
        accounts: queue.accounts.map(({ id, name }) => ({
          ...{ id, name, portal: 'polimisport', userId: OWNER.id, userName: '' },
          ...{ actions: [], shots: null },
        })),
      },
    ])
  })

  it('tell what others won, what the site refused and what went wrong apart', async () => {
    await bookIn(0, 1)
    await bookIn(0, 1, 'slot-full')
    await bookIn(0, 1, 'slot-full')
    await bookIn(0, 1, 'limit-reached')
    await bookIn(0, 1, 'timeout')
    await cancelAction(queue.db, await queue.book(), OWNER.id)
    await queue.book({ deadline: queue.clock.now().add({ seconds: 1 }) })
    queue.clock.move({ seconds: 2 })
    await tidyQueue(queue.db)

    const { seconds: _, attemptSeconds: __, ...counts } = await figures()

    assert.deepEqual(counts, {
      ...{ type: 'book', ended: 7, done: 1, wonByOthers: 2, refused: 1, wentWrong: 1, takenBack: 1, expired: 1 },
      rate: 0.2,
      failures: [
        { kind: 'slot-full', count: 2 },
        { kind: 'limit-reached', count: 1 },
        { kind: 'timeout', count: 1 },
      ],
    })
  })

  it('have no rate where nothing counts for or against', async () => {
    await cancelAction(queue.db, await queue.book(), OWNER.id)

    const { ended, rate, seconds, attemptSeconds } = await figures()

    assert.deepEqual(
      { ended, rate, seconds, attemptSeconds },
      { ended: 1, rate: null, seconds: null, attemptSeconds: null },
    )
  })

  it('time what was done: with the wait in the queue, and the attempt alone', async () => {
    for (let works = 1; works <= 10; works++) await bookIn(2, works)
    await bookIn(500, 500, 'timeout')

    const { seconds, attemptSeconds } = await figures()

    assert.deepEqual(seconds, { median: 7, p90: 11 })
    assert.deepEqual(attemptSeconds, { median: 5, p90: 9 })
  })

  it('count the time of a booking made ahead from the opening on', async () => {
    const { db, clock } = queue
    // Polimisport opens a day at 00:00 in Rome two days before it.
    const opening = Temporal.Instant.from('2026-11-24T23:00:00Z')
    const [account] = queue.accounts
    assert.ok(account)
    const wish = newBook(account, 0)
    const slot = { ...wish.slot, date: '2026-11-27' }
    const notBefore = opening.subtract({ seconds: 90 })
    await enqueueAction(db, { ...wish, slot, notBefore, deadline: opening.add({ hours: 24 }) })
    clock.set(toStamp(notBefore))
    const { lease } = await queue.mustClaim()
    clock.set(toStamp(opening.add({ milliseconds: 250 })))
    await endAttempt(db, lease, { status: 'completed', result: { kind: 'booked' } })

    const { seconds, attemptSeconds } = await figures()

    assert.deepEqual(seconds, { median: 0.25, p90: 0.25 })
    assert.deepEqual(attemptSeconds, { median: 0.25, p90: 0.25 })
  })

  it('do not take the wait for a place that was watched for work', async () => {
    const { db, clock } = queue
    await queue.book({ watch: 'book' })
    clock.move({ hours: 3 })
    const { lease } = await queue.mustClaim()
    clock.move({ seconds: 2 })
    await endAttempt(db, lease, { status: 'completed', result: { kind: 'booked' } })

    const { seconds, attemptSeconds } = await figures()

    assert.deepEqual([seconds, attemptSeconds?.median], [null, 2])
  })

  it('count readings of the timetable, but not the looks at one slot for a page', async () => {
    const { accountId, portal, slot, deadline } = newBook(accountOf(0), 0)
    await queue.ask('refresh', OWNER.id)
    await enqueueAction(queue.db, { type: 'refresh', userId: null, accountId, portal, slot, deadline })
    await queue.drain()

    assert.equal((await figures('refresh')).ended, 1)
  })

  it('cover the days asked for, and no more', async () => {
    await bookIn(0, 1)
    queue.clock.move({ hours: 24 * 7 })
    const exactly = await read('everybody', 7)
    queue.clock.move({ milliseconds: 1 })

    assert.equal(exactly.portals[0]?.actions[0]?.ended, 1)
    assert.deepEqual((await read('everybody', 7)).portals[0]?.actions, [])
    assert.equal((await read('everybody', 30)).portals[0]?.actions[0]?.ended, 1)
  })

  it('show a member what is theirs, and an account alone', async () => {
    const guests = await queue.addAccount(GUEST.id, { username: 'guest', password: 'pw' })
    const [first, second] = queue.accounts
    assert.ok(first && second)
    await bookIn(0, 1)
    await queue.ask('sync', null, guests)
    await queue.drain()
    const seen = async (scope: Scope) =>
      (await read(scope)).portals.map(({ actions, accounts }) => [
        actions.map(({ type, ended }) => `${type} ${ended}`),
        accounts.map(({ id, actions: own }) => `${id}: ${own.map(({ type }) => type)}`),
      ])

    assert.deepEqual(await seen({ userId: GUEST.id }), [[['sync 1'], [`${guests.id}: sync`]]])
    assert.deepEqual(await seen({ accountId: second.id }), [[[], [`${second.id}: `]]])
    assert.deepEqual(await seen('everybody'), [
      [
        ['book 1', 'sync 1'],
        [`${first.id}: book`, `${second.id}: `, `${guests.id}: sync`],
      ],
    ])
    assert.deepEqual(await seen({ accountId: 999 }), [])
  })

  it('tell how shots at openings went, an account and altogether', async () => {
    const [first, second] = [accountOf(0), accountOf(1)]
    await addShot(queue.db, { account: first, lateMs: 7.5, answerMs: 40 })
    await addShot(queue.db, { account: first, lateMs: 3.2, answerMs: 25, outcome: 'slot-full' })
    await addShot(queue.db, { account: first, lateMs: -1.5, answerMs: 20, outcome: 'not-open-yet' })
    await addShot(queue.db, { account: second, lateMs: 90, answerMs: 60 })
    await addShot(queue.db, { account: second, lateMs: 1, answerMs: 1, daysAgo: 31 })

    const { portals } = await read()

    const [portal] = portals
    assert.deepEqual(portal?.shots, {
      ...{ count: 4, won: 2, rate: 0.5 },
      lateMs: { best: 3.2, median: 3.2 },
      answerMs: { best: 20, median: 25 },
    })
    assert.deepEqual(
      portal?.accounts.map(({ shots }) => [shots?.count, shots?.won, shots?.lateMs.median]),
      [
        [3, 1, 3.2],
        [1, 1, 90],
      ],
    )
  })

  it('count a shot as won whose answer was lost, but which the list shows', async () => {
    const account = accountOf(0)
    await addShot(queue.db, { account, lateMs: 5, answerMs: 900, outcome: 'timeout', done: true })
    await addShot(queue.db, { account, lateMs: 5, answerMs: 900, outcome: 'timeout' })

    assert.equal((await read()).portals[0]?.shots?.won, 1)
  })

  it('know no best shot where all were too early', async () => {
    await addShot(queue.db, { account: accountOf(0), lateMs: -4, answerMs: 20, outcome: 'not-open-yet' })

    assert.deepEqual((await read()).portals[0]?.shots?.lateMs, { best: null, median: -4 })
  })

  it('count each action once, however many ended in the same instant', async () => {
    const account = accountOf(0)
    await insertEnded(
      queue.db,
      Array.from({ length: 1_600 }, (_, n) => ({ account, minutesAgo: n < 700 ? 5 : n })),
    )

    assert.equal((await figures()).done, 1_600)
  })

  it('count what is there, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { maxLength: 30 }), async (actions) => {
        await queue.db.write((tx) => tx.deleteFrom('booking_actions').execute())
        await insertEnded(
          queue.db,
          actions.map((one) => ({ ...one, account: accountOf(one.account) })),
        )
        const { portals } = await read()
        const of = (status: ActionStatus, ...kinds: ActionErrorKind[]) =>
          actions.filter((one) => one.status === status && (kinds.length === 0 || kinds.includes(one.fails))).length

        const [portal] = portals
        const book = portal?.actions[0]
        assert.deepEqual(
          [book?.ended ?? 0, book?.done ?? 0, book?.wonByOthers ?? 0, book?.wentWrong ?? 0, book?.takenBack ?? 0],
          [actions.length, of('completed'), of('failed', 'slot-full'), of('failed', 'network'), of('cancelled')],
        )
        const sum = portal?.accounts.reduce((all, { actions: own }) => all + (own[0]?.ended ?? 0), 0)
        assert.equal(sum, actions.length)
      }),
      { numRuns: 25 },
    )
  })
})

type Wish = {
  account: 0 | 1
  status: 'completed' | 'failed' | 'cancelled' | 'expired'
  fails: ActionErrorKind
  minutesAgo: number
}
const wish: fc.Arbitrary<Wish> = fc.record({
  account: fc.constantFrom(0, 1),
  status: fc.constantFrom('completed', 'failed', 'cancelled', 'expired'),
  fails: fc.constantFrom<ActionErrorKind>('slot-full', 'network'),
  minutesAgo: fc.integer({ min: 0, max: 5 }),
})

describe('a quantile', () => {
  it('is the least value that its share does not exceed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }),
        fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
        (values, share) => {
          const [value] = quantiles(values, [share])
          assert.ok(value !== undefined && values.includes(value))
          const shareUpTo = (limit: number) => values.filter((one) => one <= limit).length / values.length
          assert.ok(shareUpTo(value) >= share)
          for (const lower of values.filter((one) => one < value)) assert.ok(shareUpTo(lower) < share)
        },
      ),
    )
    assert.deepEqual(quantiles([], [0.5, 0.9]), [])
  })
})
