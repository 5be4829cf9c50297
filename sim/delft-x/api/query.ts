import type { FastifyRequest } from 'fastify'

/** What the list grammar of the API cannot read. */
export class QueryError extends Error {}

export type Filter = Record<string, unknown>

/** A list's query: `s` (filter), `join`, `limit`, `page`, `sort`. */
export type ListQuery = {
  filter: Filter
  joins: ReadonlySet<string>
  limit: number
  page: number
  sort: { field: string; descending: boolean } | undefined
  /** Whatever else was asked. */
  flag(name: string): string | undefined
}

const DEFAULT_LIMIT = 25
const MOST = 100

/** Reads the query of a list. Throws `QueryError`. */
export function readListQuery(request: FastifyRequest): ListQuery {
  const query = request.query as Record<string, string | string[] | undefined>
  const one = (name: string) => [query[name]].flat().at(-1)
  const [field = '', direction = 'ASC'] = (one('sort') ?? '').split(',')
  return {
    filter: readFilter(one('s')),
    joins: new Set([query['join'] ?? []].flat().flatMap(readJoin)),
    limit: Math.min(count(one('limit'), DEFAULT_LIMIT), MOST),
    page: count(one('page'), 1),
    sort: field === '' ? undefined : { field, descending: direction === 'DESC' },
    flag: one,
  }
}

function readFilter(text: string | undefined): Filter {
  if (text === undefined || text === '') return {}
  const filter = parse(text)
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter))
    throw new QueryError('Invalid search param. JSON expected')
  return filter as Filter
}

/** One name a parameter; some clients send one JSON array of names instead. */
function readJoin(join: string): string[] {
  return join.startsWith('[') ? (parse(join) as string[]).map(String) : [join]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new QueryError('Invalid search param. JSON expected')
  }
}

function count(text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  if (!/^[1-9]\d*$/.test(text)) throw new QueryError(`Invalid number: ${text}`)
  return Number(text)
}
