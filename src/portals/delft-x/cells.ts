import type { SlotState, TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import type { SlotAnswer } from './answers.ts'
import { inDelft } from './facts.ts'
import { nameOf, type ProductNames } from './names.ts'
import { type Openings, openingsOf } from './openings.ts'

/** What the request that books says of a slot (dossier 4). `startDate` and `endDate` are the portal's own texts. */
export type Order = {
  startDate: string
  endDate: string
  bookableProductId: number
  linkedProductId: number
  /** Fitness only: a hall has no event before it is booked. */
  bookingId: number | null
}

/** A slot, with what it takes to book it. */
export type Cell = TimetableSlot & { order: Order }

/** What is known besides the answer: the portal's clock, its names, and its own word on when it opens what. */
export type Known = { now: Temporal.Instant; names: ProductNames; minutesAhead: ReadonlyMap<number, number> }

/** A slot of an answer; nothing for an event that was called off (dossier 3.3). */
export function cellOf(answer: SlotAnswer, { now, names, minutesAhead }: Known): Cell | undefined {
  if (answer.booking?.status === 2) return undefined
  const { linkedProductId, bookableProductId, startDate, endDate } = answer
  names.learn(linkedProductId, answer.linkedProduct?.description)
  names.learn(bookableProductId, answer.product?.description)
  const named = nameOf(names.nameOf(linkedProductId), names.nameOf(bookableProductId))
  if (named === undefined) {
    throw new PortalError('page-changed', `no name for the product ${bookableProductId}`, {
      lookedFor: 'product.description in a slot',
    })
  }
  const begins = Temporal.Instant.from(startDate)
  const { date, time: start } = inDelft(begins)
  const bookingId = answer.bookingId ?? null
  const spots = spotsOf(answer)
  const openings = openingsOf({ date, start, location: named.location }, minutesAhead.get(linkedProductId))
  return {
    ...{ date, start, end: inDelft(Temporal.Instant.from(endDate)).time, ...named },
    siteId: bookingId === null ? null : String(bookingId),
    instructor: null,
    spots,
    state: stateOf({ full: !answer.isAvailable || spots === 0, begins, openings, now }),
    order: { startDate, endDate, bookableProductId, linkedProductId, bookingId },
  }
}

/** Without what only the booking needs. */
export function slotOfCell({ order: _, ...slot }: Cell): TimetableSlot {
  return slot
}

/** Places left. A free hall says nothing of places; a taken one has none. */
function spotsOf({ booking, isAvailable }: SlotAnswer): number | null {
  const { availableParticipantCount: left, currentParticipantCount: taken } = booking ?? {}
  const most = booking?.maxParticipants ?? booking?.maxParticipantCount
  const spots = left ?? (typeof most === 'number' && typeof taken === 'number' ? most - taken : null)
  if (spots !== null) return Math.max(0, spots)
  return isAvailable ? null : 0
}

type Seen = { full: boolean; begins: Temporal.Instant; openings: Openings; now: Temporal.Instant }

/** `isAvailable` knows nothing of the opening: that is for us to add (dossier 3.3). */
function stateOf({ full, begins, openings, now }: Seen): SlotState {
  if (Temporal.Instant.compare(now, begins) >= 0) return 'disabled'
  if (full) return 'booked'
  return Temporal.Instant.compare(now, openings.first) < 0 ? 'disabled' : 'available'
}
