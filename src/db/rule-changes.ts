import { toStamp } from '../core/clock.ts'
import { nextDates } from '../planner/occurrences.ts'
import { getPortal } from '../portals/registry.ts'
import { isOpen } from './actions/action.ts'
import { cancelAction } from './actions/cancel.ts'
import { findAction } from './actions/read.ts'
import { beginOccurrence, changeOccurrence, listOccurrencesFrom, tellOccurrence } from './confirmations.ts'
import type { Database } from './database.ts'
import { findRuleOf, removeRule, updateRule } from './periodic-bookings.ts'
import type { ConfirmationRow, RuleRow } from './schema.ts'

/**
 * Pauses the user's rule until the date (`YYYY-MM-DD`, on which it counts again), or until it is resumed. What it has
 * asked is skipped, and what it has put into the queue is taken back; bookings stay. False when there is no such rule.
 */
export async function pauseRule(db: Database, userId: number, id: number, until: string | null): Promise<boolean> {
  const rule = await findRuleOf(db.read, userId, id)
  if (!rule || !(await updateRule(db, userId, id, { state: 'paused', paused_until: until }))) return false
  for (const occurrence of await upcoming(db, rule)) {
    // What comes after the pause counts again.
    if (until === null || occurrence.date < until) await letGo(db, rule, occurrence)
  }
  return true
}

/** Goes on with a paused rule. What was skipped because of the pause stays skipped. */
export async function resumeRule(db: Database, userId: number, id: number): Promise<boolean> {
  return await updateRule(db, userId, id, { state: 'active', paused_until: null })
}

/** Removes the user's rule, and takes back what it has put into the queue; bookings stay. */
export async function deleteRule(db: Database, userId: number, id: number): Promise<boolean> {
  const rule = await findRuleOf(db.read, userId, id)
  if (!rule) return false
  for (const occurrence of await upcoming(db, rule)) await takeBack(db, rule, occurrence)
  return await removeRule(db, userId, id)
}

/**
 * Skips the rule's next occurrence that is not skipped yet. Answers its date, `booked` when it is booked already: then
 * it is cancelled like any booking. Undefined when there is no such rule.
 */
export async function skipNext(
  db: Database,
  userId: number,
  id: number,
): Promise<{ date: string; is: 'skipped' | 'booked' } | undefined> {
  const rule = await findRuleOf(db.read, userId, id)
  if (!rule) return undefined
  const known = await upcoming(db, rule)
  for (const date of datesOf(db, rule, 10)) {
    const occurrence = known.find((one) => one.date === date)
    if (occurrence && ['skipped', 'expired', 'dropped', 'void', 'missing'].includes(occurrence.state)) continue
    if (!occurrence) {
      await db.write((tx, now) => beginOccurrence(tx, rule, { date, state: 'skipped' }, now, false))
      return { date, is: 'skipped' }
    }
    return { date, is: (await letGo(db, rule, occurrence)) ? 'skipped' : 'booked' }
  }
  return undefined
}

/** The dates on which the rule comes next, the soonest first. */
export function datesOf(db: Database, rule: RuleRow, count: number): string[] {
  const { timeZone } = getPortal(rule.portal)
  return nextDates({ weekday: rule.weekday, time: rule.time_slot, timeZone }, db.clock.now(), count)
}

async function upcoming(db: Database, rule: RuleRow): Promise<ConfirmationRow[]> {
  const today = db.clock.now().toZonedDateTimeISO(getPortal(rule.portal).timeZone).toPlainDate().toString()
  return await listOccurrencesFrom(db.read, rule.id, today)
}

/** Skips an occurrence that has not led to a booking; false when it has, or is on its way to one. */
async function letGo(db: Database, rule: RuleRow, occurrence: ConfirmationRow): Promise<boolean> {
  if (!(await takeBack(db, rule, occurrence))) return false
  await db.write(
    async (tx, now) => {
      const skipped = await changeOccurrence(tx, occurrence.id, [occurrence.state], {
        state: 'skipped',
        answered_at: toStamp(now),
      })
      const wasAsked = occurrence.state === 'asked' || occurrence.state === 'moved'
      if (skipped && wasAsked) await tellOccurrence(tx, skipped, now)
    },
    ['news'],
  )
  return true
}

/** Takes back the booking that waits in the queue. False when it is made, or too late to be taken back. */
async function takeBack(db: Database, rule: RuleRow, { state, action_id }: ConfirmationRow): Promise<boolean> {
  if (state === 'asked' || state === 'moved') return true
  if (!['confirmed', 'automatic', 'booking'].includes(state)) return false
  const action = action_id === null ? undefined : await findAction(db.read, action_id)
  if (!action || !isOpen(action)) return false
  return (await cancelAction(db, action.id, rule.user_id)) === 'cancelled'
}
