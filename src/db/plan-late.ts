import { sql } from 'kysely'
import { OPEN } from './actions/statuses.ts'
import type { Database, Reader, Tx } from './database.ts'
import { insertNotice } from './notices.ts'
import { startOf } from './plan-bookings.ts'
import { courseOf } from './plan-choices.ts'
import { findPlan } from './plan-views.ts'

/** Written out, so that the index of these serves. */
const LATE = sql.lit(1)

/** The plan has ended though this try is still open: what comes of it is to be told. */
export async function expectLate(tx: Tx, tryId: number): Promise<void> {
  await tx.updateTable('plan_tries').set({ late: 1 }).where('id', '=', tryId).execute()
}

/**
 * Owes the makers of ended plans, and the owners of the accounts, what these have won after all: of an account that was
 * suspended a plan waits for nothing. Of any number of executors one does so.
 */
export async function tellLateWins(db: Database): Promise<void> {
  for (const { id, plan_id: planId } of await listOver(db.read))
    await db.write((tx, now) => tellLateWin(tx, planId, id, now), ['news'])
}

async function listOver(reader: Reader): Promise<{ id: number; plan_id: number }[]> {
  return await reader
    .selectFrom('plan_tries as t')
    .leftJoin('booking_actions as a', 'a.id', 't.action_id')
    .select(['t.id', 't.plan_id'])
    .where('t.late', '=', LATE)
    .where((eb) => eb.or([eb('a.status', 'is', null), eb('a.status', 'not in', OPEN)]))
    .orderBy('t.id')
    .execute()
}

async function tellLateWin(tx: Tx, planId: number, tryId: number, now: Temporal.Instant): Promise<void> {
  const taken = tx.updateTable('plan_tries').set({ late: 0 }).where('id', '=', tryId).where('late', '=', LATE)
  if (!(await taken.returning('id').executeTakeFirst())) return
  const plan = await findPlan(tx, planId)
  const won = plan?.tries.find(({ id, state }) => id === tryId && state === 'won')
  const account = plan?.accounts.find(({ accountId }) => accountId === won?.account)
  if (!plan || !won || !account) return
  const { portal, date } = plan
  const slot = { portal, location: won.place, course: courseOf(won.option), date, start: startOf(won.hour) }
  const notice = { kind: 'plan-late', planId, tryId, account: account.name, ...slot } as const
  for (const userId of new Set([plan.userId, account.ownerId])) await insertNotice(tx, { userId, notice, now })
}
