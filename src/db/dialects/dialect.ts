import type { CreateTableBuilder, Dialect } from 'kysely'

/** Adds the `id` column by which a table numbers its rows; a number is never used again. */
export type IdColumn = <T extends string>(table: CreateTableBuilder<T, never>) => CreateTableBuilder<T, 'id'>

/** What differs between the databases: everything else is one code path. */
export type DatabaseDialect = {
  kysely: Dialect
  addId: IdColumn
  /** The engine's version, for people. */
  versionQuery: string
  /** Answers one row with the column `result`, `ok` when the database is sound. */
  integrityQuery: string
}
