import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Reader } from './database.ts'
import type { Schema } from './schema.ts'

/** Stands in a compiled query where a value comes later. */
class Place {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Places<P> = { readonly [K in keyof P]-?: RawBuilder<P[K]> }

/**
 * A query that is built and compiled once for each database, and run with other values each time: building one anew
 * takes longer than SQLite needs to answer it (bench queue). `build` gets a place for the value of each of `names`.
 */
export function statement<P extends { [name: string]: unknown }, R>(
  names: readonly (keyof P & string)[],
  build: (db: Kysely<Schema>, places: Places<P>) => Compilable<R>,
): (on: Reader, values: P) => Promise<R[]> {
  const places = Object.fromEntries(names.map((name) => [name, sql`${new Place(name)}`])) as Places<P>
  const compiled = new WeakMap<object, CompiledQuery<R>>()
  return async (on, values) => {
    const { adapter } = on.getExecutor()
    let query = compiled.get(adapter)
    if (!query) {
      query = build(on, places).compile()
      compiled.set(adapter, query)
    }
    const parameters = query.parameters.map((value) => (value instanceof Place ? values[value.name] : value))
    const { rows } = await on.executeQuery<R>({ ...query, parameters })
    return rows
  }
}
