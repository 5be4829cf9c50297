import type { PortalBooking } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { type BookingAnswer, dashboardSchema, parseAs, participationsSchema } from './answers.ts'
import { FITNESS, inDelft } from './facts.ts'
import { nameOf, type ProductNames } from './names.ts'

/** A booking of the list, with the id by which it is cancelled. `named`: its place is known by its name. */
export type Held = PortalBooking & { participationId: number; named: boolean }

/** Only this one is a booking; 3 is a place on the waiting list (dossier 4). */
const BOOKED = 1
export const WAITING = 3
/** An event that was called off. */
const CALLED_OFF = 2

type Place = { participationId: number; booking: BookingAnswer }

/** The bookings in either shape of an answer (dossier 5). A part that cannot be read is an error: a list is whole. */
export function bookingsIn(data: unknown, names: ProductNames, now: Temporal.Instant, doing: string): Held[] {
  const places = Array.isArray(data) ? placesInList(data, doing) : placesOnDashboard(data, names, doing)
  return places.filter(({ booking }) => booking.status !== CALLED_OFF).map((place) => heldOf(place, names, now))
}

function placesInList(data: unknown, doing: string): Place[] {
  return parseAs(participationsSchema, data, doing)
    .filter(isBooked)
    .map(({ id, booking }) => placeOf(id, booking, doing))
}

function placesOnDashboard(data: unknown, names: ProductNames, doing: string): Place[] {
  const { bookings, participations, products } = parseAs(dashboardSchema, data, doing)
  for (const { id, description } of products) names.learn(id, description)
  const byId = new Map(bookings.map((booking) => [booking.id, booking]))
  return participations.filter(isBooked).map(({ id, bookingId }) => placeOf(id, byId.get(bookingId ?? -1), doing))
}

function isBooked({ status }: { status?: number | null | undefined }): boolean {
  return (status ?? BOOKED) === BOOKED
}

function placeOf(participationId: number, booking: BookingAnswer | null | undefined, doing: string): Place {
  if (booking) return { participationId, booking }
  throw new PortalError('page-changed', `${doing}: a participation without its booking`, {
    lookedFor: 'the booking of each participation',
  })
}

function heldOf({ participationId, booking }: Place, names: ProductNames, now: Temporal.Instant): Held {
  const linked = booking.linkedProduct?.description ?? names.nameOf(booking.linkedProductId)
  const product = booking.product?.description ?? names.nameOf(booking.productId)
  const name = nameOf(linked, product ?? booking.description) ?? { location: linked ?? '', course: null }
  const begins = Temporal.Instant.from(booking.startDate)
  const { date, time: start } = inDelft(begins)
  return {
    ...{ date, start, end: inDelft(Temporal.Instant.from(booking.endDate)).time, ...name },
    ...{ participationId, named: product !== undefined || name.location === FITNESS },
    cancellable: Temporal.Instant.compare(now, begins) < 0,
  }
}

/** What the contract wants of it. */
export function bookingOf({ participationId: _, named: __, ...booking }: Held): PortalBooking {
  return booking
}
