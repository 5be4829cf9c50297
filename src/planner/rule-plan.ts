import type { RuleRow, UserRow } from '../db/schema.ts'
import type { PortalFacts } from '../portals/contract.ts'
import { instantOf } from './occurrences.ts'
import type { QuietHours } from './quiet-hours.ts'
import { type BookPlan, type Occurrence, planBooking } from './recurring.ts'

/** How long before a booking moment its question comes, where its user has set nothing. */
export const LEAD_MINUTES = 60

type PersonalTimes = Pick<UserRow, 'quiet_from' | 'quiet_to' | 'lead_minutes'>
type Rule = Pick<RuleRow, 'location' | 'mode' | 'time_slot' | 'lead_minutes' | 'ask_hours' | 'cancel_hours'>

/** The hours in which this user wants no questions, on the clocks of `timeZone`. */
export function quietHoursOf({ quiet_from, quiet_to }: PersonalTimes, timeZone: string): QuietHours | undefined {
  return quiet_from === null || quiet_to === null ? undefined : { from: quiet_from, to: quiet_to, timeZone }
}

/** The rule's occurrence on `date`, which begins at `start` (`HH:MM`), as it is seen at `now`. */
export function occurrenceOf(
  rule: Rule,
  user: PersonalTimes,
  facts: PortalFacts,
  { date, start }: { date: string; start: string },
  now: Temporal.Instant,
): Occurrence {
  return {
    start: instantOf(date, start, facts.timeZone),
    opening: facts.opening({ date, start, location: rule.location }),
    now,
    leadMinutes: rule.lead_minutes ?? user.lead_minutes ?? LEAD_MINUTES,
    askHours: rule.ask_hours,
    cancelHours: rule.cancel_hours,
    quiet: quietHoursOf(user, facts.timeZone),
  }
}

/** When the rule asks about its occurrence on `date`, or books it; undefined when it is too late for that. */
export function planOfRule(
  rule: Rule,
  user: PersonalTimes,
  facts: PortalFacts,
  date: string,
  now: Temporal.Instant,
): BookPlan | undefined {
  return planBooking(rule.mode, occurrenceOf(rule, user, facts, { date, start: rule.time_slot }, now))
}
