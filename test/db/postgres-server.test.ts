import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Client } from 'pg'
import { UserError } from '../../src/core/errors.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { ensureUser } from '../../src/db/users.ts'
import { ENGINE } from '../support/engines.ts'
import { OWNER } from '../support/house.ts'
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts'

let server: PostgresServer
let admin: Client

async function connectAdmin(): Promise<Client> {
  const client = new Client({ connectionString: server.url('bookwright') })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** What people read; nothing of the error may hold the password. */
async function sentenceOf(failing: Promise<unknown>, password = 'only-for-tests'): Promise<string> {
  const error: unknown = await failing.then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof UserError, String(error))
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    assert.ok(!`${each.stack} ${JSON.stringify(each)}`.includes(password), 'the password is in the error')
  }
  return error.message
}
/** The address of the server with something else in place of a part of it. */
const changed = (part: string, other: string) => server.url('bookwright').replace(part, other)
const open = (url = server.url('bookwright')) => openDatabase({ url })
async function using<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await open()
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

describe('a PostgreSQL server', { skip: ENGINE === 'SQLite' && 'shown in the run on PostgreSQL' }, () => {
  before(async () => {
    server = await startPostgresServer({ fsync: false })
    await server.createDatabase('bookwright')
    await (await open()).close()
    admin = await connectAdmin()
  })
  after(async () => {
    await admin.end()
    await server.close()
  })

  it('that refuses the password says so', async () => {
    const wrong = changed('only-for-tests', 'wrong-pa55word')
    assert.match(await sentenceOf(open(wrong), 'wrong-pa55word'), /refuses user or password\. Correct database\.url/)
  })

  it('without the database says so', async () => {
    assert.match(await sentenceOf(open(server.url('nowhere'))), /no such database\. Create it \(createdb\)/)
  })

  it('without TLS where the URL demands it says so', async () => {
    const sentence = await sentenceOf(open(`${server.url('bookwright')}?sslmode=require`))
    assert.match(sentence, /^PostgreSQL at 127\.0\.0\.1:\d+\/bookwright: no trusted TLS connection .*See "TLS"/)
  })

  it('that only reads says so', async () => {
    await using(async (db) => {
      await admin.query('alter database bookwright set default_transaction_read_only = on')
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bookwright'`)
      const sentence = await sentenceOf(ensureUser(db, OWNER.id, 'owner'))
      assert.match(sentence, /only reads \(a standby\?\)\. Point database\.url at the primary/)
    }).finally(async () => {
      await admin.query('set default_transaction_read_only = off')
      await admin.query('alter database bookwright reset default_transaction_read_only')
    })
  })

  it('that takes too long for a statement says so', async () => {
    await using(async (db) => {
      await admin.query('begin')
      await admin.query('lock table users')
      const sentence = await sentenceOf(ensureUser(db, OWNER.id, 'owner'))
      assert.match(sentence, /took too long for a statement\. Look at what keeps the server busy/)
    }).finally(() => admin.query('rollback'))
  })

  it('that restarts is waited for: in a transaction, while idle, and by who listens', async () => {
    await using(async (db) => {
      let woken = Promise.withResolvers<void>()
      await db.waker.listen('work', () => woken.resolve())
      let tries = 0
      const halfWay = Promise.withResolvers<void>()
      const goOn = Promise.withResolvers<void>()
      const writing = db.write(async (tx) => {
        tries += 1
        await tx
          .insertInto('bot_state')
          .values({ key: 'k', value: String(tries) })
          .execute()
        halfWay.resolve()
        if (tries === 1) await goOn.promise
        await tx.selectFrom('bot_state').select('key').execute()
      })
      await halfWay.promise

      await server.stop()
      const reading = db.read.selectFrom('bot_state').selectAll().execute()
      goOn.resolve()
      await server.start()
      await writing
      await reading
      await woken.promise
      admin = await connectAdmin()

      assert.ok(tries > 1, 'the first was undone')
      assert.deepEqual(await db.read.selectFrom('bot_state').selectAll().execute(), [
        { key: 'k', value: String(tries) },
      ])
      woken = Promise.withResolvers()
      db.waker.poke('work')
      await woken.promise
    })
  })

  it('that is not there is named, once it has been waited for', async () => {
    const nobody = changed(new URL(server.url('bookwright')).port, '1')
    const sentence = await sentenceOf(open(nobody))
    assert.match(
      sentence,
      /^PostgreSQL at 127\.0\.0\.1:1\/bookwright cannot be reached \(.*ECONNREFUSED.*\)\. Start it/,
    )
  })
})
