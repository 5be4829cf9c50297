import type { FastifyInstance, FastifyRequest } from 'fastify'
import { visitOf } from '../network.ts'
import type { Participation } from '../participations.ts'
import type { World } from '../world.ts'
import { envelope, matchesFilter } from './filter.ts'
import { memberOf } from './guard.ts'
import { readListQuery } from './query.ts'
import { bookingBody, participationBody } from './shapes.ts'

/** What the member holds: by participations, in two shapes, and by bookings (dossier section 5). */
export function myBookings(app: FastifyInstance, world: World): void {
  app.get('/participations', (request) => participations(world, request))
  app.get('/bookings', (request) => bookings(world, request))
}

function participations(world: World, request: FastifyRequest) {
  const query = readListQuery(request)
  const matching = own(world, request).filter((record) => matchesFilter(record, query.filter))
  const list = envelope(matching, query)
  if (world.faults.peek('shapeDrift')?.variant === 'dashboard') return { ...list, data: { overzicht: list.data } }
  if (query.flag('fetchOptimizedCustomerDashboard') !== 'true') {
    return { ...list, data: list.data.map((record) => (query.joins.has('booking') ? record : withoutBooking(record))) }
  }
  const products = new Map(list.data.map(({ booking }) => [booking.productId, booking.description]))
  return {
    ...list,
    data: {
      bookings: list.data.map(({ booking }) => booking),
      participations: list.data.map(({ id, bookingId, memberId, status }) => ({ id, bookingId, memberId, status })),
      products: [...products].map(([id, description]) => ({ id, description })),
    },
  }
}

function bookings(world: World, request: FastifyRequest) {
  const query = readListQuery(request)
  const records = own(world, request).map((record) => ({ ...record.booking, participations: [withoutBooking(record)] }))
  const list = envelope(
    records.filter((record) => matchesFilter(record, query.filter)),
    query,
  )
  if (query.joins.has('participations')) return list
  return { ...list, data: list.data.map(({ participations: _participations, ...booking }) => booking) }
}

/** Nobody sees what others hold, whatever the filter says. */
function own(world: World, request: FastifyRequest) {
  const { atMs } = visitOf(request)
  return world.site.participations.of(memberOf(request)).map((participation) => record(world, participation, atMs))
}

function record({ site: { cells } }: World, participation: Participation, nowMs: number) {
  const { slot, bookingId } = participation
  const taken = cells.taken(cells.at(slot, nowMs), nowMs)
  return { ...participationBody(participation), booking: bookingBody(slot, bookingId, taken) }
}

function withoutBooking({ booking: _booking, ...participation }: ReturnType<typeof record>) {
  return participation
}
