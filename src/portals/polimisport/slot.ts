import type { SlotKey, TimetableSlot } from '../contract.ts'
import { PortalError } from '../errors.ts'
import { findSlot } from '../shared/slots.ts'
import { findActivity, readActivities } from './activities.ts'
import { findOnCalendar } from './book-on-page.ts'
import { checkTimely } from './rules.ts'
import { readDay } from './schedule.ts'
import type { Visit } from './visit.ts'

/**
 * The slot as the site shows it now: by one request of its calendar, which shows the others of that day too, or from
 * the calendar itself.
 */
export async function readAround(
  visit: Visit,
  slot: SlotKey,
): Promise<{ slot: TimetableSlot; others: TimetableSlot[] }> {
  checkTimely(slot, visit.http)
  if (visit.requests) {
    try {
      const activity = findActivity(await readActivities(visit), slot.location)
      const day = await readDay(visit, activity, slot.date)
      const found = findSlot(day, slot)
      return { slot: found, others: day.filter((other) => other !== found) }
    } catch (error) {
      if (!(error instanceof PortalError) || error.kind !== 'page-changed') throw error
    }
  }
  const { index: _, ...found } = (await visit.http.retrying(() => findOnCalendar(visit, slot))).slot
  return { slot: found, others: [] }
}
