import type Sqlite from 'better-sqlite3'
import { numbersOf } from '../copies/numbers.ts'
import { openAlone } from '../copies/sqlite-file.ts'
import type { Table } from './tables.ts'

export type Row = { readonly [column: string]: unknown }

/** A SQLite database that nobody else can use until it is closed. */
export type Source = {
  count(table: Table): number
  /** All rows in the order of their key, so many at a time. */
  batches(table: Table, size: number): Generator<Row[]>
  /** The highest number each table has given out. */
  numbers: ReadonlyMap<string, number>
  close(): void
}

/** Opens the file for reading, and keeps everybody else out. Throws `UserError` when it is in use or not there. */
export function openSource(file: string): Source {
  const database = openAlone(file)
  return {
    count: ({ name }) => Number(database.prepare(`select count(*) from "${name}"`).pluck().get()),
    batches: (table, size) => batches(database, table, size),
    numbers: numbersOf(database),
    close: () => database.close(),
  }
}

function* batches(database: Sqlite.Database, { name, key }: Table, size: number): Generator<Row[]> {
  const first = database.prepare(`select * from "${name}" order by "${key}" limit ?`)
  const next = database.prepare(`select * from "${name}" where "${key}" > ? order by "${key}" limit ?`)
  for (let rows = first.all(size) as Row[]; rows.length > 0; ) {
    yield rows
    rows = next.all(rows.at(-1)?.[key], size) as Row[]
  }
}
