import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Product } from '../catalogue.ts'
import { sendError, visitOf } from '../network.ts'
import type { Slot } from '../slots.ts'
import type { World } from '../world.ts'
import { AMSTERDAM } from '../zone.ts'
import { envelope } from './filter.ts'
import { type Filter, type ListQuery, QueryError, readListQuery } from './query.ts'
import { bookingBody, utc } from './shapes.ts'

const DAYS_LISTED = 14
/** The list gives hours a little outside the range that was asked for. */
const SLACK_MS = 3_600_000

/** The lists of slots; no login is needed. The newer path answers only once the site has moved there. */
export function slotRoutes(app: FastifyInstance, world: World): void {
  const drift = () => world.faults.peek('shapeDrift')?.variant
  app.get('/bookable-slots', (request, reply) => {
    const gone = drift() === 'moved' || drift() === 'gone'
    return gone ? notThere(request, reply) : reply.send(list(world, request))
  })
  app.get('/products/bookable-slots', (request, reply) =>
    drift() === 'moved' ? reply.send(list(world, request)) : notThere(request, reply),
  )
  app.get<{ Querystring: { tagIds?: string } }>('/tags/query/availableActivityTagsAndProductIds', (request, reply) => {
    if (drift() !== 'moved') return notThere(request, reply)
    const tagId = Number(request.query.tagIds)
    const ids = world.catalogue.products.filter((product) => product.tagId === tagId).map(({ id }) => id)
    return reply.send({ productIdsByTagId: { [tagId]: ids } })
  })
}

function notThere(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendError(reply, 404, `Cannot ${request.method} ${request.url}`)
}

function list(world: World, request: FastifyRequest) {
  const query = readListQuery(request)
  const { atMs } = visitOf(request)
  const empty = query.filter['availableFromDate'] !== undefined && world.faults.take('emptyList', { nowMs: atMs })
  const slots = empty ? [] : slotsFor(world, query.filter, atMs)
  return envelope(
    slots.map((slot) => slotBody(world, slot, query, atMs)),
    query,
  )
}

function slotsFor({ catalogue, site }: World, filter: Filter, nowMs: number): Slot[] {
  const products = productsFor(catalogue.products, filter)
  const places = catalogue.places.filter((place) => products.includes(place.product))
  const from = instantIn(filter, 'startDate', '$gte') ?? nowMs
  const to = instantIn(filter, 'endDate', '$lte') ?? Number.POSITIVE_INFINITY
  return datesBetween(from, to, nowMs)
    .flatMap((date) => site.slots.ofDay(date, places))
    .filter(({ startMs, endMs }) => startMs >= from - SLACK_MS && endMs <= to + SLACK_MS && endMs > nowMs)
}

/** By category or by what is sold: a number, a list, or `$in`. */
function productsFor(all: readonly Product[], filter: Filter): readonly Product[] {
  const tags = idsIn(filter['tagIds'])
  const ids = idsIn(filter['productIds'] ?? filter['activityProductIds'])
  return all.filter(({ id, tagId }) => (tags?.includes(tagId) ?? true) && (ids?.includes(id) ?? true))
}

function idsIn(wanted: unknown): unknown[] | undefined {
  if (wanted === undefined) return undefined
  const inside = typeof wanted === 'object' && wanted !== null && '$in' in wanted ? wanted.$in : wanted
  return [inside].flat()
}

/** The newer path uses operators, the older one bare instants. */
function instantIn(filter: Filter, field: string, operator: string): number | undefined {
  const wanted = filter[field]
  const text = typeof wanted === 'object' && wanted !== null ? (wanted as Filter)[operator] : wanted
  if (text === undefined) return undefined
  try {
    return Temporal.Instant.from(String(text)).epochMilliseconds
  } catch {
    throw new QueryError(`Invalid ${field}`)
  }
}

/** Local dates that are listed now and touch a range. */
function datesBetween(from: number, to: number, nowMs: number): string[] {
  const today = dateAt(nowMs)
  return Array.from({ length: DAYS_LISTED + 1 }, (_, days) => today.add({ days })).flatMap((date) => {
    const start = date.toZonedDateTime(AMSTERDAM)
    const touches =
      start.add({ days: 1 }).epochMilliseconds > from - SLACK_MS && start.epochMilliseconds < to + SLACK_MS
    return touches ? date.toString() : []
  })
}

function dateAt(ms: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(AMSTERDAM).toPlainDate()
}

function slotBody(world: World, slot: Slot, { joins }: ListQuery, nowMs: number) {
  const { place, bookingId } = slot
  const drift = world.faults.peek('shapeDrift')?.variant
  const taken = shownTaken(world, slot, nowMs)
  const names = (join: string, id: number, description: string) =>
    joins.has(join) && { [join]: { id, description, ...(joins.has(`${join}.translations`) && { translations: [] }) } }
  return {
    ...{ startDate: utc(slot.startMs), endDate: utc(slot.endMs), isAvailable: taken < place.capacity },
    ...{ linkedProductId: place.product.id, bookableProductId: place.id },
    ...bookingKeys(slot, drift === 'missing-booking'),
    ...(bookingId !== undefined && drift !== 'missing-booking' && { booking: bookingBody(slot, bookingId, taken) }),
    ...names('linkedProduct', place.product.id, place.product.description),
    ...names('product', place.id, place.description),
    ...(drift === 'extra-keys' && { resourceIds: [place.id], isPromoted: null, meta: { drift: true } }),
  }
}

/** Some halls carry an empty `bookingId`, others none at all. */
function bookingKeys({ bookingId, place }: Slot, missing: boolean): { bookingId?: number | null } {
  if (bookingId !== undefined) return { bookingId }
  return missing || place.product.description === 'X3' ? {} : { bookingId: null }
}

/** What the list says is taken: under `staleList` it learns late that the last place is gone. */
function shownTaken({ site: { cells }, faults }: World, slot: Slot, nowMs: number): number {
  const cell = cells.at(slot, nowMs)
  const taken = cells.taken(cell, nowMs)
  const stale = cell.fullSinceMs === undefined ? undefined : faults.peek('staleList', { nowMs })
  const isStale = stale && nowMs - (cell.fullSinceMs ?? 0) < stale.seconds * 1000
  return isStale ? Math.min(taken, slot.place.capacity - 1) : taken
}
