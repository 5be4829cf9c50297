import { sql } from 'kysely'
import { z } from 'zod'
import { toStamp } from '../core/clock.ts'
import type { Database, Reader, Tx } from './database.ts'
import type { NoticeRow } from './schema.ts'
import { command } from './statement.ts'

/** Which booking a notice is about. */
const slotFields = {
  portal: z.string(),
  location: z.string(),
  course: z.string().nullable(),
  date: z.iso.date(),
  start: z.string(),
}

/** What a person is owed. The words are the bot's; here are only the kind and its data. */
const noticeSchema = z.discriminatedUnion('kind', [
  /** The action's result; read from the action itself when it is delivered. */
  z.object({ kind: z.literal('action-ended'), actionId: z.number() }),
  /** The portal refused the credentials; the account is suspended until they change. */
  z.object({ kind: z.literal('account-suspended'), accountId: z.number() }),
  /** A booking is no longer on the portal, and not because of us. */
  z.object({ kind: z.literal('booking-gone'), ...slotFields }),
  /** For the owner of an account: it stands on the portal's waiting list for what was full, and could not be taken off. */
  z.object({ kind: z.literal('waiting-place'), actionId: z.number(), account: z.string(), ...slotFields }),
  /** A question about an occurrence of a rule, or what has become of it; shown as it stands when it is delivered. */
  z.object({ kind: z.literal('occurrence'), confirmationId: z.number(), state: z.string() }),
  /** For the owner of an account: whether a plan may use it. */
  z.object({ kind: z.literal('plan-consent'), planId: z.number(), accountId: z.number() }),
  /** For who made the plan; that it has ended also for who owns an account that it used. */
  z.object({ kind: z.literal('plan'), planId: z.number(), event: z.enum(['began', 'ended']) }),
  /** For the owner of an account: somebody else (`by`: their first name) has had a booking of it cancelled. */
  z.object({
    kind: z.literal('plan-cancelled'),
    planId: z.number(),
    actionId: z.number(),
    by: z.string(),
    account: z.string(),
    ...slotFields,
  }),
  /** For who made a plan and who owns the account: it has won this after the plan had ended. */
  z.object({
    kind: z.literal('plan-late'),
    planId: z.number(),
    tryId: z.number(),
    account: z.string(),
    ...slotFields,
  }),
  /** For the owner of accounts: what these hold by a plan that is gone, as the one who made it (`firstName`) has left. */
  z.object({
    kind: z.literal('plan-gone'),
    planId: z.number(),
    firstName: z.string(),
    portal: z.string(),
    date: z.iso.date(),
    held: z.array(
      z.object({ account: z.string(), start: z.string(), location: z.string(), course: z.string().nullable() }),
    ),
  }),
  /** For the owner: the portal is not as we know it, or asked for quiet. */
  z.object({
    kind: z.literal('portal-trouble'),
    portal: z.string(),
    trouble: z.enum(['page-changed', 'rate-limited', 'blocked']),
    actionId: z.number(),
    lookedFor: z.string().optional(),
    evidence: z.string().optional(),
  }),
  /** For the owner: somebody has opened an invitation, or has left with all their data. */
  z.object({ kind: z.literal('user-joined'), memberId: z.number(), firstName: z.string() }),
  z.object({ kind: z.literal('user-left'), firstName: z.string() }),
])
export type Notice = z.infer<typeof noticeSchema>

export type OwedNotice = { id: number; userId: number; notice: Notice; attempts: number; createdAt: string }

/** Owes a notice to a user, in the transaction of what it tells. The same notice is never owed twice. */
export async function insertNotice(
  tx: Tx,
  owed: { userId: number; notice: Notice; now: Temporal.Instant },
): Promise<void> {
  await insert(tx, {
    user_id: owed.userId,
    kind: owed.notice.kind,
    data: JSON.stringify(owed.notice),
    dedupe_key: `${owed.userId}:${dedupeKey(owed.notice, owed.now)}`,
    state: 'pending',
    run_at: toStamp(owed.now),
    created_at: toStamp(owed.now),
  })
}

const insert = command<Omit<NoticeRow, 'id' | 'attempts' | 'ended_at'>>(
  ['user_id', 'kind', 'data', 'dedupe_key', 'state', 'run_at', 'created_at'],
  (db, values) =>
    db
      .insertInto('notices')
      .values(values)
      .onConflict((conflict) => conflict.column('dedupe_key').doNothing()),
)

function dedupeKey(notice: Notice, now: Temporal.Instant): string {
  switch (notice.kind) {
    case 'action-ended':
      return `action-ended:${notice.actionId}`
    case 'account-suspended':
      return `account-suspended:${notice.accountId}:${toStamp(now)}`
    case 'booking-gone':
      return `booking-gone:${notice.date}:${notice.start}:${notice.location}:${notice.course ?? ''}:${toStamp(now)}`
    // Of a watched slot each look that ends so.
    case 'waiting-place':
      return `waiting-place:${notice.actionId}:${toStamp(now)}`
    case 'occurrence':
      return `occurrence:${notice.confirmationId}:${notice.state}`
    // A plan that has changed is asked about again.
    case 'plan-consent':
      return `plan-consent:${notice.planId}:${notice.accountId}:${toStamp(now)}`
    case 'plan':
      return `plan:${notice.planId}:${notice.event}`
    case 'plan-cancelled':
      return `plan-cancelled:${notice.actionId}`
    case 'plan-late':
      return `plan-late:${notice.tryId}`
    case 'plan-gone':
      return `plan-gone:${notice.planId}:${toStamp(now)}`
    case 'portal-trouble':
      return `portal-trouble:${notice.trouble}:${notice.actionId}`
    case 'user-joined':
      return `user-joined:${notice.memberId}:${toStamp(now)}`
    case 'user-left':
      return `user-left:${notice.firstName}:${toStamp(now)}`
  }
}

/** Written out, so that the engines can see that the index of owed notices serves. */
const PENDING = sql.lit<'pending'>('pending')

/** For each user the oldest notice still owed, if it is due: delivering in this order keeps each user's order. */
export async function listDueNotices(reader: Reader, now: Temporal.Instant): Promise<OwedNotice[]> {
  const rows = await reader
    .selectFrom('notices')
    .selectAll()
    .where('state', '=', PENDING)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('notices as n')
        .select((s) => s.fn.min('n.id').as('id'))
        .where('n.state', '=', PENDING)
        .groupBy('n.user_id'),
    )
    .where('run_at', '<=', toStamp(now))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    notice: noticeSchema.parse(JSON.parse(row.data)),
    attempts: row.attempts,
    createdAt: row.created_at,
  }))
}

/** Ends a notice: `sent` once Telegram has taken it, `dropped` when it can never be delivered. */
export async function endNotice(db: Database, id: number, state: 'sent' | 'dropped'): Promise<void> {
  await db.write((tx) =>
    tx
      .updateTable('notices')
      .set({ state, ended_at: toStamp(db.clock.now()) })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .execute(),
  )
}

/** Tries a notice again, not before `runAt`. */
export async function postponeNotice(db: Database, id: number, runAt: Temporal.Instant): Promise<void> {
  await db.write((tx) =>
    tx
      .updateTable('notices')
      .set((eb) => ({ run_at: toStamp(runAt), attempts: eb('attempts', '+', 1) }))
      .where('id', '=', id)
      .execute(),
  )
}
