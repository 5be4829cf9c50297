import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { Client } from 'pg'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { LeaseLostError } from '../../src/db/actions/lease.ts'
import { listAttempts } from '../../src/db/actions/read.ts'
import { endAttempt } from '../../src/db/actions/work.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { ENGINE } from '../support/engines.ts'
import { AMPLE, NOON, newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

const ROUNDS = 25

let queue: TestQueue
let admin: Client

/** Ends the sessions of the database from outside, but not the one that does it, while `work` goes on. */
async function whileKilling<T>(work: Promise<T>): Promise<T> {
  // It may fail before it is waited for.
  work.catch(() => undefined)
  // Killed for ever nobody would get anywhere: a few times are enough.
  for (let times = 0; times < 3; times++) {
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await admin.query('select pg_sleep($1)', [Math.random() / 100])
  }
  return await work
}

describe('a connection that PostgreSQL ends in the middle', {
  skip: ENGINE === 'SQLite' && 'SQLite has no connections to lose',
}, () => {
  before(async () => {
    queue = await openTestQueue(1)
    admin = new Client({ connectionString: queue.databaseUrl })
    await admin.connect()
  })
  after(async () => {
    await admin.end()
    await queue.close()
  })
  beforeEach(() => queue.clock.set(NOON))

  const empty = () =>
    queue.db.write(async (tx) => {
      await tx.deleteFrom('notices').execute()
      await tx.deleteFrom('booking_actions').execute()
    })

  it('while it is pressed: one action', async () => {
    for (let n = 0; n < ROUNDS; n++) {
      const { id } = await whileKilling(enqueueAction(queue.db, newBook(queue.accounts[0] ?? assert.fail(), n)))
      const rows = await queue.db.read.selectFrom('booking_actions').select('id').execute()
      assert.deepEqual(rows, [{ id }])
      await empty()
    }
  })

  it('while it is claimed: claimed once, or taken back when the lease of a claim that nobody heard of runs out', async () => {
    for (let n = 0; n < ROUNDS; n++) {
      const id = await queue.book()
      const claimed = await whileKilling(claimNextAction(queue.db, 'w1', AMPLE))
      const row = await queue.row(id)
      assert.deepEqual([row.status, row.lease_token], ['processing', 1])
      if (claimed) assert.equal(claimed.lease.token, 1)
      queue.clock.move({ seconds: 21 })
      assert.equal((await queue.mustClaim('w2')).lease.token, 2)
      queue.clock.set(NOON)
      await empty()
    }
  })

  it('while it ends: it has ended once, and is told once', async () => {
    for (let n = 0; n < ROUNDS; n++) {
      const id = await queue.book()
      const { lease } = await queue.mustClaim()
      const ending = endAttempt(queue.db, lease, { status: 'completed', result: { kind: 'booked' } })
      // It was done, but the answer was lost: asked again it is another's by now.
      await whileKilling(ending).catch((error) => assert.ok(error instanceof LeaseLostError, String(error)))
      assert.equal((await queue.row(id)).status, 'completed')
      assert.equal((await listAttempts(queue.db.read, id)).length, 1)
      assert.equal((await queue.notices()).length, 1)
      await empty()
    }
  })

  it('is made anew for reading, and for who listens', async () => {
    const woken = Promise.withResolvers<void>()
    const other = await openDatabase({ url: queue.databaseUrl, clock: queue.clock })
    const stop = await queue.db.waker.listen('work', () => woken.resolve())

    await whileKilling(queue.db.read.selectFrom('users').select('id').execute())
    await woken.promise

    // Woken by the loss itself; from then on by pokes again.
    const again = Promise.withResolvers<void>()
    stop()
    const stopAgain = await queue.db.waker.listen('work', () => again.resolve())
    await poked(other, again.promise)
    stopAgain()
    await other.close()
  })

  it('gives up its locks when its process stood still in a transaction', async () => {
    const id = await queue.book()
    const halfWay = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    let tries = 0
    const stopped = queue.db.write(async (tx) => {
      tries += 1
      await tx.updateTable('booking_actions').set({ chat_message_id: tries }).where('id', '=', id).execute()
      halfWay.resolve()
      if (tries === 1) await goOn.promise
    })
    await halfWay.promise

    await admin.query('select id from booking_actions where id = $1 for update', [id])
    goOn.resolve()
    await stopped

    assert.equal(tries, 2, 'it was undone, and done again from the start')
    assert.equal((await queue.row(id)).chat_message_id, 2)
    await empty()
  })

  it('shares a few connections among all that one process asks', async () => {
    await Promise.all(Array.from({ length: 100 }, () => sql`select pg_sleep(0.01)`.execute(queue.db.read)))

    const { rows } = await admin.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and application_name = 'bookwright'`,
    )
    // Six for all questions, one to listen.
    assert.equal(rows[0]?.count, 7)
  })
})

/** Pokes until it is heard: the listener may just be connecting again. */
async function poked(from: Database, heard: Promise<void>): Promise<void> {
  let isHeard = false
  const hears = heard.then(() => {
    isHeard = true
  })
  while (!isHeard) {
    from.waker.poke('work')
    await Promise.race([hears, from.read.selectFrom('users').select('id').execute()])
  }
}
