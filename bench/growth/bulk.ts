import Sqlite from 'better-sqlite3'
import { Client } from 'pg'

/** Plain SQL for filling a database fast; nothing of it is meant to be durable. */
export type Bulk = {
  run(text: string): Promise<void>
  /** An expression for the stamp so many seconds (an expression as well) before now. */
  ago(seconds: string): string
  /** Leaves the database as one that has been in use for long. */
  close(): Promise<void>
}

export function bulkOnSqlite(file: string): Bulk {
  const db = new Sqlite(file)
  for (const pragma of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -200000']) db.pragma(pragma)
  return {
    run: async (text) => void db.exec(text),
    ago: (seconds) => `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', (-(${seconds})) || ' seconds')`,
    async close() {
      db.pragma('wal_checkpoint(TRUNCATE)')
      db.close()
    },
  }
}

export async function bulkOnPostgres(url: string): Promise<Bulk> {
  const client = new Client({ connectionString: url })
  await client.connect()
  // Checks no foreign keys.
  await client.query('set session_replication_role = replica; set synchronous_commit = off')
  return {
    run: async (text) => void (await client.query(text)),
    ago: (seconds) =>
      `to_char((now() - (${seconds}) * interval '1 second') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    async close() {
      await client.query('vacuum analyze')
      await client.query('checkpoint')
      await client.end()
    },
  }
}
