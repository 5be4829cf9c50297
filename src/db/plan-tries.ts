import { toStamp } from '../core/clock.ts'
import type { Try } from '../planner/plan/types.ts'
import { type ActionError, type ActionErrorKind, actionErrorSchema } from './actions/action.ts'
import { PENDING, PROCESSING } from './actions/statuses.ts'
import type { Reader, Tx } from './database.ts'
import { endOf } from './plan-try-end.ts'

/** A try as the planner knows it, with what people are told of it. */
export type TryView = Try & {
  planId: number
  /** Null once the account is removed. */
  accountName: string | null
  actionId: number
  cancelActionId: number | null
  /** The `user_bookings` row that it made; once it was given back, or its day is over, there is none any more. */
  bookingId: number | null
  /** Why it did not win, or why its last attempt did not while it is open; null otherwise. */
  error: ActionErrorKind | null
  portalSays: string | null
  /** It may have won all the same: the portal could not be asked. */
  outcomeUnknown: boolean
  /** What of it waits in the queue for a worker. */
  waits: 'try' | 'cancel' | null
  /** It is open, has not reached the portal, and nobody wants it back yet. */
  recallable: boolean
  queuedAt: string
  /** When its giving back was asked for; null when it was not. */
  cancelQueuedAt: string | null
  /** Somebody has asked for the same: the action, and what it books, is theirs and not for the plan to take back. */
  foreign: boolean
  /** When it ended, else when a worker last began with it, else when it was queued. */
  at: string
}

/** The tries of these plans, oldest first, each as its actions stand. */
export async function listTries(reader: Reader, planIds: readonly number[]): Promise<TryView[]> {
  if (planIds.length === 0) return []
  const rows = await selectTries(reader).where('t.plan_id', 'in', planIds).orderBy('t.id').execute()
  return rows.map(toTry)
}

/** In one query: what it answers is of one moment. */
function selectTries(reader: Reader) {
  return reader
    .selectFrom('plan_tries as t')
    .leftJoin('booking_actions as a', 'a.id', 't.action_id')
    .leftJoin('booking_actions as c', 'c.id', 't.cancel_action_id')
    .leftJoin('accounts', 'accounts.id', 't.account_id')
    .select(['t.id', 't.plan_id', 't.hour', 't.place', 't.option', 't.account_id', 't.kind', 't.created_at'])
    .select(['t.action_id', 't.cancel_action_id', 'accounts.name as account_name', 't.given_back', 'a.booking_id'])
    .select(['a.user_id', 'a.status', 'a.error', 'a.submitted_at', 'a.cancel_requested', 'a.started_at'])
    .select(['a.completed_at', 'c.status as cancel_status', 'c.created_at as cancel_created_at'])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectTries>['execute']>>[number]

function toTry(row: Row): TryView {
  const error = row.error === null ? null : actionErrorSchema.parse(JSON.parse(row.error))
  return {
    id: row.id,
    planId: row.plan_id,
    hour: row.hour,
    place: row.place,
    option: row.option,
    account: row.account_id,
    kind: row.kind,
    state: stateOf(row, error),
    cancelling: cancellingOf(row),
    accountName: row.account_name,
    actionId: row.action_id,
    cancelActionId: row.cancel_action_id,
    bookingId: row.booking_id,
    error: error?.kind ?? null,
    portalSays: error?.portalSays ?? null,
    outcomeUnknown: error?.outcomeUnknown ?? false,
    waits: waitsOf(row),
    recallable: isRecallable(row),
    queuedAt: row.created_at,
    cancelQueuedAt: row.cancel_created_at,
    foreign: isForeign(row),
    at: row.completed_at ?? row.started_at ?? row.created_at,
  }
}

/**
 * Of an account that was removed the actions are gone too: whatever it was, it is not the plan's any more. While or once
 * somebody else's holds the hour, it is spent and nothing of it is given back.
 */
function stateOf(row: Row, error: ActionError | null): Try['state'] {
  const { status } = row
  switch (status) {
    case 'pending':
    case 'processing':
      return isForeign(row) ? 'overlap' : 'open'
    case 'completed':
      return isForeign(row) ? 'overlap' : 'won'
    case 'failed':
    case 'expired':
      return error === null ? 'failed' : endOf(error.kind)
    case 'cancelled':
    case null:
      return 'stopped'
  }
}

/** Given back by whomever: the plan, its owner in the chat, or by hand on the site. What is over was not cancelled. */
function cancellingOf(row: Row): Try['cancelling'] {
  const { status, given_back, cancel_status } = row
  if (status !== 'completed' || isForeign(row)) return null
  if (given_back === 1) return 'done'
  switch (cancel_status) {
    case null:
      return null
    case 'pending':
    case 'processing':
      return 'open'
    case 'completed':
      return 'done'
    case 'failed':
    case 'expired':
    case 'cancelled':
      return 'failed'
  }
}

function waitsOf(row: Row): TryView['waits'] {
  const { status, cancel_status } = row
  if (isForeign(row)) return null
  if (status === 'pending') return 'try'
  return cancel_status === 'pending' ? 'cancel' : null
}

function isRecallable(row: Row): boolean {
  const { status, submitted_at, cancel_requested } = row
  return (
    !isForeign(row) &&
    (status === 'pending' || status === 'processing') &&
    submitted_at === null &&
    cancel_requested === 0
  )
}

/** A plan's own action is nobody's; the queue makes it theirs who asks for the same. */
function isForeign({ user_id }: Row): boolean {
  return user_id !== null
}

/** Which open tries are meant: all of the plan, those of an account, or a single one. */
type Which = { planId: number; accountId?: number; tryId?: number }

/**
 * Takes back what is open of a plan, of one of its accounts, or of one try: at once what waits, cooperatively what a worker is at.
 * What may have reached the portal goes on to its end, and what somebody else asks for too is theirs. Poke `work` and `news`.
 */
export async function takeBackTries(tx: Tx, { planId, accountId, tryId }: Which, now: Temporal.Instant): Promise<void> {
  const tried = tx
    .selectFrom('plan_tries')
    .select('action_id')
    .where('plan_id', '=', planId)
    .$if(accountId !== undefined, (query) => query.where('account_id', '=', Number(accountId)))
    .$if(tryId !== undefined, (query) => query.where('id', '=', Number(tryId)))
  const open = tx
    .updateTable('booking_actions')
    .where('id', 'in', tried)
    .where('user_id', 'is', null)
    .where('submitted_at', 'is', null)
  await open.set({ cancel_requested: 1 }).where('status', '=', PROCESSING).execute()
  await open
    .set({ status: 'cancelled', completed_at: toStamp(now) })
    .where('status', '=', PENDING)
    .execute()
}

/** Whether the plan has begun. */
export async function hasTries(reader: Reader, planId: number): Promise<boolean> {
  const row = await reader
    .selectFrom('plan_tries')
    .select('id')
    .where('plan_id', '=', planId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
