import { toStamp } from '../core/clock.ts'
import type { Database } from '../db/database.ts'
import { findPortalState } from '../db/portal-states.ts'
import type { RuleRow } from '../db/schema.ts'
import { listSlotsOn } from '../db/slots.ts'
import { getPortal } from '../portals/registry.ts'

/** What the timetable says of a rule's class on a date. */
export type Listing =
  | { is: 'listed' }
  /** At another time of that day, not far away. */
  | { is: 'moved'; to: string }
  | { is: 'missing' }
  /** The timetable was not read lately, or does not reach that far. */
  | { is: 'unknown' }

/** A timetable read this long ago still counts. */
const FRESH = { hours: 36 }
/** A class that begins within so many minutes of its usual time is the same class, moved. */
const DRIFT_MINUTES = 60

/** Looks for the rule's class on `date` in the timetable as it was last read. */
export async function findListing(db: Database, rule: RuleRow, date: string, now: Temporal.Instant): Promise<Listing> {
  if (!(await covers(db, rule.portal, date, now))) return { is: 'unknown' }
  const slots = await listSlotsOn(db.read, rule.portal, date)
  const starts = slots.filter((slot) => slot.name_key === rule.name_key).map((slot) => slot.time_slot)
  if (starts.includes(rule.time_slot)) return { is: 'listed' }
  const distances = starts.map((start) => ({ start, minutes: minutesBetween(start, rule.time_slot) }))
  const [nearest] = distances.toSorted((a, b) => a.minutes - b.minutes)
  return nearest && nearest.minutes <= DRIFT_MINUTES ? { is: 'moved', to: nearest.start } : { is: 'missing' }
}

/** Whether the timetable was read lately and shows this date. */
async function covers(db: Database, portal: string, date: string, now: Temporal.Instant): Promise<boolean> {
  const { refreshedAt } = await findPortalState(db.read, portal)
  if (refreshedAt === null || refreshedAt < toStamp(now.subtract(FRESH))) return false
  const { timeZone, viewDays } = getPortal(portal)
  const readOn = Temporal.Instant.from(refreshedAt).toZonedDateTimeISO(timeZone).toPlainDate()
  const last = readOn.add({ days: viewDays - 1 })
  return Temporal.PlainDate.compare(Temporal.PlainDate.from(date), last) <= 0
}

function minutesBetween(a: string, b: string): number {
  return Math.abs(Temporal.PlainTime.from(a).until(Temporal.PlainTime.from(b)).total('minutes'))
}
