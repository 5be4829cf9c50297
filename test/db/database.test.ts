import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { systemClock } from '../../src/core/clock.ts'
import { UserError } from '../../src/core/errors.ts'
import { type Database, databaseFile, openDatabase, type Tx } from '../../src/db/database.ts'
import { insertNotice } from '../../src/db/notices.ts'
import { ensureUser, findUser } from '../../src/db/users.ts'

let folder = ''
let file = ''
const databases: Database[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bookwright-db-'))
  file = join(folder, 'bookwright.db')
})
afterEach(async () => {
  await Promise.all(databases.splice(0).map((db) => db.close()))
  rmSync(folder, { recursive: true, force: true })
})

async function open(url = `file:${file}`): Promise<Database> {
  const db = await openDatabase({ url, clock: systemClock })
  databases.push(db)
  return db
}
/** Looks at the file with plain SQLite. */
function look<T>(work: (sqlite: Sqlite.Database) => T): T {
  const sqlite = new Sqlite(file)
  try {
    return work(sqlite)
  } finally {
    sqlite.close()
  }
}
const tablesOf = () =>
  look((sqlite) => sqlite.prepare("select name from sqlite_master where type = 'table' order by name").pluck().all())
const userError = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error))
  assert.match(error.message, pattern)
  return true
}

const DATABASE = JSON.stringify(new URL('../../src/db/database.ts', import.meta.url).href)
const OPEN_AND_CLOSE = `import { openDatabase } from ${DATABASE}
  const clock = { now: () => Temporal.Now.instant() }
  await (await openDatabase({ url: process.argv[1], clock })).close()`

describe('opening a database', () => {
  it('makes all tables, in a folder of its own making, for its owner alone', async () => {
    file = join(folder, 'deep', 'er', 'bookwright.db')

    const db = await open()

    const expected = ['accounts', 'action_steps', 'attempts', 'booking_actions', 'bot_state', 'challenges', 'courses']
    for (const name of [...expected, 'notices', 'slots', 'user_bookings', 'users', 'workers']) {
      assert.ok(tablesOf().includes(name), name)
    }
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.deepEqual((await db.inspect()).integrity, 'ok')
  })

  it('changes nothing the second time', async () => {
    await ensureUser(await open(), 42, 'owner')
    const before = tablesOf()

    const again = await open()

    assert.deepEqual(tablesOf(), before)
    assert.equal((await findUser(again.read, 42))?.role, 'owner')
  })

  it('writes ahead and waits for the disk: what was answered survives a power cut', async () => {
    const { read } = await open()

    const pragma = async (name: string) =>
      Object.values((await sql`${sql.raw(`pragma ${name}`)}`.execute(read)).rows[0] ?? {})

    assert.deepEqual(await pragma('journal_mode'), ['wal'])
    assert.deepEqual(await pragma('synchronous'), [2])
    assert.deepEqual(await pragma('foreign_keys'), [1])
  })

  it('works from several processes at once on a file that is not there yet', async () => {
    const run = async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', OPEN_AND_CLOSE, `file:${file}`])
      const text = (await child.stderr.toArray()).join('')
      return text
    }

    const errors = await Promise.all(Array.from({ length: 6 }, run))

    assert.deepEqual(
      errors,
      errors.map(() => ''),
    )
    assert.equal(
      look((sqlite) => sqlite.prepare('select count(*) from kysely_migration').pluck().get()),
      5,
    )
  })

  it('takes paths as they are, and file:// URLs', () => {
    assert.equal(databaseFile('file:/a/50% off/b c.db'), '/a/50% off/b c.db')
    assert.equal(databaseFile('file:///a/b.db'), '/a/b.db')
    assert.equal(databaseFile('file:b.db'), join(process.cwd(), 'b.db'))
  })

  it('never gives the number of a row again, even when the last one is gone', async () => {
    const db = await open()
    await ensureUser(db, 42, 'owner')
    const add = () => db.write((tx) => oweNotice(tx))
    const ids = [await add(), await add()]

    await db.write((tx) => tx.deleteFrom('notices').execute())

    assert.deepEqual([...ids, await add()], [1, 2, 3])
  })
})

async function oweNotice(tx: Tx): Promise<number | undefined> {
  const before = await tx.selectFrom('notices').select('id').orderBy('id', 'desc').executeTakeFirst()
  const now = systemClock.now().add({ milliseconds: before?.id ?? 0 })
  await insertNotice(tx, { userId: 42, notice: { kind: 'account-suspended', accountId: before?.id ?? 0 }, now })
  return (await tx.selectFrom('notices').select('id').orderBy('id', 'desc').executeTakeFirst())?.id
}

describe('a database that cannot be used', () => {
  it('is refused when it is newer than the program', async () => {
    await (await open()).close()
    look((sqlite) => sqlite.exec("insert into kysely_migration values ('2031-01-01-hovercraft', '')"))

    await assert.rejects(open(), userError(/is newer than this program \(it has "2031-01-01-hovercraft"\)\. Update/))
  })

  it('is refused when it is another kind of file, which stays as it was', async () => {
    const text = 'Dear diary, this is no database at all. '.repeat(200)
    writeFileSync(file, text)

    await assert.rejects(open(), userError(/cannot be opened \(file is not a database\)/))

    assert.equal(readFileSync(file, 'utf8'), text)
  })

  it('is refused when it is damaged', async () => {
    await (await open()).close()
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xaa, 100, 3_000))

    await assert.rejects(open(), userError(/cannot be opened .*restore a backup/))
  })

  it('is refused when it is a folder, or below a file', async () => {
    mkdirSync(file)
    await assert.rejects(open(), userError(/cannot be opened/))

    writeFileSync(join(folder, 'plain'), '')
    await assert.rejects(open(`file:${join(folder, 'plain', 'b.db')}`), userError(/cannot be opened/))
  })

  it('is refused when its folder is read-only', {
    skip: process.getuid?.() === 0 && 'root may write anywhere',
  }, async () => {
    chmodSync(folder, 0o500)

    await assert.rejects(open(), userError(/cannot be opened.*rights/))

    chmodSync(folder, 0o700)
  })

  it('is refused when its tables are not ours', async () => {
    look((sqlite) => sqlite.exec('create table users (id integer)'))

    await assert.rejects(open(), userError(/could not be brought up to date.*Nothing was changed/))

    assert.deepEqual(
      tablesOf().filter((name) => !String(name).startsWith('kysely') && name !== 'sqlite_sequence'),
      ['users'],
    )
  })

  it('is refused when its URL is of no engine that we know', async () => {
    await assert.rejects(open('mysql://me@host/bw'), userError(/database\.url: use "file:"/))
  })
})

describe('a transaction', () => {
  it('writes all or nothing', async () => {
    const db = await open()

    const failing = db.write(async (tx) => {
      await tx.insertInto('bot_state').values({ key: 'a', value: '1' }).execute()
      throw new Error('no')
    })

    await assert.rejects(failing, /^Error: no$/)
    assert.deepEqual(await db.read.selectFrom('bot_state').selectAll().execute(), [])
  })

  it('tells why it failed when the disk is full, and the next one works', async () => {
    const db = await open()
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db.read)
    await db.write((tx) => sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 2)}`.execute(tx))
    const write = (value: string) =>
      db.write((tx) =>
        tx
          .insertInto('bot_state')
          .values({ key: value.slice(0, 9), value })
          .execute(),
      )

    await assert.rejects(write('x'.repeat(1_000_000)), userError(/The disk is full/))

    await write('small')
  })

  it('comes one after another within a process, reads between them', async () => {
    const db = await open()
    await db.write((tx) => tx.insertInto('bot_state').values({ key: 'n', value: '0' }).execute())
    const increment = () =>
      db.write(async (tx) => {
        const { value } = await tx.selectFrom('bot_state').select('value').executeTakeFirstOrThrow()
        await tx
          .updateTable('bot_state')
          .set({ value: String(Number(value) + 1) })
          .execute()
      })

    await Promise.all(Array.from({ length: 40 }, increment))

    assert.equal((await db.read.selectFrom('bot_state').select('value').executeTakeFirst())?.value, '40')
  })
})
