import Sqlite from 'better-sqlite3'

/** More than anybody asks for between two backups. */
const GAP = 1_000

/** The highest number each table has given out. */
export function numbersOf(database: Sqlite.Database): Map<string, number> {
  const has = database.prepare("select 1 from sqlite_master where name = 'sqlite_sequence'").get()
  if (!has) return new Map()
  const rows = database.prepare('select name, seq from sqlite_sequence').raw().all()
  return new Map(rows as [string, number][])
}

/**
 * Makes the database in `file` number new rows well above what it had, and above `inUse`: old buttons in the chat carry
 * the numbers that were given out after the backup, and must not come to mean something else.
 */
export function raiseNumbers(file: string, inUse: ReadonlyMap<string, number>): void {
  const database = new Sqlite(file, { fileMustExist: true })
  try {
    const own = numbersOf(database)
    const tables = database.prepare(
      "select name from sqlite_master where type = 'table' and sql like '%autoincrement%'",
    )
    const update = database.prepare('update sqlite_sequence set seq = ? where name = ?')
    const insert = database.prepare('insert into sqlite_sequence (seq, name) values (?, ?)')
    for (const name of tables.pluck().all() as string[]) {
      const next = Math.max(own.get(name) ?? 0, inUse.get(name) ?? 0) + GAP
      ;(own.has(name) ? update : insert).run(next, name)
    }
    database.pragma('journal_mode = DELETE')
  } finally {
    database.close()
  }
}
