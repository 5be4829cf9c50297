import { fold } from '../core/fold.ts'
import type { PortalBooking, SlotKey } from './contract.ts'

type Named = Pick<SlotKey, 'location' | 'course'>

/** What a person calls it: the class, or the last part of the location where there is no class ("Fit Center"). */
export function titleOf(named: Named): string {
  return named.course ?? named.location.split(/\s[-–—]\s/).at(-1) ?? named.location
}

/** The folded name that, with date and start, identifies a slot or a booking. */
export function nameKey(named: Named): string {
  return fold(titleOf(named))
}

/** Whether a booking of the portal's list is the one for this slot: same date, same start, same folded name. */
export function isBookingOf(booking: PortalBooking, slot: Named & { date: string; start: string }): boolean {
  return booking.date === slot.date && booking.start === slot.start && nameKey(booking) === nameKey(slot)
}
