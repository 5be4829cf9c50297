import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { addStep, endAttempt } from '../../src/db/actions/work.ts'
import { recordBooking } from '../../src/db/bookings.ts'
import { beginOccurrence } from '../../src/db/confirmations.ts'
import type { Database } from '../../src/db/database.ts'
import { BATCH, removeOld } from '../../src/db/housekeeping.ts'
import { endNotice } from '../../src/db/notices.ts'
import { addRule } from '../../src/db/periodic-bookings.ts'
import { replaceTimetable } from '../../src/db/slots.ts'
import { openTestQueue, type TestQueue } from '../support/queue.ts'

const NOTHING = { plans: 0, actions: 0, notices: 0, bookings: 0, slots: 0, occurrences: 0, invites: 0 }

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue()
})
afterEach(() => queue.close())

const account = () => queue.accounts[0] ?? assert.fail()

async function ended(): Promise<number> {
  const id = await queue.book()
  const { lease } = await queue.mustClaim()
  await addStep(queue.db, lease, 'confirming')
  await endAttempt(queue.db, lease, { status: 'completed', result: { kind: 'booked' } })
  return id
}

async function told(): Promise<void> {
  for (const { id, state } of await queue.notices()) if (state === 'pending') await endNotice(queue.db, id, 'sent')
}

const idsOf = async (table: 'booking_actions' | 'action_steps' | 'attempts' | 'notices' | 'slots' | 'user_bookings') =>
  (await queue.db.read.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => id)

describe('housekeeping', () => {
  it('finds nothing in an empty house', async () => {
    assert.deepEqual(await removeOld(queue.db, 90), NOTHING)
  })

  it('removes an ended action with its history, and its notice, after so many days and not before', async () => {
    await ended()
    await told()

    queue.clock.move({ hours: 24 * 90 })
    assert.deepEqual(await removeOld(queue.db, 90), NOTHING)
    queue.clock.move({ milliseconds: 1 })
    assert.deepEqual(await removeOld(queue.db, 90), { ...NOTHING, actions: 1, notices: 1 })

    for (const table of ['booking_actions', 'action_steps', 'attempts', 'notices'] as const)
      assert.deepEqual(await idsOf(table), [], table)
  })

  it('keeps what is open, however old, and what ended lately', async () => {
    const waiting = await queue.book({ deadline: queue.clock.now().add({ hours: 24 * 900 }) })
    queue.clock.move({ hours: 24 * 200 })
    const { action, lease } = await queue.mustClaim()
    assert.equal(action.id, waiting)
    queue.clock.move({ hours: 24 * 200 })

    assert.deepEqual(await removeOld(queue.db, 90), NOTHING)

    await endAttempt(queue.db, lease, { status: 'completed', result: { kind: 'booked' } })
    queue.clock.move({ hours: 24 * 89 })
    assert.deepEqual(await removeOld(queue.db, 90), NOTHING)
  })

  it('keeps an action whose result its user has not been told', async () => {
    const owed = await ended()
    queue.clock.move({ hours: 24 * 91 })

    assert.deepEqual(await removeOld(queue.db, 90), NOTHING)
    assert.deepEqual(await idsOf('booking_actions'), [owed])

    await told()
    assert.deepEqual(await removeOld(queue.db, 90), { ...NOTHING, actions: 1 }, 'the notice has just ended')
  })

  it('goes in small batches, past those that stay', async () => {
    await ended()
    await fill(queue.db, 2 * BATCH + 50)
    queue.clock.move({ hours: 24 * 91 })
    const sizes: number[] = []
    const { write } = queue.db
    const counting: Database = {
      ...queue.db,
      write: async (work, poke) => {
        const before = (await idsOf('booking_actions')).length
        const done = await write(work, poke)
        sizes.push(before - (await idsOf('booking_actions')).length)
        return done
      },
    }

    assert.equal((await removeOld(counting, 90)).actions, 2 * BATCH + 50)

    assert.ok(Math.max(...sizes) <= BATCH, sizes.join(' '))
    assert.equal((await idsOf('booking_actions')).length, 1, 'the one whose result is owed')
  })

  it('may be done by two at once', async () => {
    await fill(queue.db, 3 * BATCH)
    queue.clock.move({ hours: 24 * 91 })

    const [one, other] = await Promise.all([removeOld(queue.db, 90), removeOld(queue.db, 90)])

    assert.equal(one.actions + other.actions, 3 * BATCH)
    assert.deepEqual(await idsOf('booking_actions'), [])
  })

  it('ends between two batches when it is asked to', async () => {
    await fill(queue.db, 3 * BATCH)
    queue.clock.move({ hours: 24 * 91 })
    const stopping = new AbortController()
    const { write } = queue.db
    const stopped: Database = {
      ...queue.db,
      write: (work, poke) => {
        stopping.abort()
        return write(work, poke)
      },
    }

    assert.deepEqual(await removeOld(stopped, 90, stopping.signal), { ...NOTHING, actions: BATCH })
  })

  it('removes bookings and slots of days long past', async () => {
    const { db, clock } = queue
    const place = { location: 'Giuriati', course: 'YOGA', start: '18:00', end: '18:55' }
    const timetable = ['2026-08-24', '2026-08-26', '2026-11-24'].map((date) => ({
      ...place,
      date,
      siteId: null,
      instructor: null,
      spots: 3,
      state: 'available' as const,
    }))
    await db.write((tx, now) => replaceTimetable(tx, 'polimisport', timetable, now))
    for (const { date } of timetable)
      await db.write((tx) => recordBooking(tx, account(), { ...place, date, cancellable: true }, clock.now()))

    // It is the 23rd of November: ninety days before is the 25th of August.
    assert.deepEqual(await removeOld(db, 90), { ...NOTHING, bookings: 1, slots: 1 })

    assert.equal((await idsOf('slots')).length, 2)
    assert.equal((await idsOf('user_bookings')).length, 2)
  })

  it('removes occurrences of recurring bookings and invitations long past', async () => {
    const { db } = queue
    const { id: accountId, user_id: userId, portal } = account()
    const { id } = await addRule(db, {
      ...{ userId, accountId, portal, location: 'Giuriati', course: 'YOGA', end: null },
      ...{ weekday: 1, start: '18:00', mode: 'ask' },
    })
    await db.write(async (tx, now) => {
      const rule = await tx.selectFrom('periodic_bookings').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
      for (const date of ['2026-08-24', '2026-08-31'])
        await beginOccurrence(tx, rule, { date, state: 'confirmed' }, now, false)
      for (const expires_at of ['2026-08-24T00:00:00.000Z', '2026-11-24T00:00:00.000Z'])
        await tx
          .insertInto('invites')
          .values({ code_hash: expires_at, role: 'member', created_at: expires_at, expires_at })
          .execute()
    })

    assert.deepEqual(await removeOld(db, 90), { ...NOTHING, occurrences: 1, invites: 1 })
    assert.deepEqual(await removeOld(db, 90), NOTHING)
  })
})

/** Adds actions that cron asked for and that have ended now. */
async function fill(db: Database, count: number): Promise<void> {
  await db.write(async (tx, now) => {
    const stamp = now.toString({ fractionalSecondDigits: 3 })
    for (let n = 0; n < count; n += 50)
      await tx
        .insertInto('booking_actions')
        .values(
          Array.from({ length: Math.min(50, count - n) }, (_, index) => ({
            action_type: 'sync' as const,
            user_id: null,
            account_id: account().id,
            portal: 'polimisport',
            status: 'completed' as const,
            priority: 0,
            run_at: stamp,
            dedupe_key: `filled:${n + index}`,
            max_attempts: 10,
            created_at: stamp,
            completed_at: stamp,
          })),
        )
        .execute()
  })
}
