import type { Compilable, CompiledQuery, Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Schema } from './schema.ts'

/** A query that begins so has no result that anybody needs: an engine may send it together with the next one. */
export const NO_RESULT = '/* no result */ '
/** A query that begins so is the last of its transaction: an engine may send the commit right behind it. */
export const LAST = '/* last */ '

/** Stands in a compiled query where a value comes later. */
class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Values = { [name: string]: unknown }
type Places<P> = { readonly [K in keyof P]-?: RawBuilder<P[K]> }
type Build<P, R> = (db: Kysely<Schema>, places: Places<P>) => Compilable<R>

/**
 * A query that is built and compiled once for each database, and run with other values each time: building one anew
 * takes longer than SQLite needs to answer it (bench queue). `build` gets a place for the value of each of `names`.
 */
export function statement<P extends Values, R>(
  names: readonly (keyof P & string)[],
  build: Build<P, R>,
): (on: Reader, values: P) => Promise<R[]> {
  return compiledOnce('', names, build)
}

/** As `statement`, for what only writes: an error of it may come with a later statement of the transaction. */
export function command<P extends Values>(
  names: readonly (keyof P & string)[],
  build: Build<P, unknown>,
): (tx: Tx, values: P) => Promise<void> {
  const run = compiledOnce(NO_RESULT, names, build)
  return async (tx, values) => void (await run(tx, values))
}

/** As `statement`, for the last one of a transaction: with it the transaction is over, and nothing may fail after it. */
export function lastStatement<P extends Values, R>(
  names: readonly (keyof P & string)[],
  build: Build<P, R>,
): (tx: Tx, values: P) => Promise<R[]> {
  return compiledOnce(LAST, names, build)
}

function compiledOnce<P extends Values, R>(
  prefix: string,
  names: readonly (keyof P & string)[],
  build: Build<P, R>,
): (on: Reader, values: P) => Promise<R[]> {
  const places = Object.fromEntries(names.map((name) => [name, sql`${new Place(name)}`])) as Places<P>
  const compiled = new WeakMap<object, CompiledQuery<R>>()
  return async (on, values) => {
    const { adapter } = on.getExecutor()
    let query = compiled.get(adapter)
    if (!query) {
      const built = build(on, places).compile()
      query = { ...built, sql: prefix + built.sql }
      compiled.set(adapter, query)
    }
    const parameters = query.parameters.map((value) => (value instanceof Place ? values[value.name] : value))
    const { rows } = await on.executeQuery<R>({ ...query, parameters })
    return rows
  }
}
