import { toStamp } from '../core/clock.ts'
import { instantOf } from '../planner/occurrences.ts'
import { getPortal } from '../portals/registry.ts'
import { enqueueIn } from './actions/enqueue.ts'
import { findBookingOfSlot } from './bookings.ts'
import { changeOccurrence } from './confirmations.ts'
import type { Database, Tx } from './database.ts'
import { bookingOfOccurrence, cancellingOfOccurrence, slotOfOccurrence } from './occurrence-actions.ts'
import { moveRule } from './periodic-bookings.ts'
import type { ConfirmationRow, ConfirmationState, RuleRow } from './schema.ts'

/** What a person answers to a question about an occurrence. */
export type AnswerKind =
  /** Book it. For a class that has moved: this time only. */
  | 'confirm'
  /** For a class that has moved: from now on at the new time, this one included. */
  | 'follow'
  | 'skip'
  /** Book it, though it was skipped, or nobody answered in time. */
  | 'book-anyway'
  | 'keep'
  /** Cancel the booking. */
  | 'drop'

/** `done`: it counts. `late`: its time is over. `answered`: another answer was first. */
export type Answered = 'done' | 'late' | 'answered'

/** From which states an answer counts, and where it leads. Those before a deadline count until then only. */
const ANSWERS: Record<AnswerKind, { from: ConfirmationState[]; to: ConfirmationState }> = {
  confirm: { from: ['asked', 'moved'], to: 'confirmed' },
  follow: { from: ['moved'], to: 'confirmed' },
  skip: { from: ['asked', 'moved'], to: 'skipped' },
  'book-anyway': { from: ['skipped', 'expired', 'missing'], to: 'confirmed' },
  keep: { from: ['keep-asked'], to: 'kept' },
  drop: { from: ['keep-asked', 'kept'], to: 'dropped' },
}

/**
 * Writes down the user's answer with what it asks for, in one transaction: of two presses, or a press and the deadline,
 * one counts. Undefined when there is no such question of this user.
 */
export async function answerOccurrence(
  db: Database,
  userId: number,
  id: number,
  answer: AnswerKind,
): Promise<Answered | undefined> {
  return await db.write(
    async (tx, now) => {
      const found = await findWithRule(tx, userId, id)
      if (!found) return undefined
      const { rule, occurrence } = found
      const { from, to } = ANSWERS[answer]
      if (!from.includes(occurrence.state)) return occurrence.state === 'expired' ? 'late' : 'answered'
      if (isLate(rule, occurrence, now)) return 'late'
      const change = { state: to, answered_at: toStamp(now) }
      const changed = await changeOccurrence(tx, id, [occurrence.state], change)
      if (!changed) return 'answered'
      await carryOut(tx, rule, changed, answer, now)
      return 'done'
    },
    ['work', 'rules'],
  )
}

async function findWithRule(
  tx: Tx,
  userId: number,
  id: number,
): Promise<{ rule: RuleRow; occurrence: ConfirmationRow } | undefined> {
  const occurrence = await tx
    .selectFrom('pending_confirmations')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  const rule =
    occurrence &&
    (await tx
      .selectFrom('periodic_bookings')
      .selectAll()
      .where('id', '=', occurrence.periodic_booking_id)
      .executeTakeFirst())
  return occurrence && rule && { rule, occurrence }
}

/** Past the deadline of the question, or past the start of the class. */
function isLate({ portal }: RuleRow, occurrence: ConfirmationRow, now: Temporal.Instant): boolean {
  const { date, start } = slotOfOccurrence(occurrence)
  const isOver = Temporal.Instant.compare(instantOf(date, start, getPortal(portal).timeZone), now) <= 0
  const isQuestion = ['asked', 'moved', 'keep-asked'].includes(occurrence.state)
  return isOver || (isQuestion && occurrence.deadline !== null && occurrence.deadline <= toStamp(now))
}

async function carryOut(
  tx: Tx,
  rule: RuleRow,
  occurrence: ConfirmationRow,
  answer: AnswerKind,
  now: Temporal.Instant,
): Promise<void> {
  switch (answer) {
    case 'skip':
    case 'keep':
      return
    case 'drop':
      return await cancelBooking(tx, rule, occurrence, now)
    case 'follow': {
      const { start, end } = slotOfOccurrence(occurrence)
      await moveRule(tx, rule.id, start, end, now)
      return await book(tx, rule, occurrence, now)
    }
    case 'confirm':
    case 'book-anyway':
      return await book(tx, rule, occurrence, now)
  }
}

async function book(tx: Tx, rule: RuleRow, occurrence: ConfirmationRow, now: Temporal.Instant): Promise<void> {
  const queued = await enqueueIn(tx, bookingOfOccurrence(rule, occurrence), now)
  // Where a booking is asked about before the class, a yes is only the yes to booking it.
  const state = rule.mode === 'book-then-ask' ? 'booking' : 'confirmed'
  await changeOccurrence(tx, occurrence.id, ['confirmed'], { state, action_id: queued?.id ?? null })
}

async function cancelBooking(tx: Tx, rule: RuleRow, occurrence: ConfirmationRow, now: Temporal.Instant): Promise<void> {
  const held = await findBookingOfSlot(tx, rule.account_id, slotOfOccurrence(occurrence))
  if (!held) return
  const queued = await enqueueIn(tx, cancellingOfOccurrence(rule, occurrence, held), now)
  await changeOccurrence(tx, occurrence.id, ['dropped'], { state: 'dropped', cancel_action_id: queued?.id ?? null })
}
