import { toStamp } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import { isOpen } from '../db/actions/action.ts'
import { enqueueIn } from '../db/actions/enqueue.ts'
import { findAction } from '../db/actions/read.ts'
import { findBookingOfSlot } from '../db/bookings.ts'
import { changeOccurrence, listOpenConfirmations, type OccurrenceChange, tellOccurrence } from '../db/confirmations.ts'
import type { Database } from '../db/database.ts'
import { cancellingOfOccurrence, slotOfOccurrence } from '../db/occurrence-actions.ts'
import { findRule } from '../db/periodic-bookings.ts'
import type { BookingRow, ConfirmationRow, RuleRow } from '../db/schema.ts'
import { findUser } from '../db/users.ts'
import { instantOf } from '../planner/occurrences.ts'
import { isQuiet } from '../planner/quiet-hours.ts'
import { planKeeping } from '../planner/recurring.ts'
import { occurrenceOf, quietHoursOf } from '../planner/rule-plan.ts'
import { getPortal } from '../portals/registry.ts'

/** Brings to an end what waits for an answer that did not come, and asks about bookings already made. */
export async function settleOccurrences(db: Database, log: Logger): Promise<void> {
  const now = db.clock.now()
  for (const occurrence of await listOpenConfirmations(db.read))
    await settle(db, occurrence, now).catch((error) =>
      log.error({ occurrence: occurrence.id, error: messageOf(error) }, 'an occurrence was not settled'),
    )
}

async function settle(db: Database, occurrence: ConfirmationRow, now: Temporal.Instant): Promise<void> {
  switch (occurrence.state) {
    case 'asked':
    case 'moved':
      if (isDue(occurrence, now)) await end(db, occurrence, { state: 'expired' })
      return
    case 'booking':
    case 'keep-asked': {
      const rule = await findRule(db.read, occurrence.periodic_booking_id)
      if (rule) await settleBooked(db, rule, occurrence, now)
      return
    }
    default:
      return
  }
}

/** Mode `book-then-ask`: from the booking to the answer whether to keep it. */
async function settleBooked(
  db: Database,
  rule: RuleRow,
  occurrence: ConfirmationRow,
  now: Temporal.Instant,
): Promise<void> {
  const held = await findBookingOfSlot(db.read, rule.account_id, slotOfOccurrence(occurrence))
  if (!held) return await settleUnheld(db, rule, occurrence, now)
  if (occurrence.state === 'keep-asked') {
    if (isDue(occurrence, now)) await dropUnanswered(db, rule, occurrence, held)
    return
  }
  await askWhetherToKeep(db, rule, occurrence, now)
}

/** There is no booking: not yet, or no more. A question about it is then void. */
async function settleUnheld(
  db: Database,
  { portal }: RuleRow,
  occurrence: ConfirmationRow,
  now: Temporal.Instant,
): Promise<void> {
  const action = occurrence.action_id === null ? undefined : await findAction(db.read, occurrence.action_id)
  const isOver = Temporal.Instant.compare(startOf(portal, occurrence), now) <= 0
  if (action && isOpen(action) && !isOver) return
  await end(db, occurrence, { state: 'void' }, occurrence.state === 'keep-asked')
}

async function askWhetherToKeep(
  db: Database,
  rule: RuleRow,
  occurrence: ConfirmationRow,
  now: Temporal.Instant,
): Promise<void> {
  const user = await findUser(db.read, rule.user_id)
  if (!user) return
  const plan = planKeeping(occurrenceOf(rule, user, getPortal(rule.portal), slotOfOccurrence(occurrence), now))
  // Never cancelled without having been asked about.
  if (!plan) return await end(db, occurrence, { state: 'kept' })
  if (Temporal.Instant.compare(plan.askAt, now) > 0) return
  // It could only be asked while its user sleeps, and would be cancelled before they wake.
  const quiet = quietHoursOf(user, getPortal(rule.portal).timeZone)
  if (quiet && isQuiet(quiet, now)) return await end(db, occurrence, { state: 'kept' })
  // A new question is a new message.
  const asked = { deadline: toStamp(plan.deadline), asked_at: toStamp(now), chat_message_id: null }
  await end(db, occurrence, { state: 'keep-asked', ...asked })
}

/** Nobody answered. A question that never reached the chat is not one that was not answered: then the booking stays. */
async function dropUnanswered(
  db: Database,
  rule: RuleRow,
  occurrence: ConfirmationRow,
  held: BookingRow,
): Promise<void> {
  if (occurrence.chat_message_id === null) return await end(db, occurrence, { state: 'kept' })
  await db.write(
    async (tx, now) => {
      const dropped = await changeOccurrence(tx, occurrence.id, ['keep-asked'], { state: 'dropped' })
      if (!dropped) return
      const queued = await enqueueIn(tx, cancellingOfOccurrence(rule, dropped, held), now)
      await changeOccurrence(tx, occurrence.id, ['dropped'], { state: 'dropped', cancel_action_id: queued?.id ?? null })
      await tellOccurrence(tx, dropped, now)
    },
    ['work', 'news'],
  )
}

async function end(db: Database, { id, state }: ConfirmationRow, change: OccurrenceChange, tell = true): Promise<void> {
  await db.write(
    async (tx, now) => {
      const changed = await changeOccurrence(tx, id, [state], change)
      if (changed && tell) await tellOccurrence(tx, changed, now)
    },
    ['news'],
  )
}

function isDue({ deadline }: ConfirmationRow, now: Temporal.Instant): boolean {
  return deadline !== null && Temporal.Instant.compare(Temporal.Instant.from(deadline), now) <= 0
}

function startOf(portal: string, { date, time_slot, moved_to }: ConfirmationRow): Temporal.Instant {
  return instantOf(date, moved_to ?? time_slot, getPortal(portal).timeZone)
}
