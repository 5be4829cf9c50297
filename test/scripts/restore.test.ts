import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { systemClock, toStamp } from '../../src/core/clock.ts'
import { ensureVaultKey } from '../../src/core/vault.ts'
import { openCredentials } from '../../src/db/accounts.ts'
import { cancelAction } from '../../src/db/actions/cancel.ts'
import { claimNextAction } from '../../src/db/actions/claim.ts'
import { enqueueAction } from '../../src/db/actions/enqueue.ts'
import { OWNER } from '../support/house.ts'
import { ask, book, bookNext, LIMITS, openScriptHouse, PASSWORD, type ScriptHouse } from './support.ts'

let house: ScriptHouse
let backup: string
beforeEach(async () => {
  house = await openScriptHouse()
  backup = join(house.folder, 'copy.db')
})
afterEach(() => house.close())

const restored = async () => {
  const { status, output } = await house.run('restore', [backup])
  assert.equal(status, 0, output)
  return output
}
const backedUp = async () => {
  const { status, output } = await house.run('backup', [backup])
  assert.equal(status, 0, output)
}
const refused = async (file = backup) => {
  const before = readFileSync(house.database)
  const { status, output } = await house.run('restore', [file])
  assert.equal(status, 1)
  assert.match(output, /^bookwright: [A-Z/](?!rror)/, 'in plain words')
  assert.deepEqual(readFileSync(house.database), before, 'the old database is in place')
  assert.deepEqual(house.files(), ['bookwright.db'], 'nothing is left')
  return output
}
const actions = () =>
  ask(house.database, 'select id, status, outcome_unknown, submitted_at, run_at from booking_actions order by id')

/** Columns that later migrations added. */
const ADDED_SINCE = [
  ...['quiet_from', 'quiet_to', 'muted', 'week_theme', 'lead_minutes', 'invited_by'].map((name) => `users.${name}`),
  'accounts.suspended_by',
  'booking_actions.watch',
  'booking_actions.looked_at',
  'slots.asked_at',
  'portal_states.blocked_until',
]

describe('./bookwright restore', () => {
  it('brings back what the backup held, and keeps what it replaces', async () => {
    await house.within((db, account) => book(db, account, 1))
    await backedUp()
    await house.within((db, account) => book(db, account, 2))

    const output = await restored()

    const kept = /kept as (.*)/.exec(output)?.[1] ?? ''
    assert.equal(actions().length, 1)
    assert.equal(ask(kept, 'select count(*) as n from booking_actions')[0]?.['n'], 2)
    assert.equal((statSync(kept).mode & 0o777).toString(8), '600')
    assert.equal((statSync(house.database).mode & 0o777).toString(8), '600')
    assert.equal(house.files().length, 2, 'the database and the one it replaced')
    await house.within(async (db, account) => {
      assert.equal((await openCredentials(db.read, house.vault, account.id)).password, PASSWORD)
    })
  })

  it('keeps what was only in the WAL of a killed process, and applies none of it to the new database', async () => {
    await backedUp()
    await leaveWal(house)

    const output = await restored()

    const kept = /kept as (.*)/.exec(output)?.[1] ?? ''
    const names = 'select first_name from users'
    assert.equal(ask(kept, names)[0]?.['first_name'], 'in the WAL')
    assert.notEqual(ask(house.database, names)[0]?.['first_name'], 'in the WAL')
    assert.equal(house.files().length, 2)
  })

  it('works where there is no database yet, and where it is damaged', async () => {
    await house.within((db, account) => book(db, account, 1))
    await backedUp()
    await leaveWal(house)
    rmSync(house.database)

    const first = await restored()
    assert.doesNotMatch(first, /is kept as/)
    assert.equal(actions().length, 1)
    assert.notEqual(ask(house.database, 'select first_name from users')[0]?.['first_name'], 'in the WAL')
    writeFileSync(house.database, 'x'.repeat(100_000))
    writeFileSync(`${house.database}-wal`, 'a WAL of the damaged one')
    const second = await restored()

    const kept = /kept as (.*)/.exec(second)?.[1] ?? ''
    assert.equal(actions().length, 1)
    assert.equal(readFileSync(kept, 'utf8').slice(0, 3), 'xxx')
    assert.equal(readFileSync(`${kept}-wal`, 'utf8'), 'a WAL of the damaged one')
    assert.ok(!house.files().includes('bookwright.db-wal'))
  })

  it('refuses while a process has the database open, and says how to end it', async () => {
    await backedUp()

    await house.within(async () => {
      const { status, output } = await house.run('restore', [backup])

      assert.equal(status, 1)
      assert.match(output, /bookwright\.db is in use\. End everything that uses it with \.\/bookwright stop/)
    })
    assert.deepEqual(house.files(), ['bookwright.db'])
  })

  it('refuses what is no good backup, and says why', async () => {
    const other = join(house.folder, 'other.db')
    writeFileSync(other, 'not a database at all, but a text that is long enough to look like something')
    assert.match(await refused(other), /other\.db is not a database/)
    rmSync(other)
    new Sqlite(other).exec('create table notes (text)').close()
    assert.match(await refused(other), /other\.db is a database, but not one of Bookwright/)

    await backedUp()
    const bytes = readFileSync(backup)
    writeFileSync(other, bytes.subarray(0, bytes.length / 2))
    assert.match(await refused(other), /other\.db is damaged/)
    writeFileSync(other, Buffer.from(bytes).fill(0xaa, 4096 * 3, 4096 * 6))
    assert.match(await refused(other), /other\.db is damaged/)

    const newer = new Sqlite(backup)
    newer.exec("insert into kysely_migration values ('2999-01-01-flying-cars', '2999-01-01')")
    newer.close()
    assert.match(await refused(), /copy\.db cannot be restored\. The database is newer than this program/)

    assert.match(await refused(join(house.folder, 'none.db')), /There is no file .*none\.db/)
    assert.match(await refused(house.folder), /is a folder\. Name the backup file in it/)
    assert.match(await refused(house.database), /is the database itself/)
  })

  it('refuses a backup of another vault key, or without any key', async () => {
    await backedUp()
    rmSync(house.keyFile)

    assert.match(await refused(), /cannot be opened with the vault key .*Put the key that belongs to this backup there/)
    ensureVaultKey(house.keyFile)
    assert.match(await refused(), /cannot be opened with the vault key/)
  })

  it('brings an older backup up to date', async () => {
    await house.within((db, account) => book(db, account, 1))
    await backedUp()
    const old = new Sqlite(backup)
    old.exec(`
      drop index actions_to_claim; drop index actions_due; drop index actions_ended; drop index notices_ended;
      drop index challenges_of_action; drop index actions_open_of_user; drop index actions_begun;
      drop index actions_watching;
      alter table booking_actions drop column turn_at;
      drop table invites; drop table shots; drop table plan_tries; drop table plan_accounts; drop table plans;
      ${ADDED_SINCE.map((column) => `alter table ${column.replace('.', ' drop column ')};`).join('\n')}
      create index actions_to_claim on booking_actions (priority, run_at, id) where status = 'pending';
      delete from kysely_migration where name >= '2026-11-22'`)
    old.close()

    await restored()

    assert.equal(ask(house.database, 'select turn_at from booking_actions').length, 1)
    await house.within((db) => bookNextWhenSettled(db))
  })
})

const WRITE_AND_HANG = `
  const database = require('better-sqlite3')(process.argv[1])
  database.pragma('journal_mode = WAL')
  database.prepare("update users set first_name = 'in the WAL'").run()
  console.log('written')
  setInterval(() => {}, 1e6)`

/** A process writes, and is killed before anything of it leaves the WAL. */
async function leaveWal({ database, files }: ScriptHouse): Promise<void> {
  const child = spawn(process.execPath, ['-e', WRITE_AND_HANG, database], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.ok(files().includes('bookwright.db-wal'))
}

async function bookNextWhenSettled(db: Parameters<Parameters<ScriptHouse['within']>[0]>[0]): Promise<void> {
  const due = toStamp(systemClock.now())
  await db.write((tx) => tx.updateTable('booking_actions').set({ run_at: due }).execute())
  await bookNext(db)
}

describe('the queue after a restore', () => {
  it('asks the portal first, whatever has become of the action since the backup', async () => {
    await house.within((db, account) => book(db, account, 1))
    await backedUp()
    await house.within((db) => bookNext(db))
    const before = systemClock.now()

    const output = await restored()

    assert.match(output, /#1 book YOGA, 2026-11-24 07:00/)
    const [row] = actions()
    assert.deepEqual([row?.['status'], row?.['outcome_unknown']], ['pending', 1])
    assert.ok(String(row?.['submitted_at']) >= toStamp(before), 'it counts as just submitted')
    assert.ok(String(row?.['run_at']) >= toStamp(before.add({ seconds: 30 })), 'asked when the answer can be believed')
    await house.within(async (db) => {
      assert.equal(await claimNextAction(db, 'w1', LIMITS), undefined)
      assert.equal(
        await cancelAction(db, 1, OWNER.id),
        'too-late',
        'nobody says "taken back" before the portal is asked',
      )
      const due = toStamp(systemClock.now())
      await db.write((tx) => tx.updateTable('booking_actions').set({ run_at: due }).execute())
      const claim = await claimNextAction(db, 'w1', LIMITS)
      assert.equal(claim?.action.outcomeUnknown, true)
      assert.notEqual(claim?.action.submittedAt, null)
    })
  })

  it('takes back what a worker was at, with its attempt noted as lost', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      const claim = await claimNextAction(db, 'w1', LIMITS)
      assert.ok(claim)
      await db.write((tx) => tx.insertInto('workers').values({ id: 'w1', started_at: 'x', seen_at: 'x' }).execute())
    })
    await backedUp()

    await restored()

    const [row] = actions()
    assert.deepEqual([row?.['status'], row?.['outcome_unknown']], ['pending', 1])
    assert.notEqual(row?.['submitted_at'], null)
    assert.deepEqual(ask(house.database, 'select outcome from attempts'), [{ outcome: 'lost' }])
    assert.deepEqual(ask(house.database, 'select id from workers'), [])
  })

  it('does not call overdue what may have been booked in time', async () => {
    await house.within(async (db, account) => {
      const id = await book(db, account, 1)
      const past = toStamp(systemClock.now().subtract({ hours: 1 }))
      await db.write((tx) => tx.updateTable('booking_actions').set({ deadline: past }).where('id', '=', id).execute())
    })
    await backedUp()

    await restored()

    await house.within(async (db) => {
      assert.equal(await claimNextAction(db, 'w1', LIMITS), undefined)
    })
    assert.equal(actions()[0]?.['status'], 'pending')
  })

  it('ends what was taken back before anything was sent, and leaves alone what only reads', async () => {
    await house.within(async (db, account) => {
      const id = await book(db, account, 1)
      await claimNextAction(db, 'w1', LIMITS)
      assert.equal(await cancelAction(db, id, OWNER.id), 'requested')
      await enqueueAction(db, { type: 'sync', userId: null, accountId: account.id, portal: account.portal })
    })
    await backedUp()

    await restored()

    const rows = actions().map(({ status, outcome_unknown, submitted_at }) => [status, outcome_unknown, submitted_at])
    assert.deepEqual(rows, [
      ['cancelled', 0, null],
      ['pending', 0, null],
    ])
  })

  it('keeps notices owed, and never gives a number a second time', async () => {
    await house.within(async (db, account) => {
      await book(db, account, 1)
      await bookNext(db)
    })
    await backedUp()
    const later = await house.within((db, account) => book(db, account, 2))

    await restored()

    assert.deepEqual(ask(house.database, 'select state from notices'), [{ state: 'pending' }])
    const next = await house.within((db, account) => book(db, account, 3))
    assert.ok(next > later + 500, `#${next} is no number that a button in the chat may carry`)
  })
})

describe('a restore that is killed', () => {
  it('leaves the old database or the new one, at whatever moment', async () => {
    await house.within((db, account) => book(db, account, 1))
    grow(house.database)
    await backedUp()
    await house.within((db, account) => book(db, account, 2))
    const before = readFileSync(house.database)
    const found: string[] = []

    for (const ms of [0, 3, 6, 10, 15, 20, 30, 40]) {
      for (const name of house.files()) rmSync(join(house.folder, 'data', name))
      writeFileSync(house.database, before)
      const child = house.start('restore', [backup])
      while (!house.files().some((name) => /before-restore-[^.]*$/.test(name))) await nextLook(2)
      await nextLook(ms)
      child.kill('SIGKILL')
      await once(child, 'exit')
      const interrupted = house.files().includes('bookwright.db-journal')
      const count = await house.within((db) => countSound(db, house.database))
      found.push(`${interrupted ? 'in the middle: ' : ''}${count}`)
    }

    // The old one has two actions, the new one has one.
    assert.deepEqual(new Set(found.map((what) => what.slice(-1))).difference(new Set(['1', '2'])), new Set())
    assert.ok(found.includes('in the middle: 2'), `none was killed in the middle: ${found}`)
    await restored()
    assert.equal(actions().length, 1)
    assert.deepEqual(
      house.files().filter((name) => name.includes('.draft-')),
      [],
    )
  })
})

/** Makes the file so large that writing it over takes a while. */
function grow(file: string): void {
  const database = new Sqlite(file)
  database.exec(`
    create table ballast as with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
    select i, hex(randomblob(200)) as x from n`)
  database.close()
}

function nextLook(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function countSound(db: Parameters<Parameters<ScriptHouse['within']>[0]>[0], file: string): Promise<unknown> {
  assert.equal((await db.inspect()).integrity, 'ok')
  return ask(file, 'select count(*) as n from booking_actions')[0]?.['n']
}
