import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { activateAccount, suspendAccount } from '../../src/db/accounts.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { openDatabase } from '../../src/db/database.ts'
import { coolPortal } from '../../src/db/portal-states.ts'
import { OWNER } from '../support/house.ts'
import { AMPLE, newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue(3)
})
afterEach(() => queue.close())

const first = () => queue.accounts[0] ?? assert.fail()
const second = () => queue.accounts[1] ?? assert.fail()
const third = () => queue.accounts[2] ?? assert.fail()

describe('claiming', () => {
  it('has nothing to give while the queue is empty', async () => {
    assert.equal(await queue.claim(), undefined)
  })

  it('starts the first attempt under a lease', async () => {
    const id = await queue.book()

    const { action, lease } = await queue.mustClaim('w1')

    assert.equal(action.id, id)
    assert.deepEqual([action.status, action.attempt, lease.attempt, lease.workerId], ['processing', 1, 1, 'w1'])
    const row = await queue.row(id)
    assert.equal(row.lease_until, '2026-11-23T12:00:20.000Z')
    assert.equal(row.started_at, '2026-11-23T12:00:00.000Z')
  })

  it('goes by priority, then due time, then age', async () => {
    const cron = await queue.ask('check', null, second())
    const refresh = await queue.ask('refresh', OWNER.id)
    const sync = await queue.ask('sync', OWNER.id)
    const older = await queue.book()
    queue.clock.move({ seconds: -10 })
    const dueBefore = await queue.book()
    queue.clock.move({ seconds: 10 })
    const newer = await queue.book()
    const check = await queue.ask('check', OWNER.id)

    const order = await queue.drain()

    assert.deepEqual(order, [dueBefore, older, newer, check, sync, refresh, cron])
  })

  it('leaves alone what is due later', async () => {
    const id = await queue.book()
    const { lease } = await queue.mustClaim()
    const runAt = queue.clock.now().add({ seconds: 30 })
    const error = { kind: 'network', message: 'down' } as const
    await endAttempt(queue.db, lease, { status: 'pending', runAt, error, outcomeUnknown: false, countsAsAttempt: true })

    queue.clock.move({ milliseconds: 29_999 })
    assert.equal(await queue.claim(), undefined)
    const check = await queue.ask('check', null)
    assert.deepEqual(await queue.drain(), [check], 'though it is of lesser priority')

    queue.clock.move({ milliseconds: 1 })
    assert.equal((await queue.mustClaim()).action.id, id)
  })

  it('never gives two actions of one account at once', async () => {
    const ids = [await queue.book(), await queue.book()]
    const other = await queue.book(newBook(second(), 0))

    const claims = [await queue.mustClaim('w1'), await queue.mustClaim('w2')]
    assert.deepEqual(
      claims.map(({ action }) => action.id),
      [ids[0], other],
    )
    assert.equal(await queue.claim('w3'), undefined)

    await endAttempt(queue.db, (claims[0] ?? assert.fail()).lease, { status: 'cancelled' })
    assert.equal((await queue.mustClaim('w3')).action.id, ids[1])
  })

  it('is kept from a second action of an account by the database itself', async () => {
    const ids = [await queue.book(), await queue.book()]
    await queue.mustClaim()

    const forced = queue.db.write((tx) =>
      tx
        .updateTable('booking_actions')
        .set({ status: 'processing' })
        .where('id', '=', ids[1] ?? 0)
        .execute(),
    )

    await assert.rejects(forced, /unique/i)
  })

  it('gives no more of a portal than its sessions, one where no limit is known', async () => {
    for (const account of queue.accounts) await queue.book(newBook(account, 0))
    const two = new Map([['polimisport', 2]])

    assert.ok(await queue.claim('w1', two))
    assert.equal(await queue.claim('w1', new Map()), undefined)
    assert.ok(await queue.claim('w1', two))
    assert.equal(await queue.claim('w1', two), undefined)
    assert.ok(await queue.claim('w1', AMPLE))
  })

  it('goes round a portal that is full to another one', async () => {
    await queue.book()
    const elsewhere = await queue.book({ ...newBook(second(), 1), portal: 'elsewhere' })
    await queue.book(newBook(third(), 2))
    const one = new Map([['polimisport', 1]])

    await queue.claim('w1', one)

    assert.equal((await queue.claim('w1', one))?.action.id, elsewhere)
    assert.equal(await queue.claim('w1', one), undefined)
  })

  it('leaves a portal alone that shuts us out, until that is over', async () => {
    await queue.book()
    const until = queue.clock.now().add({ minutes: 15 })
    await queue.db.write((tx) => coolPortal(tx, 'polimisport', until, 'blocked'))

    queue.clock.move({ minutes: 14, seconds: 59 })
    assert.equal(await queue.claim(), undefined)

    queue.clock.move({ seconds: 1 })
    assert.ok(await queue.claim())
  })

  it('claims nothing but bookings of a portal that asked for fewer requests', async () => {
    const until = queue.clock.now().add({ minutes: 15 })
    await queue.db.write((tx) => coolPortal(tx, 'polimisport', until, 'rate-limited'))
    const watched = await queue.book({ ...newBook(second(), 1), watch: 'book' })
    const check = await queue.ask('check', OWNER.id, second())
    const sync = await queue.ask('sync', OWNER.id, third())
    const book = await queue.book()

    assert.deepEqual(await queue.drain(), [book])
    queue.clock.move({ minutes: 15 })
    assert.deepEqual(await queue.drain(), [watched, check, sync])
  })

  it('lets the actions of a suspended account wait, but not its check', async () => {
    const book = await queue.book()
    await queue.db.write((tx) => suspendAccount(tx, first(), queue.clock.now()))
    assert.equal(await queue.claim(), undefined)

    const check = await queue.ask('check', OWNER.id)
    const { action, lease } = await queue.mustClaim()
    assert.equal(action.id, check)

    await endAttempt(queue.db, lease, {
      status: 'completed',
      result: { kind: 'checked' },
      effects: (tx) => activateAccount(tx, first().id, queue.clock.now()),
    })
    assert.deepEqual(await queue.drain(), [book])
  })

  it('gives only the types that are asked for', async () => {
    await queue.book()
    const check = await queue.ask('check', OWNER.id, second())

    assert.equal((await claimNextAction(queue.db, 'w1', AMPLE, ['check', 'sync']))?.action.id, check)
    assert.equal(await claimNextAction(queue.db, 'w1', AMPLE, ['check', 'sync']), undefined)
  })

  it('gives each action to one of many workers', async () => {
    const wanted = new Set<number>()
    for (let n = 0; n < 12; n++) {
      for (const account of queue.accounts) wanted.add(await queue.book(newBook(account, n)))
    }
    const open = () => openDatabase({ url: queue.databaseUrl, clock: queue.clock })
    const databases = await Promise.all([open(), open(), open(), open()])
    const busy = new Set<number>()
    const ended: number[] = []

    const work = async (worker: number) => {
      const db = databases[worker] ?? assert.fail()
      for (;;) {
        const claim = await claimNextAction(db, `w${worker}`, AMPLE)
        if (!claim && ended.length + busy.size >= wanted.size) return
        if (!claim) continue
        const { id, accountId } = claim.action
        assert.ok(!busy.has(accountId), `two actions of account ${accountId} at once`)
        busy.add(accountId)
        await db.read.selectFrom('users').select('id').execute()
        busy.delete(accountId)
        ended.push(id)
        await endAttempt(db, claim.lease, { status: 'completed', result: { kind: 'booked' } })
      }
    }
    await Promise.all([0, 1, 2, 3].map(work))
    await Promise.all(databases.map((db) => db.close()))

    assert.equal(ended.length, wanted.size)
    assert.deepEqual(new Set(ended), wanted)
  })
})
