import type { Member } from '../people.ts'
import type { Slot } from '../slots.ts'
import type { World } from '../world.ts'

type Fields = Record<string, unknown>

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** The slot that a payload names: a session by its booking, a hall by product and time. */
export function slotOfPayload({ site, catalogue }: World, body: unknown): Slot | undefined {
  const { bookingId, params } = fields(body)
  const { bookableProductId, startDate, bookingId: inParams } = fields(params)
  const booking = bookingId ?? inParams
  if (typeof booking === 'number') return site.slots.byBookingId(booking)
  const place = typeof bookableProductId === 'number' ? catalogue.place(bookableProductId) : undefined
  const startMs = place && instantOf(startDate)
  return place && startMs !== undefined ? site.slots.at(place, startMs) : undefined
}

/** All that is wrong with a payload; nothing when it is as the site's own pages send it (dossier section 4). */
export function faultsOfPayload(body: unknown, member: Member, slot: Slot | undefined): string[] {
  const { memberId, bookingId, organizationId, params } = fields(body)
  const wrong: string[] = []
  if (typeof memberId !== 'number') wrong.push('memberId must be a number conforming to the specified constraints')
  else if (memberId !== member.id) wrong.push('memberId must be the member of the token')
  if (organizationId !== undefined && organizationId !== null) wrong.push('organizationId must be null')
  if (slot === undefined) wrong.push('bookingId or params must name a bookable slot')
  else if (slot.place.kind === 'session') wrong.push(...faultsOfSession(bookingId, params, slot))
  else wrong.push(...faultsOfHall(bookingId, fields(params), slot))
  return wrong
}

/** The bare payload without `params` is enough; what stands in them must fit. */
function faultsOfSession(bookingId: unknown, params: unknown, slot: Slot): string[] {
  const wrong =
    bookingId === slot.bookingId ? [] : ['bookingId must be a number conforming to the specified constraints']
  if (params === undefined || params === null) return wrong
  return [...wrong, ...faultsOfParams(fields(params), slot)]
}

function faultsOfHall(bookingId: unknown, params: Fields, slot: Slot): string[] {
  const given = [bookingId, params['bookingId']].some((id) => id !== undefined && id !== null)
  return [...(given ? ['bookingId must be empty'] : []), ...faultsOfParams(params, slot)]
}

function faultsOfParams(params: Fields, slot: Slot): string[] {
  const { startDate, endDate, bookableProductId, bookableLinkedProductId, bookingId } = params
  const { place } = slot
  const wrong: string[] = []
  if (instantOf(startDate) !== slot.startMs) wrong.push('params.startDate must be the start of the slot')
  if (instantOf(endDate) !== slot.endMs) wrong.push('params.endDate must be the end of the slot')
  if (bookableProductId !== place.id) wrong.push('params.bookableProductId must be a bookable product')
  if (bookableLinkedProductId !== place.product.id)
    wrong.push('params.bookableLinkedProductId must be its linked product')
  if (bookingId !== undefined && bookingId !== null && bookingId !== slot.bookingId)
    wrong.push('params.bookingId must be the booking')
  for (const name of ['invitedMemberEmails', 'invitedGuests', 'invitedOthers']) {
    const list = params[name]
    if (list !== undefined && !(Array.isArray(list) && list.length === 0)) wrong.push(`params.${name} must be an array`)
  }
  return wrong
}

function instantOf(text: unknown): number | undefined {
  if (typeof text !== 'string' || !UTC.test(text)) return undefined
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return undefined
  }
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}
