import type { PortalBooking, SlotKey } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { isBookingOf } from '../match.ts'
import { describe } from '../shared/slots.ts'
import { allPages } from './body.ts'
import { bookingOf, bookingsIn, type Held } from './bookings.ts'
import { delftXFacts, inDelft } from './facts.ts'
import { TAGS } from './names.ts'
import { bookingsPath, dayIn } from './slots-query.ts'
import { readDay } from './timetable.ts'
import type { Visit } from './visit.ts'

const DOING = 'reading the bookings'

/** The member's bookings from today on (dossier 5). */
export async function readBookings(visit: Visit): Promise<PortalBooking[]> {
  return (await readHeld(visit)).map(bookingOf)
}

/** The bookings, each with the id by which it is cancelled. */
export async function readHeld(visit: Visit): Promise<Held[]> {
  const memberId = await visit.memberId(DOING)
  const today = Temporal.PlainDate.from(inDelft(visit.now).date)
  const { begins } = dayIn(delftXFacts.timeZone, today.toString())
  const { ends } = dayIn(delftXFacts.timeZone, today.add({ days: 2 * delftXFacts.viewDays }).toString())
  const pages = await allPages((page) => visit.read(bookingsPath(memberId, begins, ends, page), DOING), DOING)
  const { names } = visit.learned
  const bookings = () => unique(pages.flatMap((data) => bookingsIn(data, names, visit.now, DOING)))
  const read = bookings()
  const nameless = read.find(({ named }) => !named)
  if (nameless === undefined) return read
  // The list may name no products: the slots of a day do, by the same ids.
  await readDay(visit, Object.values(TAGS), nameless.date)
  return bookings()
}

/** A list that changes while its pages are read may show a booking twice. */
function unique(bookings: Held[]): Held[] {
  return [...new Map(bookings.map((held) => [held.participationId, held])).values()]
}

/**
 * The booking as the list shows it: only the list proves one. It may lag a moment behind. The participation decides
 * where its id is known: a list that names things otherwise must not hide a booking that was made.
 */
export async function findProof(
  visit: Visit,
  slot: SlotKey,
  participationId: number | undefined,
): Promise<Held | undefined> {
  const look = async () => {
    const bookings = await readHeld(visit)
    return (
      bookings.find((held) => held.participationId === participationId) ??
      bookings.find((held) => isBookingOf(held, slot))
    )
  }
  for (const pauseMs of visit.limits.retryPausesMs) {
    const found = await look()
    if (found) return found
    await visit.wait(pauseMs)
  }
  return look()
}

/** An account that holds the slot does not book it again. */
export async function refuseDouble(visit: Visit, slot: SlotKey): Promise<void> {
  if (!(await readHeld(visit)).some((held) => isBookingOf(held, slot))) return
  throw new PortalError('already-booked', `${describe(slot)} is on the list of bookings already`)
}
