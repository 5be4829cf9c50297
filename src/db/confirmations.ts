import type { SqlBool } from 'kysely'
import { sql } from 'kysely'
import { toStamp } from '../core/clock.ts'
import type { Database, Reader, Tx } from './database.ts'
import { insertNotice } from './notices.ts'
import type { ConfirmationRow, ConfirmationState, RuleRow } from './schema.ts'

/** What waits for a person or for a moment. Written out, so that the index of these serves. */
const IS_OPEN = sql<SqlBool>`state in ('asked', 'moved', 'booking', 'keep-asked')`

export type NewOccurrence = {
  date: string
  state: ConfirmationState
  deadline?: Temporal.Instant
  movedTo?: string
}

/**
 * Opens the rule's occurrence of that date, and owes the user its message where `tell` says so. Answers undefined,
 * doing nothing, when it is open already: however many executors there are, only one gets past this.
 */
export async function beginOccurrence(
  tx: Tx,
  rule: RuleRow,
  { date, state, deadline, movedTo }: NewOccurrence,
  now: Temporal.Instant,
  tell: boolean,
): Promise<ConfirmationRow | undefined> {
  const row = await tx
    .insertInto('pending_confirmations')
    .values({
      periodic_booking_id: rule.id,
      user_id: rule.user_id,
      date,
      location: rule.location,
      course_name: rule.course_name,
      time_slot: rule.time_slot,
      end_time: rule.end_time,
      moved_to: movedTo ?? null,
      state,
      deadline: deadline ? toStamp(deadline) : null,
      asked_at: tell ? toStamp(now) : null,
      created_at: toStamp(now),
    })
    .onConflict((conflict) => conflict.columns(['periodic_booking_id', 'date']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row && tell) await tellOccurrence(tx, row, now)
  return row
}

/** Owes the user the message that shows where the occurrence stands. */
export async function tellOccurrence(
  tx: Tx,
  { id, user_id, state }: Pick<ConfirmationRow, 'id' | 'user_id' | 'state'>,
  now: Temporal.Instant,
): Promise<void> {
  await insertNotice(tx, { userId: user_id, notice: { kind: 'occurrence', confirmationId: id, state }, now })
}

export type OccurrenceChange = { state: ConfirmationState } & Partial<
  Pick<ConfirmationRow, 'deadline' | 'asked_at' | 'answered_at' | 'action_id' | 'cancel_action_id' | 'chat_message_id'>
>

/** Whether this action, about a slot of `date`, books or cancels an occurrence of a rule. */
export async function isOfOccurrence(reader: Reader, actionId: number, date: string): Promise<boolean> {
  const found = await reader
    .selectFrom('pending_confirmations')
    .select('id')
    .where('date', '=', date)
    .where((eb) => eb.or([eb('action_id', '=', actionId), eb('cancel_action_id', '=', actionId)]))
    .executeTakeFirst()
  return found !== undefined
}

/** Changes the occurrence if it is in one of the states `from`; answers it, or undefined when it is not, any more. */
export async function changeOccurrence(
  tx: Tx,
  id: number,
  from: readonly ConfirmationState[],
  change: OccurrenceChange,
): Promise<ConfirmationRow | undefined> {
  return await tx
    .updateTable('pending_confirmations')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .returningAll()
    .executeTakeFirst()
}

/** The occurrence if its rule is this user's; for everybody else it does not exist. */
export async function findConfirmationOf(
  reader: Reader,
  userId: number,
  id: number,
): Promise<ConfirmationRow | undefined> {
  return await reader
    .selectFrom('pending_confirmations')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
}

/** Everything that waits for a person or for a moment, oldest first. */
export async function listOpenConfirmations(reader: Reader): Promise<ConfirmationRow[]> {
  return await reader.selectFrom('pending_confirmations').selectAll().where(IS_OPEN).orderBy('id').execute()
}

/** The occurrences of all rules from `date` on. */
export async function listOccurrencesSince(reader: Reader, date: string): Promise<ConfirmationRow[]> {
  return await reader.selectFrom('pending_confirmations').selectAll().where('date', '>=', date).execute()
}

/** The rule's occurrences from `date` on, soonest first. */
export async function listOccurrencesFrom(reader: Reader, ruleId: number, date: string): Promise<ConfirmationRow[]> {
  return await reader
    .selectFrom('pending_confirmations')
    .selectAll()
    .where('periodic_booking_id', '=', ruleId)
    .where('date', '>=', date)
    .orderBy('date')
    .execute()
}

/** Forgets an occurrence that was not on the timetable, and is now. */
export async function removeOccurrence(db: Database, { id, state }: ConfirmationRow): Promise<void> {
  await db.write((tx) =>
    tx.deleteFrom('pending_confirmations').where('id', '=', id).where('state', '=', state).execute(),
  )
}

/** The rule's newest occurrence before `date`, if there was one. */
export async function findLastOccurrence(
  reader: Reader,
  ruleId: number,
  date: string,
): Promise<ConfirmationRow | undefined> {
  return await reader
    .selectFrom('pending_confirmations')
    .selectAll()
    .where('periodic_booking_id', '=', ruleId)
    .where('date', '<', date)
    .orderBy('date', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Remembers the message that asks, so that it can be brought up to date. */
export async function setQuestionMessage(db: Database, id: number, messageId: number): Promise<void> {
  await db.write((tx) =>
    tx.updateTable('pending_confirmations').set({ chat_message_id: messageId }).where('id', '=', id).execute(),
  )
}
