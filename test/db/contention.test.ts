import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { Client } from 'pg'
import { renewLease } from '../../src/db/actions/lease.ts'
import { waitForEnd } from '../../src/db/actions/read.ts'
import { addStep, endAttempt } from '../../src/db/actions/work.ts'
import { ENGINE } from '../support/engines.ts'
import { patience } from '../support/patience.ts'
import { newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

let queue: TestQueue
beforeEach(async () => {
  queue = await openTestQueue(6)
})
afterEach(() => queue.close())

const from = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)
const HEADER = `
  import { claimNextAction } from ${from('db/actions/claim.ts')}
  import { enqueueAction } from ${from('db/actions/enqueue.ts')}
  import { addStep, endAttempt, markSubmitted } from ${from('db/actions/work.ts')}
  import { openDatabase } from ${from('db/database.ts')}
  const [url, now, arg] = process.argv.slice(1)
  const clock = { now: () => Temporal.Instant.from(now) }
  const db = await openDatabase({ url, clock })
  const limits = new Map([['polimisport', 100]])
`
/** Works off the queue until it has been empty for a while; prints what it did as a JSON line. */
const WORKER = `${HEADER}
  const done = []
  for (let idle = 0; idle < 40; ) {
    const claim = await claimNextAction(db, arg, limits)
    if (!claim) { idle++; await new Promise((resolve) => setTimeout(resolve, 5)); continue }
    idle = 0
    await markSubmitted(db, claim.lease)
    await addStep(db, claim.lease, 'confirming')
    await endAttempt(db, claim.lease, { status: 'completed', result: { kind: 'booked' } })
    done.push(claim.action.id)
  }
  console.log(JSON.stringify(done))
  await db.close()`
/** Presses the same buttons as everybody else who runs this; prints the ids it was told. */
const PRESSER = `${HEADER}
  const ids = []
  for (const asked of JSON.parse(arg)) {
    ids.push((await enqueueAction(db, { ...asked, deadline: Temporal.Instant.from(asked.deadline) })).id)
  }
  console.log(JSON.stringify(ids))
  await db.close()`
const CLAIM_AND_HANG = `${HEADER}
  const claim = await claimNextAction(db, 'doomed', limits)
  await markSubmitted(db, claim.lease)
  console.log(claim.action.id)
  setInterval(() => {}, 1e6)`

function start(program: string, arg = '') {
  const args = [queue.databaseUrl, queue.clock.now().toString(), arg]
  return spawn(process.execPath, ['--input-type=module', '-e', program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}
/** What the process printed, once it has ended without a word of complaint. */
async function run(program: string, arg?: string): Promise<number[]> {
  const child = start(program, arg)
  const [out, errors] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()])
  assert.equal(errors.join(''), '')
  return JSON.parse(out.join(''))
}

describe('several processes at one database', () => {
  it('do each action once, one of an account at a time, and none is ever told that it is busy', async () => {
    const asked = queue.accounts.flatMap((account) => Array.from({ length: 20 }, (_, n) => newBook(account, n)))
    const [half, other] = [asked.slice(0, 60), asked.slice(60)]

    const [pressed, alsoPressed, ...done] = await Promise.all([
      run(PRESSER, JSON.stringify([...half, ...other])),
      run(PRESSER, JSON.stringify([...other, ...half])),
      run(WORKER, 'w1'),
      run(WORKER, 'w2'),
      run(WORKER, 'w3'),
    ])

    const ids = done.flat()
    assert.equal(new Set(ids).size, ids.length, 'no action was done twice')
    assert.deepEqual(new Set(ids), new Set([...pressed, ...alsoPressed]))
    const rows = await queue.db.read
      .selectFrom('booking_actions')
      .select(['id', 'status', 'attempt', 'dedupe_key'])
      .execute()
    assert.ok(rows.every((row) => row.status === 'completed' && row.attempt === 1))
    assert.equal(new Set(rows.map((row) => row.dedupe_key)).size, asked.length)
  })

  it('lose nothing when one is killed past its submit', async () => {
    const id = await queue.book()
    const child = start(CLAIM_AND_HANG)
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.equal(await queue.claim(), undefined)

    queue.clock.move({ seconds: 21 })
    const { action, lease } = await queue.mustClaim()

    assert.deepEqual([action.id, action.outcomeUnknown, action.attempt], [id, true, 2])
    await endAttempt(queue.db, lease, { status: 'completed', result: { kind: 'booked' } })
  })

  it('wait while a program outside holds the lock, and go on when it lets go', {
    skip: ENGINE === 'PostgreSQL' && 'a PostgreSQL database has no single lock of all who write',
  }, async () => {
    const outside = new Sqlite(queue.databaseUrl.slice('file:'.length))
    outside.exec('begin immediate')

    const press = queue.book()
    const tick = Promise.withResolvers<void>()
    setTimeout(() => tick.resolve(), 50)
    await tick.promise
    outside.exec('commit')
    outside.close()

    assert.equal(await press, 1)
  })

  it('claim when a program outside lets go of the claim lock, and do everything else meanwhile', {
    skip: ENGINE === 'SQLite' && 'on SQLite the lock of all who write is the claim lock',
  }, async () => {
    await queue.book()
    const { lease } = await queue.mustClaim()
    const waiting = await queue.book(newBook(queue.accounts[1] ?? assert.fail(), 0))
    const outside = new Client({ connectionString: queue.databaseUrl })
    await outside.connect()
    await outside.query('begin')
    await outside.query('select pg_advisory_xact_lock(7203446019)')

    let claimed = false
    const claim = queue.mustClaim('w2').then(({ action }) => {
      claimed = true
      return action.id
    })
    await isWaiting(outside, 'advisory')
    await renewLease(queue.db, lease)
    await addStep(queue.db, lease, 'confirming')
    await endAttempt(queue.db, lease, { status: 'completed', result: { kind: 'booked' } })
    await queue.book(newBook(queue.accounts[2] ?? assert.fail(), 0))
    assert.equal(claimed, false)
    await outside.query('commit')
    await outside.end()

    assert.equal(await claim, waiting)
  })

  it('claim round an action that a program outside is changing', {
    skip: ENGINE === 'SQLite' && 'SQLite locks no single rows',
  }, async () => {
    const first = await queue.book()
    const second = await queue.book(newBook(queue.accounts[1] ?? assert.fail(), 0))
    const outside = new Client({ connectionString: queue.databaseUrl })
    await outside.connect()
    await outside.query('begin')
    await outside.query('select id from booking_actions where id = $1 for update', [first])

    assert.equal((await queue.mustClaim()).action.id, second)
    assert.equal(await queue.claim(), undefined)
    await outside.query('commit')
    await outside.end()

    assert.equal((await queue.mustClaim()).action.id, first)
  })
})

/** Waits until another session waits for a lock of this kind. */
async function isWaiting(client: Client, kind: 'advisory'): Promise<void> {
  for (;;) {
    const { rows } = await client.query('select 1 from pg_locks where locktype = $1 and not granted', [kind])
    if (rows.length > 0) return
  }
}

describe('waiting for the end of an action', () => {
  it('ends when a worker has ended it', async () => {
    const id = await queue.book()
    const ended = waitForEnd(queue.db, id, patience())

    const [[done], action] = await Promise.all([run(WORKER, 'w1'), ended])

    assert.equal(done, id)
    assert.equal(action.status, 'completed')
  })

  it('ends at once when it has ended already', async () => {
    const id = await queue.book()
    await queue.drain()

    assert.equal((await waitForEnd(queue.db, id, patience())).status, 'completed')
  })

  it('ends when it is no longer wanted', async () => {
    const id = await queue.book()
    const controller = new AbortController()
    const ended = waitForEnd(queue.db, id, controller.signal)

    controller.abort(new Error('enough'))

    await assert.rejects(ended, /enough/)
    await assert.rejects(waitForEnd(queue.db, id, controller.signal), /enough/)
  })
})
