import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { Client } from 'pg'
import { ENGINE } from '../support/engines.ts'
import { newBook, openTestQueue, type TestQueue } from '../support/queue.ts'

const from = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href)
/** What a host does whose clock is wrong by as much as the first argument says. */
const HOST = `
  const right = Temporal.Now.instant
  Temporal.Now.instant = () => right().add({ seconds: Number(process.argv[1]) })
  const { claimNextAction } = await import(${from('db/actions/claim.ts')})
  const { enqueueAction } = await import(${from('db/actions/enqueue.ts')})
  const { openDatabase } = await import(${from('db/database.ts')})
  const [, , url, work, asked] = process.argv
  const db = await openDatabase({ url })
  const thinks = db.clock.now().toString()
  const answer = work === 'enqueue'
    ? (await enqueueAction(db, { ...JSON.parse(asked), deadline: right().add({ hours: 1 }) })).id
    : (await claimNextAction(db, work, new Map()))?.action.id
  console.log(JSON.stringify({ thinks, answer, host: Temporal.Now.instant().toString() }))
  await db.close()`

let queue: TestQueue
let admin: Client

async function host(wrongBySeconds: number, work: string, asked = ''): Promise<{ thinks: string; answer?: number }> {
  const args = ['--input-type=module', '-e', HOST, '--', String(wrongBySeconds), queue.databaseUrl, work, asked]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, errors] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()])
  assert.equal(errors.join(''), '')
  const told = JSON.parse(out.join(''))
  const offBy = Temporal.Instant.from(told.host)
    .since(await serverTime())
    .total('seconds')
  assert.ok(Math.abs(offBy - wrongBySeconds) < 5, 'the clock of the host is wrong')
  return told
}
async function serverTime(): Promise<Temporal.Instant> {
  const { rows } = await admin.query<{ now: string }>(`select to_json(clock_timestamp())::text as now`)
  return Temporal.Instant.from(JSON.parse(rows[0]?.now ?? ''))
}
/** Within seconds: processes start slowly where many tests run, and the hosts' clocks are minutes off. */
async function assertIsNow(stamp: string | null, aheadSeconds = 0): Promise<void> {
  const ahead = Temporal.Instant.from(stamp ?? '')
    .since(await serverTime())
    .total('seconds')
  assert.ok(Math.abs(ahead - aheadSeconds) < 15, `${stamp} is ${ahead} s ahead of the server, not ${aheadSeconds}`)
}

describe('hosts whose clocks are wrong', {
  skip: ENGINE === 'SQLite' && 'on SQLite all are on one machine, with one clock',
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

  it('write the server’s time, claim what is due by it, and leave leases alone that it holds to be good', async () => {
    const [account] = queue.accounts
    assert.ok(account)

    const fast = await host(+120, 'enqueue', JSON.stringify(newBook(account, 0)))
    await assertIsNow(fast.thinks)
    await assertIsNow((await queue.row(fast.answer ?? 0)).run_at)

    const slow = await host(-120, 'slow')
    assert.equal(slow.answer, fast.answer, 'what is due by the server is due by its own clock in minutes only')
    await assertIsNow(slow.thinks)
    const row = await queue.row(fast.answer ?? 0)
    await assertIsNow(row.started_at)
    await assertIsNow(row.lease_until, 20)

    // By the clock of this one the lease has run out long ago.
    assert.equal((await host(+120, 'fast')).answer, undefined)
    assert.equal((await queue.row(fast.answer ?? 0)).worker_id, 'slow')
  })
})
