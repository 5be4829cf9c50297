import Sqlite from 'better-sqlite3'

/** Empties the write-ahead log, so that nobody pays in a measurement for what was filled in before it. */
export function truncateLog(file: string): void {
  const db = new Sqlite(file, { timeout: 5_000 })
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}
