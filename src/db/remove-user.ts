import { OPEN } from './actions/statuses.ts'
import type { Database, Reader, Tx } from './database.ts'
import { noteDroppedLogins } from './dropped-logins.ts'
import { insertNotice } from './notices.ts'
import { handOverPlans } from './plan-farewell.ts'
import { lockPlan, OPEN_PLAN } from './plan-lock.ts'
import { stopIn } from './plans.ts'
import { findUser, listOwners } from './users.ts'

/** What belongs to a user, in numbers. `booked`: bookings the portals hold from `from` on, which stay there. */
export type Belongings = { accounts: number; rules: number; waiting: number; booked: number }

/** What a removal would delete. `from` is the first date that counts as still to come. */
export async function countBelongings(reader: Reader, userId: number, from: string): Promise<Belongings> {
  const count = async (table: 'accounts' | 'periodic_bookings') => {
    const rows = reader.selectFrom(table).select((eb) => eb.fn.countAll<number | string>().as('n'))
    return Number((await rows.where('user_id', '=', userId).executeTakeFirstOrThrow()).n)
  }
  const waiting = await reader
    .selectFrom('booking_actions')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .where('user_id', '=', userId)
    .where('status', 'in', OPEN)
    .executeTakeFirstOrThrow()
  const booked = await reader
    .selectFrom('user_bookings')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .where('user_id', '=', userId)
    .where('date', '>=', from)
    .executeTakeFirstOrThrow()
  return {
    accounts: await count('accounts'),
    rules: await count('periodic_bookings'),
    waiting: Number(waiting.n),
    booked: Number(booked.n),
  }
}

export type Removal =
  /** All of it is deleted, but for `evidence`: names of folders on the worker's disk. */
  | { outcome: 'removed'; evidence: string[] }
  /** A worker is at a booking or cancelling of theirs, or nobody knows yet what became of one. */
  | { outcome: 'busy' }
  /** The owner stays. */
  | { outcome: 'owner' }
  | { outcome: 'unknown' }

/**
 * Deletes a user with everything that is theirs: accounts, sessions, rules, actions and their history, bookings,
 * notices, and what the bot wrote down. When they left by themselves, the owners are owed the news; what their plans
 * have booked with accounts of others is owed to the owners of these.
 */
export async function removeUser(db: Database, userId: number, by: 'owner' | 'themself'): Promise<Removal> {
  return await db.write(
    async (tx, now): Promise<Removal> => {
      await db.lockClaims(tx)
      const user = await findUser(tx, userId)
      if (!user) return { outcome: 'unknown' }
      if (user.role === 'owner') return { outcome: 'owner' }
      await stopPlansOf(tx, userId, now)
      if (await isBusy(tx, userId)) return { outcome: 'busy' }
      await handOverPlans(tx, user, now)
      const evidence = await listEvidence(tx, userId)
      await noteDroppedLogins(tx, userId)
      await forgetArrival(tx, userId)
      await tx.deleteFrom('invites').where('used_by', '=', userId).execute()
      await tx
        .deleteFrom('bot_state')
        .where((eb) =>
          eb.or([
            eb('key', 'in', [`language:${userId}`, `conversation:${userId}`]),
            eb('key', 'like', `erase:${userId}:%`),
          ]),
        )
        .execute()
      await tx.deleteFrom('users').where('id', '=', userId).execute()
      if (by === 'themself') await tellOwners(tx, user.first_name, now)
      return { outcome: 'removed', evidence }
    },
    ['work', 'news', 'rules'],
  )
}

/** Their plans go with them; what waits for accounts of others is taken back. */
async function stopPlansOf(tx: Tx, userId: number, now: Temporal.Instant): Promise<void> {
  const open = await tx
    .selectFrom('plans')
    .select('id')
    .where('user_id', '=', userId)
    .where('state', 'in', OPEN_PLAN)
    .execute()
  for (const { id } of open) {
    await lockPlan(tx, id)
    await stopIn(tx, id, now)
  }
}

/** Asked by account: what cron asked for is nobody's. */
function openActions(tx: Tx, userId: number) {
  return tx
    .selectFrom('booking_actions as a')
    .innerJoin('accounts', 'accounts.id', 'a.account_id')
    .where('accounts.user_id', '=', userId)
    .where('a.status', 'in', OPEN)
}

async function isBusy(tx: Tx, userId: number): Promise<boolean> {
  const row = await openActions(tx, userId)
    .select('a.id')
    .where((eb) =>
      eb.or([
        eb('a.submitted_at', 'is not', null),
        // About to be sent; what only reads can be broken off.
        eb.and([eb('a.status', '=', 'processing'), eb('a.action_type', 'in', ['book', 'cancel'])]),
      ]),
    )
    .executeTakeFirst()
  return row !== undefined || (await isTrying(tx, userId))
}

/** A plan of theirs may just be winning something with an account of somebody else. */
async function isTrying(tx: Tx, userId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('plans')
    .innerJoin('plan_tries', 'plan_tries.plan_id', 'plans.id')
    .innerJoin('booking_actions as a', 'a.id', 'plan_tries.action_id')
    .select('a.id')
    .where('plans.user_id', '=', userId)
    .where('plans.state', 'in', OPEN_PLAN)
    .where('a.status', 'in', OPEN)
    .executeTakeFirst()
  return row !== undefined
}

async function listEvidence(tx: Tx, userId: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('attempts')
    .innerJoin('booking_actions', 'booking_actions.id', 'attempts.action_id')
    .innerJoin('accounts', 'accounts.id', 'booking_actions.account_id')
    .select('attempts.evidence')
    .where('accounts.user_id', '=', userId)
    .where('attempts.evidence', 'is not', null)
    .execute()
  return rows.flatMap(({ evidence }) => (evidence === null ? [] : [evidence]))
}

/** The owners were told when they came. */
async function forgetArrival(tx: Tx, userId: number): Promise<void> {
  await tx
    .deleteFrom('notices')
    .where('kind', '=', 'user-joined')
    .where('dedupe_key', 'like', `%:user-joined:${userId}:%`)
    .execute()
}

async function tellOwners(tx: Tx, firstName: string, now: Temporal.Instant): Promise<void> {
  for (const { id } of await listOwners(tx))
    await insertNotice(tx, { userId: id, notice: { kind: 'user-left', firstName }, now })
}
