import { isDeepStrictEqual } from 'node:util'
import { toStamp } from '../core/clock.ts'
import type { Database, Reader, Tx } from './database.ts'
import { type PlanPlaceChoice, placesOf, placesText } from './plan-choices.ts'
import { askOwners, findOverlapping, lockAccounts } from './plan-consent.ts'
import { lockPlan } from './plan-lock.ts'
import { hasTries, takeBackTries } from './plan-tries.ts'
import type { PlanRow } from './schema.ts'
import type { Topic } from './waker.ts'

/** Both the chat and the executor look at plans when there is news. */
const NEWS: readonly Topic[] = ['news']
const NEWS_AND_WORK: readonly Topic[] = ['news', 'work']

export type NewPlan = {
  /** Who makes it: their own accounts count as accepted. */
  userId: number
  portal: string
  /** `YYYY-MM-DD` */
  date: string
  /** So many consecutive hours are wanted, and so few are accepted. */
  hours: number
  least: number
  /** The window of start hours, in the portal's zone: from `from` up to but not `to`. */
  from: number
  to: number
  /** By priority. */
  places: readonly PlanPlaceChoice[]
  /** In the order in which they try. */
  accountIds: readonly number[]
}

export type PlanRefusal =
  /** One of the accounts has agreed to another open plan of that date. */
  | { outcome: 'overlapping'; planId: number }
  /** One of the accounts does not exist, or is not of this portal; or there is none. */
  | { outcome: 'unknown-account' }

/** Makes a plan. The owners of accounts that are not its maker's are owed the question whether they agree. */
export async function createPlan(
  db: Database,
  plan: NewPlan,
): Promise<{ outcome: 'created'; planId: number } | PlanRefusal> {
  return await db.write(async (tx, now) => {
    const accounts = await lockAccounts(tx, plan.portal, plan.accountIds)
    if (!accounts) return { outcome: 'unknown-account' }
    const other = await findOverlapping(tx, plan.date, plan.accountIds)
    if (other !== undefined) return { outcome: 'overlapping', planId: other }
    const { id } = await tx
      .insertInto('plans')
      .values({
        user_id: plan.userId,
        portal: plan.portal,
        date: plan.date,
        ...wishColumns(plan),
        state: 'active',
        outcome: null,
        chat_message_id: null,
        created_at: toStamp(now),
        ended_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await askOwners(tx, { id, user_id: plan.userId }, accounts, now)
    return { outcome: 'created', planId: id }
  }, NEWS)
}

type Wish = Pick<NewPlan, 'hours' | 'least' | 'from' | 'to' | 'places'>
export type PlanChange = Partial<Wish & Pick<NewPlan, 'accountIds'>>

/**
 * Changes a plan of this user, until its first try is queued (`begun`). To another plan one says yes anew: everybody
 * but its maker is asked again, and an answer to the question of before counts no more (`version`). What changes
 * nothing leaves everybody's word as it is.
 */
export async function changePlan(
  db: Database,
  userId: number,
  planId: number,
  change: PlanChange,
): Promise<{ outcome: 'changed' | 'begun' | 'unknown' } | PlanRefusal> {
  return await db.write(async (tx, now) => {
    const plan = await lockPlan(tx, planId)
    if (plan?.user_id !== userId) return { outcome: 'unknown' }
    if (plan.state !== 'active' || (await hasTries(tx, planId))) return { outcome: 'begun' }
    const before = await accountsOf(tx, planId)
    const { accountIds = before } = change
    const wish = wishColumns({ ...wishOf(plan), ...change })
    if (isDeepStrictEqual([wish, accountIds], [wishColumns(wishOf(plan)), before])) return { outcome: 'changed' }
    const accounts = await lockAccounts(tx, plan.portal, accountIds)
    if (!accounts) return { outcome: 'unknown-account' }
    const other = await findOverlapping(tx, plan.date, accountIds, planId)
    if (other !== undefined) return { outcome: 'overlapping', planId: other }
    await tx
      .updateTable('plans')
      .set({ ...wish, version: plan.version + 1 })
      .where('id', '=', planId)
      .execute()
    await tx.deleteFrom('plan_accounts').where('plan_id', '=', planId).execute()
    await askOwners(tx, plan, accounts, now)
    return { outcome: 'changed' }
  }, NEWS)
}

function wishColumns({ hours, least, from, to, places }: Wish) {
  return { hours, least, from_hour: from, to_hour: to, places: placesText(places) }
}

function wishOf(plan: PlanRow): Wish {
  return { hours: plan.hours, least: plan.least, from: plan.from_hour, to: plan.to_hour, places: placesOf(plan) }
}

/**
 * Stops a plan of this user: open tries are taken back, and the executor ends it when the last one is over. What it has
 * won stays, as leftovers of its outcome.
 */
export async function stopPlan(
  db: Database,
  userId: number,
  planId: number,
): Promise<'stopping' | 'ended' | 'unknown'> {
  return await db.write(async (tx, now) => {
    const plan = await lockPlan(tx, planId)
    if (plan?.user_id !== userId) return 'unknown'
    if (plan.state === 'ended') return 'ended'
    await stopIn(tx, planId, now)
    return 'stopping'
  }, NEWS_AND_WORK)
}

/** The same within a transaction that has locked the plan; poke `news` and `work`. */
export async function stopIn(tx: Tx, planId: number, now: Temporal.Instant): Promise<void> {
  await tx.updateTable('plans').set({ state: 'stopping' }).where('id', '=', planId).execute()
  await takeBackTries(tx, { planId }, now)
}

/** Its accounts in order. */
async function accountsOf(reader: Reader, planId: number): Promise<number[]> {
  const rows = await reader
    .selectFrom('plan_accounts')
    .select('account_id')
    .where('plan_id', '=', planId)
    .orderBy('position')
    .execute()
  return rows.map(({ account_id }) => account_id)
}

/** Remembers the message that shows the plan. */
export async function setPlanMessage(db: Database, planId: number, messageId: number): Promise<void> {
  await db.write((tx) => tx.updateTable('plans').set({ chat_message_id: messageId }).where('id', '=', planId).execute())
}
