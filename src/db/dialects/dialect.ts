import type { CreateTableBuilder, Dialect, Kysely, RawBuilder } from 'kysely'
import type { Schema } from '../schema.ts'
import type { Topic, Waker } from '../waker.ts'

/** Adds the `id` column by which a table numbers its rows; a number is never used again. */
export type IdColumn = <T extends string>(table: CreateTableBuilder<T, never>) => CreateTableBuilder<T, 'id'>

/** What differs between the engines: everything else is one code path. */
export type DatabaseDialect = {
  engine: 'SQLite' | 'PostgreSQL'
  /** For transactions, one after the other or side by side. */
  writing: Dialect
  /** For everything else: reading does not wait for this process's transactions. */
  reading: Dialect
  /** A connection of its own for migrations, where the others are too hasty for them. */
  migrating?: () => Dialect
  addId: IdColumn
  /** Reads the engine's own clock; left out where it is this machine's. */
  now?: (tx: Kysely<Schema>) => Promise<Temporal.Instant>
  /** Until the transaction ends no other one claims: who claims sees what is claimed. */
  lockClaims(tx: Kysely<Schema>): Promise<void>
  /** Ends a query of the rows `a`: rows that another transaction is changing are passed over. */
  skipLocked: RawBuilder<unknown>
  /**
   * Whether a transaction that failed like this may be run again: it did nothing, or what it did is found the second
   * time (by lease, key or origin). `connection`: the server went away; `race`: another transaction was first.
   */
  isPassing(error: unknown): 'connection' | 'race' | undefined
  /** The error in words that say what to do, where there are such. */
  explain(error: unknown): unknown
  openWaker(): Promise<Waker>
  /** Pokes when, and only if, the transaction commits. Left out where the poke comes after it. */
  pokeWith?: (tx: Kysely<Schema>, topics: readonly Topic[]) => Promise<void>
  /** Closes what `writing` and `reading` opened. */
  close(): Promise<void>
  /** The engine's version, for people. */
  versionQuery: string
  /** Answers one row with the column `result`, `ok` when the database is sound. */
  integrityQuery: string
}
