import { getPortal } from '../../portals/registry.ts'
import { startInstant } from '../dates.ts'
import { hourText } from './words.ts'

/** When the portal opens an hour of a place. */
export function openingOf({ portal, date }: { portal: string; date: string }, place: string, hour: number) {
  return getPortal(portal).opening({ date, start: hourText(hour), location: place })
}

/** Whether the hour has begun: nobody can book it any more. */
export function hasBegun(plan: { portal: string; date: string }, hour: number, now: Temporal.Instant): boolean {
  const start = startInstant(plan.portal, { date: plan.date, start: hourText(hour) })
  return Temporal.Instant.compare(start, now) <= 0
}
