import type { QuietHours } from '../planner/quiet-hours.ts'
import type { UserRow } from './schema.ts'

/** How long before a booking moment its question comes, where its user has set nothing. */
export const LEAD_MINUTES = 60

/** The hours in which this user wants no questions, on the clocks of `timeZone`. */
export function quietHoursOf({ quiet_from, quiet_to }: UserRow, timeZone: string): QuietHours | undefined {
  return quiet_from === null || quiet_to === null ? undefined : { from: quiet_from, to: quiet_to, timeZone }
}
