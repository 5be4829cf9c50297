import { stampAfter, toStamp } from '../../core/clock.ts'
import type { Reader } from '../database.ts'
import type { ActionStatus } from '../schema.ts'
import { type Action, toAction } from './action.ts'
import { OPEN, PENDING, PROCESSING } from './statuses.ts'

const DAY_MS = 24 * 60 * 60_000

export type Overview = {
  waiting: { due: number; later: number }
  /** What a worker is at, longest first. */
  inWork: {
    id: number
    workerId: string | null
    since: string | null
    leaseUntil: string | null
    step: string | null
  }[]
  /** The due action that has waited longest. */
  oldestDue: Action | null
  /** How many ended in the last 24 hours, by status. All of history is not counted: it may be long. */
  endedLately: { [status in Exclude<ActionStatus, 'pending' | 'processing'>]: number }
  workers: { id: string; startedAt: string; seenAt: string }[]
  /** Portals that asked for quiet, and until when they are left alone. */
  cooling: { portal: string; until: string }[]
  /** Messages that Telegram has not taken yet. */
  noticesOwed: number
}

/** How the queue stands at `now`. Every part of it is found by an index. */
export async function queueOverview(reader: Reader, now: Temporal.Instant): Promise<Overview> {
  const stamp = toStamp(now)
  return {
    waiting: await countWaiting(reader, stamp),
    inWork: await listInWork(reader),
    oldestDue: await findOldestDue(reader, stamp),
    endedLately: await countEnded(reader, stampAfter(now, -DAY_MS)),
    workers: await listWorkers(reader),
    cooling: await listCooling(reader, stamp),
    noticesOwed: await countOwed(reader),
  }
}

async function countWaiting(reader: Reader, now: string): Promise<Overview['waiting']> {
  const pending = reader
    .selectFrom('booking_actions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', '=', PENDING)
  const due = await pending.where('run_at', '<=', now).executeTakeFirstOrThrow()
  const later = await pending.where('run_at', '>', now).executeTakeFirstOrThrow()
  return { due: Number(due.count), later: Number(later.count) }
}

async function listInWork(reader: Reader): Promise<Overview['inWork']> {
  const rows = await reader
    .selectFrom('booking_actions')
    .select(['id', 'worker_id', 'started_at', 'lease_until'])
    .where('status', '=', PROCESSING)
    .orderBy('started_at')
    .execute()
  const found: Overview['inWork'] = []
  for (const { id, worker_id, started_at, lease_until } of rows) {
    const step = await reader
      .selectFrom('action_steps')
      .select('name')
      .where('action_id', '=', id)
      .where('at', '>=', started_at ?? '')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    found.push({ id, workerId: worker_id, since: started_at, leaseUntil: lease_until, step: step?.name ?? null })
  }
  return found
}

async function findOldestDue(reader: Reader, now: string): Promise<Action | null> {
  const row = await reader
    .selectFrom('booking_actions')
    .selectAll()
    .where('status', '=', PENDING)
    .where('run_at', '<=', now)
    .orderBy('run_at')
    .limit(1)
    .executeTakeFirst()
  return row ? toAction(row) : null
}

async function countEnded(reader: Reader, since: string): Promise<Overview['endedLately']> {
  const rows = await reader
    .selectFrom('booking_actions')
    .select(['status', ({ fn }) => fn.countAll<number>().as('count')])
    .where('completed_at', 'is not', null)
    .where('completed_at', '>=', since)
    .groupBy('status')
    .execute()
  const of = (status: ActionStatus) => Number(rows.find((row) => row.status === status)?.count ?? 0)
  return { completed: of('completed'), failed: of('failed'), cancelled: of('cancelled'), expired: of('expired') }
}

async function listWorkers(reader: Reader): Promise<Overview['workers']> {
  const rows = await reader.selectFrom('workers').selectAll().orderBy('started_at').execute()
  return rows.map(({ id, started_at, seen_at }) => ({ id, startedAt: started_at, seenAt: seen_at }))
}

async function listCooling(reader: Reader, now: string): Promise<Overview['cooling']> {
  const rows = await reader
    .selectFrom('portal_states')
    .select(['portal', 'cooled_until'])
    .where('cooled_until', '>', now)
    .execute()
  return rows.map(({ portal, cooled_until }) => ({ portal, until: cooled_until ?? '' }))
}

async function countOwed(reader: Reader): Promise<number> {
  const { count } = await reader
    .selectFrom('notices')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('ended_at', 'is', null)
    .where('state', '=', PENDING)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export type Filter = {
  /** `open` is what waits or is worked on, `ended` everything else. */
  state: ActionStatus | 'open' | 'ended' | undefined
  userId: number | undefined
  limit: number
}

/** Actions, newest first. */
export async function listActions(reader: Reader, { state, userId, limit }: Filter): Promise<Action[]> {
  let query = reader.selectFrom('booking_actions').selectAll().orderBy('id', 'desc').limit(limit)
  if (userId !== undefined) query = query.where('user_id', '=', userId)
  if (state === 'open') query = query.where('status', 'in', OPEN)
  else if (state === 'ended') query = query.where('completed_at', 'is not', null)
  else if (state !== undefined) query = query.where('status', '=', state)
  return (await query.execute()).map(toAction)
}

/** The action that a worker is at for this account, if there is one. */
export async function findInWork(reader: Reader, accountId: number): Promise<number | undefined> {
  const row = await reader
    .selectFrom('booking_actions')
    .select('id')
    .where('account_id', '=', accountId)
    .where('status', '=', PROCESSING)
    .executeTakeFirst()
  return row?.id
}
