import type { ArmedBooking, SlotKey, TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { findSlot } from '../shared/slots.ts'
import { findActivity, readActivities } from './activities.ts'
import { prove, refusal, submit } from './book.ts'
import { refuseDouble, type Verdict } from './book-answer.ts'
import { fetchBookings } from './list.ts'
import { checkTimely } from './rules.ts'
import { readDay } from './schedule.ts'
import type { Visit } from './visit.ts'

/**
 * All but the last request of a booking: the calendar shows a slot, and the id by which it is booked, days before it
 * opens. Only by the site's requests; its pages show no way to book what is not open.
 */
export async function arm(visit: Visit, slot: SlotKey): Promise<ArmedBooking> {
  if (!visit.requests) throw new PortalError('page-changed', 'what has not opened cannot be prepared on the pages')
  await visit.step('choosing-slot')
  refuseDouble(await fetchBookings(visit), slot)
  checkTimely(slot, visit.http)
  const activity = findActivity(await readActivities(visit), slot.location)
  const look = async (): Promise<TimetableSlot> => findSlot(await readDay(visit, activity, slot.date), slot)
  const { siteId } = await look()
  if (siteId === null) throw new PortalError('not-open-yet', 'the calendar does not tell yet by which id it is booked')
  const accepted: { verdict?: Verdict } = {}
  return {
    ping: () => visit.http.ping(),
    async fire() {
      visit.submitted = true
      const verdict = await submit(visit, siteId)
      if ('ok' in verdict && !verdict.ok) throw await refusal(visit, { look }, verdict, slot)
      accepted.verdict = verdict
    },
    prove: () => prove(visit, slot, accepted.verdict ?? { ok: true }),
  }
}
