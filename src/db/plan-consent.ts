import { toStamp } from '../core/clock.ts'
import type { Database, Reader, Tx } from './database.ts'
import { insertNotice } from './notices.ts'
import { lockPlan, OPEN_PLAN } from './plan-lock.ts'
import { takeBackTries } from './plan-tries.ts'
import type { AccountRow, PlanRow } from './schema.ts'

export type PlanAccount = Pick<AccountRow, 'id' | 'user_id'>

/**
 * The accounts in this order, theirs to agree with no other plan until `tx` ends; undefined when one of them does not
 * exist or is not of the portal, or when there is none.
 */
export async function lockAccounts(
  tx: Tx,
  portal: string,
  accountIds: readonly number[],
): Promise<PlanAccount[] | undefined> {
  const locked: PlanAccount[] = []
  // One after the other and always in the same order: two transactions do not wait for each other.
  for (const id of new Set(accountIds.toSorted((a, b) => a - b))) {
    const account = await tx
      .updateTable('accounts')
      .set((eb) => ({ state: eb.ref('state') }))
      .where('id', '=', id)
      .where('portal', '=', portal)
      .returning(['id', 'user_id'])
      .executeTakeFirst()
    if (!account) return undefined
    locked.push(account)
  }
  if (locked.length === 0) return undefined
  return locked.sort((a, b) => accountIds.indexOf(a.id) - accountIds.indexOf(b.id))
}

/** Another open plan of that date to which one of the accounts has agreed. */
export async function findOverlapping(
  reader: Reader,
  date: string,
  accountIds: readonly number[],
  except?: number,
): Promise<number | undefined> {
  const row = await reader
    .selectFrom('plan_accounts')
    .innerJoin('plans', 'plans.id', 'plan_accounts.plan_id')
    .select('plans.id')
    .where('plan_accounts.account_id', 'in', accountIds)
    .where('plan_accounts.consent', '=', 'accepted')
    .where('plans.date', '=', date)
    .where('plans.state', '!=', 'ended')
    .$if(except !== undefined, (query) => query.where('plans.id', '!=', Number(except)))
    .executeTakeFirst()
  return row?.id
}

/** Adds the accounts to the plan: its maker's have agreed, the owners of the others are owed the question. */
export async function askOwners(
  tx: Tx,
  plan: Pick<PlanRow, 'id' | 'user_id'>,
  accounts: readonly PlanAccount[],
  now: Temporal.Instant,
): Promise<void> {
  for (const [position, { id, user_id }] of accounts.entries()) {
    const isOwn = user_id === plan.user_id
    await tx
      .insertInto('plan_accounts')
      .values({
        plan_id: plan.id,
        account_id: id,
        position,
        user_id,
        consent: isOwn ? 'accepted' : 'asked',
        answered_at: isOwn ? toStamp(now) : null,
      })
      .execute()
    const notice = { kind: 'plan-consent', planId: plan.id, accountId: id } as const
    if (!isOwn) await insertNotice(tx, { userId: user_id, notice, now })
  }
}

/** More than a plan is ever changed between a backup and its return: what was read of those changes counts no more. */
const FORGOTTEN_CHANGES = 1000

/** What owners have agreed to in open plans counts no more; each is owed the question again. */
export async function askOwnersAgain(tx: Tx, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('plans')
    .set((eb) => ({ version: eb('version', '+', FORGOTTEN_CHANGES) }))
    .where('state', 'in', OPEN_PLAN)
    .execute()
  const agreed = await tx
    .selectFrom('plan_accounts as p')
    .innerJoin('plans', 'plans.id', 'p.plan_id')
    .select(['p.id', 'p.plan_id', 'p.account_id', 'p.user_id'])
    .where('plans.state', 'in', OPEN_PLAN)
    .where('p.consent', '=', 'accepted')
    .whereRef('p.user_id', '!=', 'plans.user_id')
    .execute()
  for (const { id, plan_id: planId, account_id: accountId, user_id: userId } of agreed) {
    const asked = { consent: 'asked', answered_at: null } as const
    await tx.updateTable('plan_accounts').set(asked).where('id', '=', id).execute()
    await insertNotice(tx, { userId, notice: { kind: 'plan-consent', planId, accountId }, now })
  }
}

export type ConsentAnswer =
  | 'answered'
  /** The plan is not what they have read any more; to what it is now they have not said yes. */
  | 'changed'
  /** The plan has ended. */
  | 'late'
  /** The account has agreed to another open plan of that date. */
  | 'overlapping'
  /** There is no such plan with an account of theirs. */
  | 'unknown'

/** What an owner answers. `version`: that of the plan as they have read it. */
export type Consenting = { planId: number; accountId: number; version: number; answer: 'accepted' | 'refused' }

/**
 * Writes down what the account's owner answers; they may change it until the plan ends. Only a yes to the plan as it
 * is counts, a no always. It counts from then on: what is open of the account is taken back, what it has won stays.
 */
export async function answerConsent(
  db: Database,
  userId: number,
  { planId, accountId, version, answer }: Consenting,
): Promise<ConsentAnswer> {
  return await db.write(
    async (tx, now) => {
      const plan = await lockPlan(tx, planId)
      if (!plan || !(await isAsked(tx, userId, planId, accountId))) return 'unknown'
      if (plan.state === 'ended') return 'late'
      if (answer === 'accepted' && version !== plan.version) return 'changed'
      const locked = await lockAccounts(tx, plan.portal, [accountId])
      if (!locked) return 'unknown'
      const isTaken = answer === 'accepted' && (await findOverlapping(tx, plan.date, [accountId], planId)) !== undefined
      if (isTaken) return 'overlapping'
      await tx
        .updateTable('plan_accounts')
        .set({ consent: answer, answered_at: toStamp(now) })
        .where('plan_id', '=', planId)
        .where('account_id', '=', accountId)
        .execute()
      if (answer === 'refused') await takeBackTries(tx, { planId, accountId }, now)
      return 'answered'
    },
    ['news', 'work'],
  )
}

async function isAsked(reader: Reader, userId: number, planId: number, accountId: number): Promise<boolean> {
  const row = await reader
    .selectFrom('plan_accounts')
    .select('id')
    .where('plan_id', '=', planId)
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row !== undefined
}
