import type { Outcome } from '../planner/plan/types.ts'
import type { Reader } from './database.ts'
import { type PlanPlaceChoice, placesOf } from './plan-choices.ts'
import { outcomeOf } from './plan-outcome.ts'
import { listTries, type TryView } from './plan-tries.ts'
import type { Consent, PlanRow, PlanState } from './schema.ts'

export type PlanAccountView = {
  accountId: number
  name: string
  ownerId: number
  ownerName: string
  consent: Consent
  suspended: boolean
  /** Its owner has agreed, and it is not suspended. */
  usable: boolean
}

/** A plan as people are shown it. Hours are whole start hours in the portal's zone. */
export type PlanView = {
  id: number
  /** Who made it. */
  userId: number
  portal: string
  date: string
  hours: number
  least: number
  from: number
  to: number
  places: PlanPlaceChoice[]
  /** Grows with each change. */
  version: number
  state: PlanState
  outcome: Outcome | null
  chatMessageId: number | null
  createdAt: string
  endedAt: string | null
  /** In the order in which they try; one that was removed from the house is not there any more. */
  accounts: PlanAccountView[]
  /** Oldest first; `option` is `''` for a place without parts. */
  tries: TryView[]
}

/** The user's own plans and those that use an account of theirs, newest first. */
export async function listPlans(reader: Reader, userId: number): Promise<PlanView[]> {
  return await viewsOf(reader, await plansFor(reader, userId).execute())
}

/** The plan if the user made it or owns an account in it; for everybody else it does not exist. */
export async function findPlanFor(reader: Reader, userId: number, planId: number): Promise<PlanView | undefined> {
  const [view] = await viewsOf(reader, await plansFor(reader, userId).where('id', '=', planId).execute())
  return view
}

export async function findPlan(reader: Reader, planId: number): Promise<PlanView | undefined> {
  const [view] = await viewsOf(reader, await reader.selectFrom('plans').selectAll().where('id', '=', planId).execute())
  return view
}

function plansFor(reader: Reader, userId: number) {
  return reader
    .selectFrom('plans')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('user_id', '=', userId),
        eb('id', 'in', eb.selectFrom('plan_accounts').select('plan_id').where('plan_accounts.user_id', '=', userId)),
      ]),
    )
    .orderBy('id', 'desc')
}

async function viewsOf(reader: Reader, rows: readonly PlanRow[]): Promise<PlanView[]> {
  const ids = rows.map(({ id }) => id)
  const accounts = Map.groupBy(await listPlanAccounts(reader, ids), ({ planId }) => planId)
  const tries = Map.groupBy(await listTries(reader, ids), ({ planId }) => planId)
  return rows.map((row) => ({
    id: row.id,
    userId: row.user_id,
    portal: row.portal,
    date: row.date,
    hours: row.hours,
    least: row.least,
    from: row.from_hour,
    to: row.to_hour,
    places: placesOf(row),
    version: row.version,
    state: row.state,
    outcome: outcomeOf(row),
    chatMessageId: row.chat_message_id,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    accounts: (accounts.get(row.id) ?? []).map(({ planId: _, ...account }) => account),
    tries: tries.get(row.id) ?? [],
  }))
}

/** The accounts of these plans in the order in which they try. */
export async function listPlanAccounts(
  reader: Reader,
  planIds: readonly number[],
): Promise<(PlanAccountView & { planId: number })[]> {
  if (planIds.length === 0) return []
  const rows = await reader
    .selectFrom('plan_accounts as p')
    .innerJoin('accounts', 'accounts.id', 'p.account_id')
    .innerJoin('users', 'users.id', 'p.user_id')
    .select(['p.plan_id', 'p.account_id', 'p.user_id', 'p.consent'])
    .select(['accounts.name', 'accounts.state', 'users.first_name'])
    .where('p.plan_id', 'in', planIds)
    .orderBy('p.position')
    .execute()
  return rows.map((row) => ({
    planId: row.plan_id,
    accountId: row.account_id,
    name: row.name,
    ownerId: row.user_id,
    ownerName: row.first_name,
    consent: row.consent,
    suspended: row.state === 'suspended',
    usable: row.consent === 'accepted' && row.state === 'active',
  }))
}
