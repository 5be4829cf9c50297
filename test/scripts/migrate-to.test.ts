import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { Client } from 'pg'
import { openCredentials } from '../../src/db/accounts.ts'
import { listAttempts } from '../../src/db/actions/read.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { TABLES } from '../../src/db/move/tables.ts'
import { loadSession } from '../../src/db/portal-sessions.ts'
import { makeTestDatabase, type TestDatabase } from '../support/engines.ts'
import { ask, book, bookNext, openScriptHouse, PASSWORD, type Ran, type ScriptHouse } from './support.ts'

const SERVER_PASSWORD = 'only-for-tests'
let house: ScriptHouse
let target: TestDatabase
before(async () => (await makeTestDatabase('', 'PostgreSQL', 'empty')).drop())
beforeEach(async () => {
  house = await openScriptHouse()
  target = await makeTestDatabase(house.folder, 'PostgreSQL', 'empty')
})
afterEach(async () => {
  house.close()
  await target.drop()
})
const outputs: string[] = []
after(() => assert.ok(!outputs.some((output) => output.includes(SERVER_PASSWORD)), 'no password in any output'))

const migrate = async (url = target.url, env: NodeJS.ProcessEnv = {}) => {
  const ran = await house.run('migrate-to', [url], env)
  outputs.push(ran.output)
  return ran
}
const onTarget = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
  const db = await openDatabase({ url: target.url })
  return await work(db).finally(() => db.close())
}
const askTarget = async (query: string) => {
  const client = new Client({ connectionString: target.url })
  await client.connect()
  return (await client.query(query).finally(() => client.end())).rows
}
/** A row or more in every table, with whatever is hard to carry over. */
const fillHouse = async () => {
  await house.within(async (db, account) => {
    for (let slot = 1; slot <= 5; slot++) await book(db, account, slot)
    for (let n = 1; n <= 3; n++) await bookNext(db)
  })
  const database = new Sqlite(house.database)
  database.exec(`
    insert into portal_states values ('polimisport', null, 'x', null);
    insert into courses values (1, 'p', 'l', null, 'k', 1, '18:00', '19:00', 'Añna "ß" \\ ''x'' 🧘', 'x');
    insert into slots values (7, 'p', 1, null, 'l', null, 'k', '2026-11-24', '18:00', '19:00', null, 'available', null, 'x', 'y');
    insert into user_bookings (user_id, account_id, portal, location, name_key, date, time_slot, cancellable, seen_at)
      select user_id, id, portal, '', 'k', '2026-11-24', '18:00', 1, 'x' from accounts;
    insert into periodic_bookings (user_id, account_id, portal, location, name_key, weekday, time_slot, mode, state, ask_hours, cancel_hours, created_at, updated_at)
      select user_id, id, portal, 'l', 'k', 1, '18:00', 'ask', 'active', 5, 1, 'x', 'x' from accounts;
    insert into pending_confirmations (periodic_booking_id, user_id, date, location, time_slot, state, created_at)
      select id, user_id, '2026-11-30', location, time_slot, 'asked', 'x' from periodic_bookings;
    insert into plans (user_id, portal, date, hours, least, from_hour, to_hour, places, state, created_at)
      select user_id, portal, '2026-11-30', 3, 2, 9, 18, '[]', 'active', 'x' from accounts;
    insert into plan_accounts (plan_id, account_id, position, user_id, consent)
      select plans.id, accounts.id, 0, accounts.user_id, 'asked' from plans, accounts;
    insert into plan_tries (plan_id, hour, place, option, account_id, kind, action_id, created_at)
      select plan_id, 9, 'X1', 'X1 A', account_id, 'spread', 1, 'x' from plan_accounts;
    insert into shots (action_id, attempt, account_id, portal, opening, offset_ms, error_ms, travel_ms, armed_at, fired_at, answered_at, late_ms, tries, outcome)
      select 1, 1, id, portal, 'x', -2000.25, 1.5, 20, 'x', 'x', 'x', 3.2, 1, 'booked' from accounts;
    insert into invites (code_hash, role, created_at, expires_at) values ('h', 'member', 'x', 'x');
    insert into challenges (action_id, kind, state, deadline, created_at) values (1, 'code', 'open', 'x', 'x');
    insert into action_steps (action_id, attempt, name, at) values (1, 1, 'confirming', 'x');
    insert into bot_state values ('Zeta', '{"a":[1,null]}'), ('alpha', '"line\nbreak"'), ('äh', 'true');
    insert into workers values ('w1', 'x', 'x');
    update booking_actions set chat_message_id = 9007199254740991 where id = 1;
    delete from booking_actions where id = 5`)
  database.close()
}

describe('./bookwright migrate-to', () => {
  it('copies every row as it is, with its secrets, and goes on numbering', async () => {
    await fillHouse()
    const before = readFileSync(house.database)

    const { status, output } = await migrate()

    assert.equal(status, 0, output)
    for (const { name, key } of TABLES) {
      const rows = ask(house.database, `select * from ${name} order by ${key}`)
      const copies = await askTarget(`select * from ${name} ${name === 'bot_state' ? "where key <> 'migrated'" : ''}`)
      const byKey = (row: Record<string, unknown>) => String(row[key])
      const sorted = (all: Record<string, unknown>[]) =>
        all.map((row) => JSON.stringify(row, Object.keys(row).sort())).toSorted()
      assert.ok(rows.length > 0, `the test has no row in ${name}`)
      assert.deepEqual(sorted(asNumbers(copies)), sorted(rows), name)
      assert.deepEqual(new Set(copies.map(byKey)), new Set(rows.map(byKey)))
    }
    assert.deepEqual(readFileSync(house.database), before, 'the SQLite file was left untouched')
    await onTarget(async (db) => {
      const [account] = await db.read.selectFrom('accounts').selectAll().execute()
      assert.ok(account)
      assert.equal((await openCredentials(db.read, house.vault, account.id)).password, PASSWORD)
      assert.equal(await loadSession(db, house.vault, account.id), '{"cookies":[]}')
      assert.equal((await listAttempts(db.read, 1)).length, 1)
      assert.equal(await book(db, { ...account }, 9), 6, 'the number of the removed action is not used again')
      await bookNext(db)
    })
  })

  it('tells the server what is in the tables, so that actions are found fast at once', async () => {
    await fillHouse()

    await migrate()

    const [known] = await askTarget("select reltuples from pg_class where relname = 'booking_actions'")
    assert.equal(known?.reltuples, 4)
  })

  it('says what to put into the configuration, with the password masked', async () => {
    const { output } = await migrate()

    const url = new URL(target.url)
    assert.match(output, /✓ compared row by row; 2 sealed secrets can be opened with .*vault\.key/)
    assert.ok(output.includes(`"database": { "url": "postgres://bookwright:•••@${url.host}${url.pathname}" }`), output)
    assert.match(output, /bookwright\.db was left untouched/)
  })

  it('takes the password from the environment as well', async () => {
    const url = new URL(target.url)
    url.password = ''

    const { status, output } = await migrate(url.href, { PGPASSWORD: SERVER_PASSWORD })

    assert.equal(status, 0, output)
    assert.ok(output.includes(`"url": "postgres://bookwright@${url.host}`), output)
  })

  it('refuses a target that has rows of ours, and does it once only', async () => {
    await migrate()

    const { status, output } = await migrate()

    assert.equal(status, 1)
    assert.match(
      output,
      /^bookwright: The PostgreSQL database is not empty: it has 1 row in users\. Name an empty one/m,
    )
    assert.equal((await askTarget('select * from accounts')).length, 1)
  })

  it('leaves nothing in the target when it fails, and can be run again', async () => {
    await fillHouse()
    const broken = new Sqlite(house.database)
    broken.exec("update notices set data = 'a' || char(0) || 'b' where id = 1")
    broken.close()

    const first = await migrate()
    const counts = await Promise.all(TABLES.map(async ({ name }) => (await askTarget(`select 1 from ${name}`)).length))
    const mended = new Sqlite(house.database)
    mended.exec("update notices set data = '{}' where id = 1")
    mended.close()
    const second = await migrate()

    assert.equal(first.status, 1)
    assert.match(first.output, /PostgreSQL does not take the rows 1 to 3 of notices/)
    assert.deepEqual(new Set(counts), new Set([0]))
    assert.equal(second.status, 0, second.output)
  })

  it('leaves nothing in the target when it is killed, and can be run again', async () => {
    await fillHouse()
    const database = new Sqlite(house.database)
    database.exec(`
      insert into action_steps (action_id, attempt, name, at)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) select 1, 1, 'step ' || i, 'x' from n`)
    database.close()
    const killed = house.start('migrate-to', [target.url])
    const ended = once(killed, 'exit')
    const lines = createInterface({ input: killed.stdout })
    for await (const line of lines) if (line.includes('booking_actions')) killed.kill('SIGKILL')
    await ended
    assert.equal(killed.signalCode, 'SIGKILL')

    const again = await untilFree(() => migrate())

    assert.equal(again.status, 0, again.output)
    assert.equal((await askTarget('select 1 from booking_actions')).length, 4)
  })

  it('refuses while the SQLite file is in use, and while the PostgreSQL database is', async () => {
    await house.within(async () => {
      const { status, output } = await migrate()
      assert.equal(status, 1)
      assert.match(output, /bookwright\.db is in use\. End everything that uses it/)
    })
    const client = new Client({ connectionString: target.url })
    await onTarget(async () => undefined)
    await client.connect()
    await client.query('begin; lock table users in access share mode')

    const { status, output } = await migrate()
    await client.end()

    assert.equal(status, 1)
    assert.match(output, /The PostgreSQL database is in use: Bookwright, or another migrate-to/)
  })

  it('refuses when a secret does not open with the vault key', async () => {
    const database = new Sqlite(house.database)
    database.exec('update portal_sessions set account_id = account_id, state = (select credentials from accounts)')
    database.close()

    const { status, output } = await migrate()

    assert.equal(status, 1)
    assert.match(output, /A secret in the database cannot be opened with the key/)
    assert.equal((await askTarget('select 1 from accounts')).length, 0)
  })

  it('says what is wrong with the address, and never shows the password in it', async () => {
    const url = new URL(target.url)
    const wrong = (change: (to: URL) => void) => {
      const copy = new URL(url)
      change(copy)
      return copy.href
    }
    const said = async (text: string) => {
      const { status, output } = await migrate(text)
      assert.equal(status, 1)
      return output
    }

    assert.match(await said(wrong((to) => (to.pathname = '/nowhere'))), /has no such database/)
    assert.match(
      await said(wrong((to) => (to.password = 'an-other-word'))),
      /refuses user or password\. Correct the address/,
    )
    assert.match(await said('postgres://u:an-other-word@a b/c'), /^bookwright: Expected an address such as/)
    assert.match(await said('mysql://u:an-other-word@host/c'), /^bookwright: Expected an address such as/)
    assert.ok(!outputs.some((output) => output.includes('an-other-word')))
  })

  it('knows every table that there is', async () => {
    const tables = ask(house.database, "select name from sqlite_master where type = 'table'").map(({ name }) => name)
    const own = tables.filter((name) => !/^(sqlite|kysely)_/.test(String(name)))

    assert.deepEqual(new Set(TABLES.map(({ name }) => name)), new Set(own))
  })
})

/** The server takes a moment to notice that a client is gone. */
async function untilFree(run: () => Promise<Ran>): Promise<Ran> {
  for (let ran = await run(); ; ran = await run()) if (!ran.output.includes('is in use: Bookwright')) return ran
}

/** What the client gives as text because of its size. */
function asNumbers(rows: Record<string, unknown>[]): Record<string, unknown>[] {
  const big = ['user_id', 'chat_message_id']
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        (big.includes(column) || (column === 'id' && 'role' in row)) && value !== null ? Number(value) : value,
      ]),
    ),
  )
}
