import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { ask, book, bookNext, openScriptHouse, type ScriptHouse } from './support.ts'

let house: ScriptHouse
beforeEach(async () => {
  house = await openScriptHouse()
})
afterEach(() => house.close())

describe('./bookwright backup', () => {
  it('copies what is in the database, WAL included, and says what that is and what is missing', async () => {
    const target = join(house.folder, 'copy.db')

    const { status, output } = await house.within(async (db, account) => {
      await book(db, account, 1)
      await bookNext(db)
      await book(db, account, 2)
      return await house.run('backup', [target])
    })

    assert.equal(status, 0, output)
    assert.match(output, /copy\.db: \d+\.\d MB, checked and sound/)
    assert.match(output, /2 actions, 0 bookings, 1 account$/m)
    assert.match(output, new RegExp(`vault key ${house.keyFile} is NOT in it`))
    assert.equal((statSync(target).mode & 0o777).toString(8), '600')
    const rows = ask(target, 'select status from booking_actions order by id')
    assert.deepEqual(rows, [{ status: 'completed' }, { status: 'pending' }])
    assert.deepEqual(ask(target, 'pragma journal_mode'), [{ journal_mode: 'delete' }], 'one file without company')
    assert.deepEqual(readdirSync(house.folder).sort(), ['config.json', 'copy.db', 'data', 'vault.key'])
  })

  it('overwrites nothing, but with --force a former backup', async () => {
    const target = join(house.folder, 'copy.db')
    writeFileSync(target, 'something else')
    writeFileSync(`${target}-wal`, 'of the former one')

    const kept = await house.run('backup', [target])
    const text = readFileSync(target, 'utf8')
    const forced = await house.run('backup', [target, '--force'])

    assert.equal(kept.status, 1)
    assert.match(kept.output, /copy\.db is there already and stays as it is/)
    assert.equal(text, 'something else')
    assert.equal(forced.status, 0, forced.output)
    assert.equal(ask(target, 'select count(*) as n from accounts')[0]?.['n'], 1)
    assert.ok(!existsSync(`${target}-wal`), 'it would be applied to the new one')
  })

  it('never overwrites what Bookwright works with', async () => {
    const key = readFileSync(house.keyFile, 'utf8')
    for (const file of [house.database, house.keyFile, join(house.folder, 'config.json')]) {
      const { status, output } = await house.run('backup', [file, '--force'])
      assert.equal(status, 1)
      assert.match(output, /is what Bookwright itself works with/)
    }
    assert.equal(readFileSync(house.keyFile, 'utf8'), key)
  })

  it('says what is wrong with the place it is to go to, and leaves nothing there', async () => {
    const { folder } = house
    const file = join(folder, 'plain')
    writeFileSync(file, '')

    const missing = await house.run('backup', [join(folder, 'no', 'where.db')])
    const inFile = await house.run('backup', [join(file, 'x.db')])
    const isFolder = await house.run('backup', [join(folder, 'data')])
    const none = await house.run('backup', [])
    const two = await house.run('backup', ['a', 'b'])
    const option = await house.run('backup', ['a', '--fast'])

    assert.match(missing.output, /^bookwright: There is no folder .*\/no\. Make it, or name a file elsewhere/)
    assert.match(inFile.output, /^bookwright: There is no folder .*plain\. /)
    assert.match(isFolder.output, /^bookwright: .*data is a folder\. Name a file in it, such as /)
    for (const { output } of [none, two, option]) assert.match(output, /^bookwright: Usage: \.\/bookwright backup FILE/)
    for (const { status } of [missing, inFile, isFolder, none, two, option]) assert.equal(status, 1)
    assert.deepEqual(readdirSync(folder).sort(), ['config.json', 'data', 'plain', 'vault.key'])
    assert.deepEqual(house.files(), ['bookwright.db'])
  })

  it('says that it may not write there', { skip: process.getuid?.() === 0 && 'root may write anywhere' }, async () => {
    const locked = join(house.folder, 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0o500)

    const { status, output } = await house.run('backup', [join(locked, 'copy.db')])

    assert.equal(status, 1)
    assert.match(output, /locked\/copy\.db cannot be written .* Give yourself the right to write in/)
  })

  it('leaves nothing behind when the disk does not take it whole', async () => {
    // A limit on the size of files is met as a full disk is: in the middle.
    const target = join(house.folder, 'copy.db')
    const script = join(import.meta.dirname, '../../src/scripts/backup.ts')
    const command = `ulimit -f 64; exec "${process.execPath}" "${script}" "${target}"`

    const { status, stderr } = spawnSync('sh', ['-c', command], {
      encoding: 'utf8',
      env: { ...process.env, BOOKWRIGHT_CONFIG: join(house.folder, 'config.json') },
    })

    assert.equal(status, 1, stderr)
    assert.match(stderr, /^bookwright: The disk did not take .*copy\.db whole .* Make room there/)
    assert.deepEqual(readdirSync(house.folder).sort(), ['config.json', 'data', 'vault.key'])
  })

  it('removes what a killed one left', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    writeFileSync(join(house.folder, `copy.db.draft-${dead}`), 'half')
    writeFileSync(join(house.folder, `copy.db.draft-${process.pid}`), 'another one at work')

    const { status } = await house.run('backup', [join(house.folder, 'copy.db')])

    assert.equal(status, 0)
    assert.ok(!existsSync(join(house.folder, `copy.db.draft-${dead}`)))
    assert.ok(existsSync(join(house.folder, `copy.db.draft-${process.pid}`)))
  })

  it('refuses to call a damaged database a backup', async () => {
    const bytes = readFileSync(house.database)
    bytes.fill(0xaa, 4096 * 3, 4096 * 6)
    writeFileSync(house.database, bytes)
    const target = join(house.folder, 'copy.db')

    const { status, output } = await house.run('backup', [target])

    assert.equal(status, 1)
    assert.match(output, /The database .*bookwright\.db is damaged .*Restore an older backup/)
    assert.ok(!existsSync(target))
  })

  it('on PostgreSQL names the tools to use, without the password', async () => {
    const other = await openScriptHouse('postgres://ada:s3cret-word@db.example:5433/book%20s')
    try {
      const { status, output } = await other.run('backup', ['copy.db'])

      assert.equal(status, 1)
      assert.match(
        output,
        /pg_dump --format=custom --host=db\.example --port=5433 --username=ada --file=.*copy\.db 'book s'/,
      )
      assert.match(output, /pg_restore .*--dbname='book s'/)
      assert.match(output, /PGPASSWORD or ~\/\.pgpass/)
      assert.ok(!output.includes('s3cret-word'))
    } finally {
      other.close()
    }
  })
})

const from = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).href)
/** Books one slot after another until its input ends, as bot and worker do; then tells how many, and the longest wait. */
const WRITER = `
  import { listAccounts } from ${from('src/db/accounts.ts')}
  import { claimNextAction } from ${from('src/db/actions/claim.ts')}
  import { addStep, endAttempt, markSubmitted } from ${from('src/db/actions/work.ts')}
  import { openDatabase } from ${from('src/db/database.ts')}
  import { enqueueAction } from ${from('src/db/actions/enqueue.ts')}
  const [file, first] = process.argv.slice(1)
  const limits = new Map([['polimisport', 100]])
  const start = Temporal.Now.plainDateISO().add({ days: 2 })
  const deadline = Temporal.Now.instant().add({ hours: 24 })
  const db = await openDatabase({ url: 'file:' + file })
  const [account] = await listAccounts(db.read)
  let done = 0, longest = 0, stopped = false
  process.stdin.on('end', () => { stopped = true }).resume()
  for (let slot = Number(first); !stopped; slot++) {
    const before = performance.now()
    const slotOf = { date: start.add({ days: slot }).toString(), start: '18:00', end: null, location: 'Giuriati', course: 'YOGA', siteId: null }
    await enqueueAction(db, { type: 'book', userId: account.user_id, accountId: account.id, portal: account.portal, slot: slotOf, deadline })
    const claim = await claimNextAction(db, 'w' + first, limits)
    if (claim) {
      await markSubmitted(db, claim.lease)
      await addStep(db, claim.lease, 'confirming')
      await endAttempt(db, claim.lease, { status: 'completed', result: { kind: 'booked' } })
      done++
    }
    longest = Math.max(longest, performance.now() - before)
    if (done === 1) console.log('at work')
    await new Promise(setImmediate)
  }
  await db.close()
  console.log(JSON.stringify({ done, longest }))`

describe('a backup while others write', () => {
  it('is a consistent moment, and nobody waits for it', async () => {
    fill(house.database, 30_000)
    const writers = [0, 100_000].map((slot) => startWriter(house.database, slot))
    await Promise.all(writers.map(({ atWork }) => atWork))
    const copies = [1, 2, 3].map((n) => join(house.folder, `copy-${n}.db`))

    for (const copy of copies) {
      const { status, output } = await house.run('backup', [copy])
      assert.equal(status, 0, output)
    }
    const told = await Promise.all(writers.map(({ stop }) => stop()))

    const counts = copies.map((copy) => Number(ask(copy, 'select count(*) as n from booking_actions')[0]?.['n']))
    assert.ok(
      counts.every((count, n) => n === 0 || count > (counts[n - 1] ?? 0)),
      `they wrote on: ${counts}`,
    )
    for (const copy of copies) assert.deepEqual(inconsistent(copy), [])
    for (const { done, longest } of told) {
      assert.ok(done > 10, `${done} done`)
      assert.ok(longest < 3_000, `one round took ${longest} ms`)
    }
  })
})

function startWriter(file: string, slot: number) {
  const args = ['--input-type=module', '-e', WRITER, file, String(slot)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: string[] = []
  const atWork = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    atWork.resolve()
  })
  const ended = once(child, 'close').then(() => {
    atWork.reject(new Error('the writer ended'))
    assert.equal(child.exitCode, 0)
    return JSON.parse(lines.at(-1) ?? '') as { done: number; longest: number }
  })
  return {
    atWork: atWork.promise,
    stop: () => {
      child.stdin.end()
      return ended
    },
  }
}

/** Ended actions of old, so that a copy takes more than one step. */
function fill(file: string, rows: number): void {
  const database = new Sqlite(file)
  const stamp = '2020-01-01T00:00:00.000Z'
  database.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
    insert into booking_actions (action_type, account_id, portal, status, priority, run_at, dedupe_key, max_attempts, created_at, completed_at)
    select 'check', 1, 'polimisport', 'failed', 5, '${stamp}', 'old:' || i, 10, '${stamp}', '${stamp}' from n`)
  database.close()
}

/** Where a copy holds only one half of what was written in one transaction. */
function inconsistent(copy: string): Record<string, unknown>[] {
  return ask(
    copy,
    `select a.id, a.status from booking_actions a where
       a.status = 'completed' and (
         not exists (select 1 from attempts t where t.action_id = a.id and t.outcome = 'completed')
         or not exists (select 1 from notices n where n.dedupe_key = a.user_id || ':action-ended:' || a.id))
       or a.status <> 'completed' and exists (select 1 from attempts t where t.action_id = a.id)
     union all select "table", rowid from pragma_foreign_key_check`,
  )
}
