import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { Client } from 'pg'
import { UserError } from '../../src/core/errors.ts'
import { openDatabase } from '../../src/db/database.ts'
import { ENGINE, makeTestDatabase } from '../support/engines.ts'
import { type PostgresServer, startPostgresServer } from '../support/postgres-server.ts'

const DATABASE = JSON.stringify(new URL('../../src/db/database.ts', import.meta.url).href)
const OPEN_AND_CLOSE = `import { openDatabase } from ${DATABASE}
  await (await openDatabase({ url: process.argv[1] })).close()`
/** The machine's own, where it has one. */
const OPENSSL = 'openssl'
const HAS_OPENSSL = spawnSync(OPENSSL, ['version']).status === 0

describe('opening a PostgreSQL database', { skip: ENGINE === 'SQLite' && 'shown in the run on PostgreSQL' }, () => {
  it('works from several processes at once on a database that is empty', async () => {
    const database = await makeTestDatabase('', 'PostgreSQL', 'empty')
    const run = async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', OPEN_AND_CLOSE, database.url])
      return (await child.stderr.toArray()).join('')
    }

    const errors = await Promise.all(Array.from({ length: 6 }, run))

    assert.deepEqual(errors, Array(6).fill(''))
    const client = new Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query('select name from kysely_migration')
    await client.end()
    assert.equal(rows.length, 5)
    await database.drop()
  })
})

describe('a PostgreSQL server with a certificate of its own making', {
  skip:
    (ENGINE === 'SQLite' && 'shown in the run on PostgreSQL') ||
    (!HAS_OPENSSL && 'there is no openssl here to make a certificate with'),
}, () => {
  let server: PostgresServer
  const folder = mkdtempSync(join(tmpdir(), 'bookwright-tls-'))
  const certificate = join(folder, 'server.crt')
  before(async () => {
    server = await startPostgresServer({ fsync: false })
    makeCertificate()
    const client = new Client({ connectionString: server.url('postgres') })
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    giveTo(rows[0]?.data_directory ?? assert.fail())
    await client.query('alter system set ssl = on')
    await client.query('select pg_reload_conf()')
    await client.end()
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function makeCertificate(): void {
    const subject = ['-subj', '/CN=bookwright', '-addext', 'subjectAltName=IP:127.0.0.1']
    const files = ['-keyout', join(folder, 'server.key'), '-out', certificate]
    const made = spawnSync(OPENSSL, [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      ...subject,
      ...files,
    ])
    assert.equal(made.status, 0, String(made.stderr))
  }
  /** PostgreSQL takes a key only from its own user, and looks for it beside its data. */
  function giveTo(data: string): void {
    const { uid, gid } = statSync(data)
    for (const name of ['server.crt', 'server.key']) {
      copyFileSync(join(folder, name), join(data, name))
      chmodSync(join(data, name), 0o600)
      chownSync(join(data, name), uid, gid)
    }
  }

  it('is trusted where the URL names the certificate, and everything goes encrypted', async () => {
    const db = await openDatabase({ url: `${server.url('postgres')}?sslmode=verify-full&sslrootcert=${certificate}` })
    try {
      const asked = sql<{ plain: number }>`
        select count(*) filter (where not ssl)::int as plain from pg_stat_ssl join pg_stat_activity using (pid)
        where application_name = 'bookwright'`
      assert.deepEqual((await asked.execute(db.read)).rows, [{ plain: 0 }])
    } finally {
      await db.close()
    }
  })

  it('is not trusted otherwise, and the sentence says where to read on', async () => {
    const opening = openDatabase({ url: `${server.url('postgres')}?sslmode=verify-full` })
    await assert.rejects(opening, (error) => {
      assert.ok(error instanceof UserError, String(error))
      assert.match(error.message, /no trusted TLS connection \(self-signed certificate.*\)\. See "TLS"/)
      return true
    })
  })
})
