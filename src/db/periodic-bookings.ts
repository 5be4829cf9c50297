import { toStamp } from '../core/clock.ts'
import { nameKey } from '../portals/match.ts'
import type { Database, Reader, Tx } from './database.ts'
import type { RuleMode, RuleRow } from './schema.ts'

/** A periodic booking to make. `end` is null where it is not known. */
export type NewRule = {
  userId: number
  accountId: number
  portal: string
  location: string
  course: string | null
  weekday: number
  start: string
  end: string | null
  mode: RuleMode
}

/** Hours before the class: when a booking already made is asked about, and when it is cancelled without an answer. */
const ASK_HOURS = 5
const CANCEL_HOURS = 1

/** Makes the rule; an account has one for each class of the week, so a second one is the first (`added` false). */
export async function addRule(db: Database, rule: NewRule): Promise<{ id: number; added: boolean }> {
  return await db.write(async (tx, now) => {
    const stamp = toStamp(now)
    const key = nameKey(rule)
    const row = await tx
      .insertInto('periodic_bookings')
      .values({
        user_id: rule.userId,
        account_id: rule.accountId,
        portal: rule.portal,
        location: rule.location,
        course_name: rule.course,
        name_key: key,
        weekday: rule.weekday,
        time_slot: rule.start,
        end_time: rule.end,
        mode: rule.mode,
        state: 'active',
        ask_hours: ASK_HOURS,
        cancel_hours: CANCEL_HOURS,
        created_at: stamp,
        updated_at: stamp,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (row) return { id: row.id, added: true }
    const same = await tx
      .selectFrom('periodic_bookings')
      .select('id')
      .where('account_id', '=', rule.accountId)
      .where('weekday', '=', rule.weekday)
      .where('time_slot', '=', rule.start)
      .where('name_key', '=', key)
      .executeTakeFirstOrThrow()
    return { id: same.id, added: false }
  }, RULES)
}

/** What changes a rule concerns the periodic executor. */
const RULES = ['rules'] as const

/** Resumes what was paused until a date that has come; `today` is the date in a portal's time zone. */
export async function resumeRules(db: Database, today: (portal: string) => string): Promise<void> {
  const paused = await db.read
    .selectFrom('periodic_bookings')
    .select(['id', 'portal', 'paused_until'])
    .where('state', '=', 'paused')
    .where('paused_until', 'is not', null)
    .execute()
  for (const { id, portal, paused_until } of paused) {
    if (paused_until === null || paused_until > today(portal)) continue
    await db.write((tx, now) =>
      tx
        .updateTable('periodic_bookings')
        .set({ state: 'active', paused_until: null, updated_at: toStamp(now) })
        .where('id', '=', id)
        .where('paused_until', '=', paused_until)
        .execute(),
    )
  }
}

/** The user's rules in the order of the week. */
export async function listRulesOf(reader: Reader, userId: number): Promise<RuleRow[]> {
  return await reader
    .selectFrom('periodic_bookings')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('weekday')
    .orderBy('time_slot')
    .orderBy('id')
    .execute()
}

/** Every rule of everybody, oldest first. */
export async function listRules(reader: Reader): Promise<RuleRow[]> {
  return await reader.selectFrom('periodic_bookings').selectAll().orderBy('id').execute()
}

/** The rule if it is this user's; for everybody else it does not exist. */
export async function findRuleOf(reader: Reader, userId: number, id: number): Promise<RuleRow | undefined> {
  return await reader
    .selectFrom('periodic_bookings')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
}

/** The account's rule for this class of the week, if there is one. */
export async function findRuleFor(
  reader: Reader,
  accountId: number,
  of: { weekday: number; start: string; location: string; course: string | null },
): Promise<RuleRow | undefined> {
  return await reader
    .selectFrom('periodic_bookings')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('weekday', '=', of.weekday)
    .where('time_slot', '=', of.start)
    .where('name_key', '=', nameKey(of))
    .executeTakeFirst()
}

/** The rule itself, for the executor: it may be gone by now. */
export async function findRule(reader: Reader, id: number): Promise<RuleRow | undefined> {
  return await reader.selectFrom('periodic_bookings').selectAll().where('id', '=', id).executeTakeFirst()
}

type RuleChange = Partial<
  Pick<RuleRow, 'mode' | 'state' | 'paused_until' | 'lead_minutes' | 'ask_hours' | 'cancel_hours'>
>

/** Changes the user's rule; answers false when there is none. What it has asked already stays as it was asked. */
export async function updateRule(db: Database, userId: number, id: number, change: RuleChange): Promise<boolean> {
  const rows = await db.write(
    (tx, now) =>
      tx
        .updateTable('periodic_bookings')
        .set({ ...change, updated_at: toStamp(now) })
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .returning('id')
        .execute(),
    RULES,
  )
  return rows.length > 0
}

/** Moves the rule to another time of its day; does nothing when the account has a rule there already. */
export async function moveRule(tx: Tx, id: number, start: string, end: string | null, now: Temporal.Instant) {
  await tx
    .updateTable('periodic_bookings as rule')
    .set({ time_slot: start, end_time: end, updated_at: toStamp(now) })
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('periodic_bookings as other')
            .select('other.id')
            .whereRef('other.account_id', '=', 'rule.account_id')
            .whereRef('other.weekday', '=', 'rule.weekday')
            .whereRef('other.name_key', '=', 'rule.name_key')
            .where('other.time_slot', '=', start),
        ),
      ),
    )
    .execute()
}

/** Removes the user's rule with its questions; bookings that it made stay. Answers false when there is none. */
export async function removeRule(db: Database, userId: number, id: number): Promise<boolean> {
  const rows = await db.write(
    (tx) =>
      tx.deleteFrom('periodic_bookings').where('id', '=', id).where('user_id', '=', userId).returning('id').execute(),
    RULES,
  )
  return rows.length > 0
}
