import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { suspendAccount } from '../../src/db/accounts.ts'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { enqueueAction, setChatMessage } from '../../src/db/actions/enqueue.ts'
import {
  findAction,
  findActionByOrigin,
  findActionOf,
  listActionsOf,
  listOpenActionsOf,
} from '../../src/db/actions/read.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import type { Tx } from '../../src/db/database.ts'
import { GUEST, OWNER } from '../support/house.ts'
import { NOON, newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue(2)
})
afterEach(() => queue.close())

const first = () => queue.accounts[0] ?? assert.fail()
const second = () => queue.accounts[1] ?? assert.fail()

describe('queueing an action', () => {
  it('keeps all that was asked, waiting from now on', async () => {
    const asked = { ...newBook(first(), 0), origin: 'update:7', chatMessageId: 99 }

    const { id, duplicate } = await enqueueAction(queue.db, asked)

    assert.equal(duplicate, false)
    const action = await findAction(queue.db.read, id)
    assert.ok(action?.type === 'book')
    assert.deepEqual(action.slot, asked.slot)
    assert.equal(action.status, 'pending')
    assert.equal(action.runAt, NOON)
    assert.equal(action.createdAt, NOON)
    assert.equal(action.deadline, '2026-11-24T12:00:00.000Z')
    assert.equal(action.chatMessageId, 99)
    assert.equal(action.attempt, 0)
  })

  it('finds the first action at a second press', async () => {
    const asked = newBook(first(), 0)

    const answers = [await enqueueAction(queue.db, asked), await enqueueAction(queue.db, asked)]

    assert.deepEqual(answers, [
      { id: 1, duplicate: false },
      { id: 1, duplicate: true },
    ])
  })

  it('keeps a look at one slot apart from reading the timetable, before what cron asks for', async () => {
    const { accountId, portal, slot, deadline } = newBook(first(), 0)
    const look = { type: 'refresh' as const, userId: null, accountId, portal, slot, deadline }
    const timetable = await queue.ask('refresh', null)
    const check = await queue.ask('check', OWNER.id, second())

    const { id } = await enqueueAction(queue.db, look)

    assert.deepEqual(await enqueueAction(queue.db, look), { id, duplicate: true })
    const action = await findAction(queue.db.read, id)
    assert.ok(action?.type === 'refresh')
    assert.deepEqual([action.slot, action.maxAttempts], [slot, 1])
    const whole = await findAction(queue.db.read, timetable)
    assert.ok(whole?.type === 'refresh' && whole.slot === null)
    assert.deepEqual(await queue.drain(), [check, id, timetable])
  })

  it('makes one action of many presses at once', async () => {
    const asked = newBook(first(), 0)

    const answers = await Promise.all(Array.from({ length: 50 }, () => enqueueAction(queue.db, asked)))

    assert.equal(new Set(answers.map(({ id }) => id)).size, 1)
    assert.equal(answers.filter(({ duplicate }) => !duplicate).length, 1)
  })

  it('takes the same slot for the same however it is written, while a worker is at it too', async () => {
    const asked = newBook(first(), 0)
    await enqueueAction(queue.db, asked)
    await queue.mustClaim()

    const again = await enqueueAction(queue.db, { ...asked, slot: { ...asked.slot, course: 'Yoga ', siteId: '77' } })

    assert.deepEqual(again, { id: 1, duplicate: true })
  })

  it('makes a new one for another slot, another account, or once the first has ended', async () => {
    const asked = newBook(first(), 0)
    const { id } = await enqueueAction(queue.db, asked)

    const otherSlot = await enqueueAction(queue.db, newBook(first(), 1))
    const otherAccount = await enqueueAction(queue.db, { ...asked, accountId: second().id })
    await cancelAction(queue.db, id, OWNER.id)
    const afterTheEnd = await enqueueAction(queue.db, asked)

    assert.deepEqual(
      [otherSlot, otherAccount, afterTheEnd].map(({ duplicate }) => duplicate),
      [false, false, false],
    )
  })

  it('finds what the same button has just booked, until that booking is gone', async () => {
    const asked = { ...newBook(first(), 0), chatMessageId: 7 }
    const { id } = await enqueueAction(queue.db, { ...asked, origin: 'update:1' })
    const { lease, action } = await queue.mustClaim('w1')
    assert.equal(action.type, 'book')
    const effects = async (tx: Tx, now: Temporal.Instant) => {
      const booking_id = await recordBooking(tx, first(), { ...asked.slot, cancellable: true }, now)
      await tx.updateTable('booking_actions').set({ booking_id }).where('id', '=', id).execute()
    }
    await endAttempt(queue.db, lease, { status: 'completed', result: { kind: 'booked' }, effects })

    assert.deepEqual(await enqueueAction(queue.db, { ...asked, origin: 'update:2' }), { id, duplicate: true })
    assert.deepEqual(await listOpenActionsOf(queue.db.read, OWNER.id), [])
    const elsewhere = await enqueueAction(queue.db, { ...asked, chatMessageId: 8 })
    assert.equal(elsewhere.duplicate, false)
    await cancelAction(queue.db, elsewhere.id, OWNER.id)

    await queue.db.write((tx) => tx.deleteFrom('user_bookings').execute())
    assert.equal((await enqueueAction(queue.db, { ...asked, origin: 'update:2' })).duplicate, false)
  })

  it('never makes a second one for the same origin, even after the end', async () => {
    const asked = { ...newBook(first(), 0), origin: 'update:7' }
    const { id } = await enqueueAction(queue.db, asked)
    await cancelAction(queue.db, id, OWNER.id)

    const redelivered = await enqueueAction(queue.db, asked)

    assert.deepEqual(redelivered, { id, duplicate: true })
    assert.equal((await findActionByOrigin(queue.db.read, OWNER.id, 'update:7'))?.id, id)
    assert.equal(await findActionByOrigin(queue.db.read, GUEST.id, 'update:7'), undefined)
  })

  it('gives the person who asks what cron had asked for already', async () => {
    const id = await queue.ask('sync', null)

    const asked = { type: 'sync', userId: OWNER.id, accountId: first().id, portal: 'polimisport' } as const
    const answer = await enqueueAction(queue.db, { ...asked, chatMessageId: 5, origin: 'update:9' })

    assert.deepEqual(answer, { id, duplicate: true })
    assert.equal((await findActionOf(queue.db.read, OWNER.id, id))?.chatMessageId, 5)
    assert.equal((await queue.row(id)).priority, 30)
    assert.deepEqual(await queue.drain(), [id])
    assert.deepEqual(await enqueueAction(queue.db, { ...asked, origin: 'update:9' }), { id, duplicate: true })
    assert.deepEqual(
      (await queue.notices()).map(({ kind, user_id }) => [kind, user_id]),
      [['action-ended', OWNER.id]],
    )
  })

  it('leaves a person their action when cron asks for the same', async () => {
    const id = await queue.ask('sync', OWNER.id)

    assert.equal(await queue.ask('sync', null), id)

    assert.equal((await queue.row(id)).user_id, OWNER.id)
  })

  it('reads the timetable by another account while one is suspended', async () => {
    await queue.ask('refresh', null)
    await queue.db.write((tx) => suspendAccount(tx, first(), queue.clock.now()))

    const id = await queue.ask('refresh', null, second())

    assert.deepEqual(await queue.drain(), [id])
  })

  it('refuses what could not be read back, and queues nothing', async () => {
    const asked = newBook(first(), 0)

    await assert.rejects(enqueueAction(queue.db, { ...asked, slot: { ...asked.slot, date: '24/11/2026' } }))

    assert.equal(await findAction(queue.db.read, 1), undefined)
  })

  it('remembers the first chat message that shows it', async () => {
    const id = await queue.book()

    await setChatMessage(queue.db, id, 11)
    await setChatMessage(queue.db, id, 12)

    assert.equal((await queue.row(id)).chat_message_id, 11)
  })
})

describe('reading actions', () => {
  it('shows a user their own alone', async () => {
    const mine = await queue.book()
    const cron = await queue.ask('refresh', null)

    assert.equal((await findActionOf(queue.db.read, OWNER.id, mine))?.id, mine)
    assert.equal(await findActionOf(queue.db.read, GUEST.id, mine), undefined)
    assert.equal(await findActionOf(queue.db.read, OWNER.id, cron), undefined)
    assert.equal(await findActionOf(queue.db.read, OWNER.id, 999), undefined)
  })

  it('lists the newest first, and the open ones oldest first', async () => {
    const ids = [await queue.book(), await queue.book(), await queue.book()]
    await cancelAction(queue.db, ids[1] ?? 0, OWNER.id)

    assert.deepEqual(
      (await listActionsOf(queue.db.read, OWNER.id, 2)).map(({ id }) => id),
      [ids[2], ids[1]],
    )
    assert.deepEqual(
      (await listOpenActionsOf(queue.db.read, OWNER.id)).map(({ id }) => id),
      [ids[0], ids[2]],
    )
    assert.deepEqual(await listOpenActionsOf(queue.db.read, GUEST.id), [])
  })
})
