import type { SlotKey, TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { findSlot } from '../shared/slots.ts'
import { findActivity, readActivities } from './activities.ts'
import { findOnCalendar } from './book-on-page.ts'
import { checkTimely } from './rules.ts'
import { readDay } from './schedule.ts'
import type { Visit } from './visit.ts'

/** The slot as the site shows it now: by one request of its calendar, or from the calendar itself. */
export async function readSlot(visit: Visit, slot: SlotKey): Promise<TimetableSlot> {
  checkTimely(slot, visit.http)
  if (visit.requests) {
    try {
      const activity = findActivity(await readActivities(visit), slot.location)
      return findSlot(await readDay(visit, activity, slot.date), slot)
    } catch (error) {
      if (!(error instanceof PortalError) || error.kind !== 'page-changed') throw error
    }
  }
  return (await visit.http.retrying(() => findOnCalendar(visit, slot))).slot
}
