import { instantOf } from '../planner/occurrences.ts'
import { getPortal } from '../portals/registry.ts'
import { enqueueIn } from './actions/enqueue.ts'
import type { NewAction } from './actions/new-action.ts'
import type { Database, Reader, Tx } from './database.ts'
import { insertNotice } from './notices.ts'
import { lockPlan } from './plan-lock.ts'
import type { TryView } from './plan-tries.ts'
import { findPlanFor, type PlanView } from './plan-views.ts'
import type { BookingRow } from './schema.ts'
import { findUser } from './users.ts'

export type LeftoverAnswer =
  | { outcome: 'queued'; actionId: number }
  /** It is not held any more. */
  | { outcome: 'gone' }
  /** The account's owner has withdrawn their consent: it is theirs to cancel. */
  | { outcome: 'owner-only' }
  /** There is no such leftover of an ended plan that the user made, or of an account of theirs. */
  | { outcome: 'unknown' }

/** What an ended plan has won beside its run, by then or since, in the order of the hours; some of it may be given back. */
export function leftoversOf({ outcome, tries }: Pick<PlanView, 'outcome' | 'tries'>): TryView[] {
  if (!outcome) return []
  return tries
    .filter(({ id, state }) => state === 'won' && !outcome.run.some(({ tryId }) => tryId === id))
    .toSorted((a, b) => a.hour - b.hour)
}

export type CancelRight = 'yes' | 'owner-only' | 'no'

/** Whether the user may have what this account won cancelled: its owner may, and who made the plan with their consent. */
export function rightToCancel(
  { userId: makerId, accounts }: Pick<PlanView, 'userId' | 'accounts'>,
  userId: number,
  accountId: number,
): CancelRight {
  const account = accounts.find((one) => one.accountId === accountId)
  if (!account) return 'no'
  if (account.ownerId === userId) return 'yes'
  if (makerId !== userId) return 'no'
  return account.consent === 'accepted' ? 'yes' : 'owner-only'
}

/**
 * Has a booking cancelled that an ended plan still holds beside its run; who asks is told the result, and the account's
 * owner, if that is somebody else, who has asked for it. Asked again while it is on its way, it is the same action.
 */
export async function cancelLeftover(
  db: Database,
  userId: number,
  planId: number,
  tryId: number,
): Promise<LeftoverAnswer> {
  return await db.write(
    async (tx, now): Promise<LeftoverAnswer> => {
      const plan = (await lockPlan(tx, planId)) && (await findPlanFor(tx, userId, planId))
      const tried = plan?.tries.find(({ id }) => id === tryId)
      if (!plan || !tried || !leftoversOf(plan).includes(tried)) return { outcome: 'unknown' }
      const right = rightToCancel(plan, userId, tried.account)
      if (right !== 'yes') return { outcome: right === 'no' ? 'unknown' : right }
      const held = await findHeld(tx, tried.bookingId)
      if (!held) return { outcome: 'gone' }
      const queued = await enqueueIn(tx, { ...cancellingOf(held), userId }, now)
      if (!queued) return { outcome: 'gone' }
      await noteCancelling(tx, tryId, queued.id)
      if (!queued.duplicate) await tellAccountsOwner(tx, { plan, userId, held, actionId: queued.id, now })
      return { outcome: 'queued', actionId: queued.id }
    },
    ['work', 'news'],
  )
}

type Asked = { plan: PlanView; userId: number; held: BookingRow; actionId: number; now: Temporal.Instant }

async function tellAccountsOwner(tx: Tx, { plan, userId, held, actionId, now }: Asked): Promise<void> {
  const account = plan.accounts.find(({ accountId }) => accountId === held.account_id)
  if (!account || account.ownerId === userId) return
  const { portal, location, course_name: course, date, time_slot: start } = held
  const by = (await findUser(tx, userId))?.first_name ?? ''
  const about = { by, account: account.name, portal, location, course, date, start }
  const notice = { kind: 'plan-cancelled', planId: plan.id, actionId, ...about } as const
  await insertNotice(tx, { userId: account.ownerId, notice, now })
}

export async function findHeld(reader: Reader, bookingId: number | null): Promise<BookingRow | undefined> {
  if (bookingId === null) return undefined
  return await reader.selectFrom('user_bookings').selectAll().where('id', '=', bookingId).executeTakeFirst()
}

/** What cancels this booking. */
export function cancellingOf(held: BookingRow): Omit<Extract<NewAction, { type: 'cancel' }>, 'userId'> {
  const { date, time_slot: start, end_time: end, location, course_name: course } = held
  return {
    type: 'cancel',
    accountId: held.account_id,
    portal: held.portal,
    bookingId: held.id,
    booking: { date, start, end, location, course },
    deadline: instantOf(date, start, getPortal(held.portal).timeZone),
  }
}

export async function noteCancelling(tx: Tx, tryId: number, actionId: number): Promise<void> {
  await tx.updateTable('plan_tries').set({ cancel_action_id: actionId }).where('id', '=', tryId).execute()
}
