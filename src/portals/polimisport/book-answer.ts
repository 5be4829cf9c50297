import type { PortalBooking, SlotKey, TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { isBookingOf } from '../match.ts'
import { describe } from '../shared/slots.ts'
import { parseAnswer, verdictInAnswer } from './schedule-answer.ts'

/** What the site said to a booking. `unclear`: nothing we can read, so that only the list can tell; else this is thrown. */
export type Verdict =
  | { ok: true }
  /** `at`: the site's clock as the answer tells it, in whole seconds; undefined: not told. */
  | { ok: false; message: string; at?: Temporal.Instant | undefined }
  | { unclear: PortalError }

/** All but the last request: what is left is to send it, and to see to what the site shows afterwards. */
export type Prepared = {
  submit(): Promise<Verdict>
  afterwards(): Promise<void>
  /** The slot as the timetable shows it now. */
  look(): Promise<TimetableSlot>
}

/** Reads the answer of the request that books. One that is no JSON is the login page: only the list knows whether it booked. */
export function verdictOf(status: number, text: string): Verdict {
  const body = parseAnswer(text)
  const verdict = verdictInAnswer(body)
  if (verdict) return verdict
  if (body === undefined && status === 200) throw new PortalError('session-expired', 'booking: the answer is no JSON')
  const lookedFor = 'status in the answer of BookAppointment'
  return { unclear: new PortalError('page-changed', `booking: an answer of another form (${status})`, { lookedFor }) }
}

/** An account that holds the slot does not book it again. */
export function refuseDouble(bookings: readonly PortalBooking[], slot: SlotKey): void {
  if (!bookings.some((booking) => isBookingOf(booking, slot))) return
  throw new PortalError('already-booked', `${describe(slot)} is on the list of bookings already`)
}
