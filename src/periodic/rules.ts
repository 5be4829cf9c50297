import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import { enqueueIn } from '../db/actions/enqueue.ts'
import { findOpenBooking } from '../db/actions/read.ts'
import { findBookingOfSlot } from '../db/bookings.ts'
import {
  beginOccurrence,
  changeOccurrence,
  listOccurrencesSince,
  type NewOccurrence,
  removeOccurrence,
} from '../db/confirmations.ts'
import type { Database } from '../db/database.ts'
import { bookingOfOccurrence } from '../db/occurrence-actions.ts'
import { listRules, resumeRules } from '../db/periodic-bookings.ts'
import type { ConfirmationRow, RuleRow, UserRow } from '../db/schema.ts'
import { listUsers } from '../db/users.ts'
import { nextDates } from '../planner/occurrences.ts'
import { isQuiet } from '../planner/quiet-hours.ts'
import type { BookPlan } from '../planner/recurring.ts'
import { planOfRule, quietHoursOf } from '../planner/rule-plan.ts'
import { getPortal } from '../portals/registry.ts'
import { freshen } from './freshness.ts'
import { findListing, type Listing } from './timetable.ts'

/** A slot that opens a week ahead, and a question a day before: the one after the next one may be due already. */
const AHEAD = 3
/** So long before a question the timetable is looked after, and so long after it is due it is waited for. */
const FRESHEN_BEFORE = { hours: 2 }
const WAIT_FOR_TIMETABLE = { minutes: 5 }

/** Asks, or books, for each active rule whose next occurrence is due. One rule's trouble is not the others'. */
export async function lookAtRules(db: Database, log: Logger): Promise<void> {
  const now = db.clock.now()
  await resumeRules(db, (portal) => dateIn(portal, now))
  const rules = (await listRules(db.read)).filter(({ state }) => state === 'active')
  if (rules.length === 0) return
  const users = new Map((await listUsers(db.read)).map((user) => [user.id, user]))
  const known = byRule(await listOccurrencesSince(db.read, yesterday(now)))
  for (const rule of rules) {
    const user = users.get(rule.user_id)
    if (!user) continue
    await lookAtRule(db, rule, user, known.get(rule.id) ?? [], now).catch((error) =>
      log.error({ rule: rule.id, error: messageOf(error) }, 'a recurring booking was not looked at'),
    )
  }
}

async function lookAtRule(
  db: Database,
  rule: RuleRow,
  user: UserRow,
  known: readonly ConfirmationRow[],
  now: Temporal.Instant,
): Promise<void> {
  const facts = getPortal(rule.portal)
  const weekly = { weekday: rule.weekday, time: rule.time_slot, timeZone: facts.timeZone }
  for (const date of nextDates(weekly, now, AHEAD)) {
    const before = known.find((occurrence) => occurrence.date === date)
    if (before && before.state !== 'missing') continue
    const plan = planOfRule(rule, user, facts, date, now)
    if (!plan) continue
    if (isBefore(now.add(FRESHEN_BEFORE), plan.decideAt)) return
    const isOld = await freshen(db, rule, now)
    if (isBefore(now, plan.decideAt)) return
    const patience = plan.decideAt.add(WAIT_FOR_TIMETABLE)
    if (isOld && isBefore(now, patience) && !isQuietSoon(user, facts.timeZone, now)) return
    const listing = await findListing(db, rule, date, now)
    // Only a timetable that has it now undoes one that had not.
    if (before && (listing.is === 'missing' || listing.is === 'unknown')) continue
    if (before) await removeOccurrence(db, before)
    await decide(db, rule, date, plan, listing)
  }
}

/** A question for which the quiet hours leave only this moment does not wait for the timetable. */
function isQuietSoon(user: UserRow, timeZone: string, now: Temporal.Instant): boolean {
  const quiet = quietHoursOf(user, timeZone)
  return quiet !== undefined && isQuiet(quiet, now.add(WAIT_FOR_TIMETABLE))
}

/** Opens the occurrence: only the first executor that comes here does anything. */
async function decide(db: Database, rule: RuleRow, date: string, plan: BookPlan, listing: Listing): Promise<void> {
  const { deadline } = plan
  if (listing.is === 'missing') return await begin(db, rule, { date, state: 'missing' }, true)
  if (await isTakenCareOf(db, rule, date)) {
    const state = rule.mode === 'book-then-ask' ? 'booking' : 'confirmed'
    return await begin(db, rule, { date, state }, false)
  }
  if (listing.is === 'moved')
    return await begin(db, rule, { date, state: 'moved', deadline, movedTo: listing.to }, true)
  switch (rule.mode) {
    case 'ask':
      return await begin(db, rule, { date, state: 'asked', deadline }, true)
    case 'automatic':
      return await book(db, rule, { date, state: 'automatic' })
    case 'book-then-ask':
      return await book(db, rule, { date, state: 'booking' })
  }
}

/** The user has it already, or has asked for it. */
async function isTakenCareOf({ read }: Database, rule: RuleRow, date: string): Promise<boolean> {
  const slot = { date, start: rule.time_slot, location: rule.location, course: rule.course_name }
  const held = await findBookingOfSlot(read, rule.account_id, slot)
  return held !== undefined || (await findOpenBooking(read, rule.account_id, slot)) !== undefined
}

async function begin(db: Database, rule: RuleRow, occurrence: NewOccurrence, tell: boolean): Promise<void> {
  await db.write((tx, now) => beginOccurrence(tx, rule, occurrence, now, tell), ['news'])
}

async function book(db: Database, rule: RuleRow, occurrence: NewOccurrence): Promise<void> {
  await db.write(
    async (tx, now) => {
      const row = await beginOccurrence(tx, rule, occurrence, now, false)
      if (!row) return
      const queued = await enqueueIn(tx, bookingOfOccurrence(rule, row), now)
      await changeOccurrence(tx, row.id, [row.state], { state: row.state, action_id: queued?.id ?? null })
    },
    ['work'],
  )
}

function byRule(rows: readonly ConfirmationRow[]): Map<number, ConfirmationRow[]> {
  return Map.groupBy(rows, (row) => row.periodic_booking_id)
}

function dateIn(portal: string, now: Temporal.Instant): string {
  return now.toZonedDateTimeISO(getPortal(portal).timeZone).toPlainDate().toString()
}

/** A date that is past in every time zone. */
function yesterday(now: Temporal.Instant): string {
  return now.subtract({ hours: 48 }).toString().slice(0, 'YYYY-MM-DD'.length)
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0
}
