import type { PortalBooking } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { describe } from '../shared/slots.ts'
import { bookedSchema, parseJson, saying, wordsIn } from './answers.ts'
import { bookingOf, WAITING } from './bookings.ts'
import type { Cell } from './cells.ts'
import type { Incoming, Outgoing } from './connection.ts'
import { findProof, readBookings } from './list.ts'
import { type Openings, openingsOf } from './openings.ts'
import { bookingPayload } from './payload.ts'
import { errorOfRefusal, type Shown } from './refusal.ts'
import { readCell } from './timetable.ts'
import type { Visit } from './visit.ts'

const DOING = 'booking'

/** What the portal said to a booking that it did not refuse. No participation: an answer that we cannot read. */
export type Accepted = { participationId: number | undefined; unpaid: boolean }

/** The readings of the opening of a slot that was read. */
export function openingsOfCell(visit: Visit, cell: Cell): Openings {
  return openingsOf(cell, visit.learned.minutesAhead.get(cell.order.linkedProductId))
}

/** The one request that books a slot, ready to be sent. */
export async function composeBooking(visit: Visit, { order }: Cell): Promise<Outgoing> {
  const memberId = await visit.memberId(DOING)
  const { accessToken: token } = await visit.needToken(DOING)
  return visit.api.compose('POST', '/participations', { token, json: bookingPayload(memberId, order) })
}

/** Sends the request that books, once and at once, and reads its answer. Throws why it did not book. */
export async function sendBooking(visit: Visit, cell: Cell, request: Outgoing): Promise<Accepted> {
  return judge(visit, cell, await visit.api.send(request, DOING))
}

/** The booking as the list shows it: an answer alone proves nothing. */
export async function proveBooking(visit: Visit, cell: Cell, accepted: Accepted): Promise<PortalBooking> {
  const held = await findProof(visit, cell, accepted.participationId)
  const { location, course } = cell
  if (held) return { ...bookingOf(held), location, course, ...(accepted.unpaid && { unpaid: true }) }
  if (accepted.participationId !== undefined) {
    const says = `the portal took the booking of ${describe(cell)}, its list does not show it`
    throw new PortalError('refused', says, { unproven: true })
  }
  throw new PortalError('page-changed', 'booking: an answer of another form', {
    lookedFor: 'id and status in the answer to a booking',
  })
}

/** Whatever is no refusal; a place on the waiting list is one: it is given back (dossier 4, 8). */
async function judge(visit: Visit, cell: Cell, answer: Incoming): Promise<Accepted> {
  if (answer.status < 200 || answer.status >= 300) throw await refusal(visit, cell, answer)
  const body = bookedSchema.safeParse(parseJson(answer.text))
  if (!body.success) return { participationId: undefined, unpaid: false }
  const { id, status, amount, paid, message } = body.data
  if (status === WAITING) throw await leaveWaitingList(visit, id, message)
  return { participationId: id, unpaid: (amount ?? 0) > 0 && paid === false }
}

function refusal(visit: Visit, cell: Cell, { status, text, date }: Incoming): Promise<PortalError> {
  const epochMs = date === undefined ? Number.NaN : Date.parse(date)
  const at = Number.isNaN(epochMs) ? null : Temporal.Instant.fromEpochMilliseconds(epochMs)
  const refused = { status, words: wordsIn(text) ?? '', at }
  return errorOfRefusal(refused, cell, openingsOfCell(visit, cell), visit.api.clock, () => lookAround(visit, cell))
}

async function lookAround(visit: Visit, cell: Cell): Promise<Shown> {
  const bookings = await readBookings(visit)
  const listed = await readCell(visit, cell).catch((error: unknown) => {
    if (error instanceof PortalError && error.kind === 'slot-gone') return undefined
    throw error
  })
  return { bookings, cell: listed }
}

async function leaveWaitingList(
  visit: Visit,
  participationId: number,
  words: string | null | undefined,
): Promise<PortalError> {
  const doing = 'leaving the waiting list'
  const left = await composeRemoval(visit, participationId, doing)
    .then((request) => visit.api.insist(request, doing))
    .then(
      ({ status }) => status < 300 || status === 404,
      () => false,
    )
  const outcome = left ? 'it was given back' : 'it could not be given back'
  return new PortalError('slot-full', `the portal gave a place on the waiting list; ${outcome}`, {
    ...saying(words),
    waitingPlace: left ? 'given-back' : 'kept',
  })
}

/** The request that gives a place back (dossier 5), ready to be sent. */
export async function composeRemoval(visit: Visit, participationId: number, doing: string): Promise<Outgoing> {
  const { accessToken: token } = await visit.needToken(doing)
  return visit.api.compose('DELETE', `/participations/${participationId}`, { token })
}
