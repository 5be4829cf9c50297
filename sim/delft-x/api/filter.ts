import { type Filter, type ListQuery, QueryError } from './query.ts'

type Row = Record<string, unknown>

/** Whether a record is what a filter asks for: fields with values or operators, `$and`, `$or`. Throws `QueryError`. */
export function matchesFilter(record: Row, filter: Filter): boolean {
  return Object.entries(filter).every(([field, wanted]) => {
    if (field === '$and') return filters(wanted).every((part) => matchesFilter(record, part))
    if (field === '$or') return filters(wanted).some((part) => matchesFilter(record, part))
    return valuesAt(record, field.split('.')).some((value) => matchesValue(value, wanted))
  })
}

/** One page of a list, in the envelope of the API. */
export function envelope<Data>(records: readonly Data[], { limit, page, sort }: ListQuery) {
  const sorted = sort ? records.toSorted((a, b) => compare(a, b, sort.field) * (sort.descending ? -1 : 1)) : records
  const data = sorted.slice((page - 1) * limit, page * limit)
  return {
    data,
    count: data.length,
    total: records.length,
    page,
    pageCount: Math.max(1, Math.ceil(records.length / limit)),
  }
}

function filters(wanted: unknown): Filter[] {
  if (!Array.isArray(wanted)) throw new QueryError('Invalid search param. Array expected')
  return wanted as Filter[]
}

/** A path may lead through lists. */
function valuesAt(value: unknown, [field, ...rest]: string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, field === undefined ? [] : [field, ...rest]))
  if (field === undefined) return [value]
  return valuesAt((value as Row | null | undefined)?.[field], rest)
}

function matchesValue(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return value === wanted
  return Object.entries(wanted).every(([operator, operand]) => holds(value, operator, operand))
}

function holds(value: unknown, operator: string, operand: unknown): boolean {
  switch (operator) {
    case '$eq':
      return value === operand
    case '$ne':
      return value !== operand
    case '$in':
      return Array.isArray(operand) && operand.includes(value)
    case '$notin':
      return Array.isArray(operand) && !operand.includes(value)
    case '$gt':
      return order(value, operand) > 0
    case '$gte':
      return order(value, operand) >= 0
    case '$lt':
      return order(value, operand) < 0
    case '$lte':
      return order(value, operand) <= 0
    default:
      throw new QueryError(`Invalid comparison operator ${operator}`)
  }
}

/** Instants are compared as text: all are UTC with milliseconds. NaN, which is never in order, for what cannot be compared. */
function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== 'string' || typeof b !== 'string') return Number.NaN
  return a < b ? -1 : a > b ? 1 : 0
}

function compare(a: unknown, b: unknown, field: string): number {
  const [first] = valuesAt(a, field.split('.'))
  const [second] = valuesAt(b, field.split('.'))
  return order(first, second) || 0
}
