import { setImmediate as turn } from 'node:timers/promises'
import { findPortal } from '../../portals/registry.ts'
import { type ActionErrorKind, actionErrorSchema } from '../actions/action.ts'
import type { Reader } from '../database.ts'
import type { ActionRow, AttemptRow } from '../schema.ts'
import type { EndedAction } from './tally.ts'
import { verdictOf } from './verdict.ts'

/** So many actions are read at once: fewer than anybody would notice whose press waits behind them. */
const SLICE = 500

/** Which actions: those that ended from `since` on, a stamp, of these accounts. */
export type Wanted = { since: string; accountIds: readonly number[] }

/**
 * Every ended action, in slices, the oldest slice first. Between two of them others have their turn: SQLite
 * answers in the thread that asks, which is the bot's.
 */
export async function* readEndedActions(
  reader: Reader,
  { since, accountIds }: Wanted,
): AsyncGenerator<(EndedAction & { accountId: number })[]> {
  if (accountIds.length === 0) return
  const kindOf = rememberingKinds()
  for (let from: string | undefined = since; from !== undefined; ) {
    const until = await sliceEnd(reader, from)
    const rows = await readSlice(reader, from, until, accountIds)
    yield rows.filter(isCounted).flatMap((row) => {
      const kind = row.error === null ? undefined : kindOf(row.error)
      const verdict = verdictOf(row.status, kind)
      return verdict ? [{ ...timesOf(row), type: row.action_type, accountId: row.account_id, verdict, kind }] : []
    })
    from = until
    await turn()
  }
}

/** Where the slice that begins at `from` ends, itself not in it: a stamp, so that those of one instant stay together. */
async function sliceEnd(reader: Reader, from: string): Promise<string | undefined> {
  const row = await reader
    .selectFrom('booking_actions')
    .select('completed_at')
    .where('completed_at', 'is not', null)
    .where('completed_at', '>', from)
    .orderBy('completed_at')
    .limit(1)
    .offset(SLICE)
    .executeTakeFirst()
  return row?.completed_at ?? undefined
}

/** Not the look at one slot for a page that shows it: often another one has just looked, and nothing is done. */
function isCounted({ action_type, date }: Row): boolean {
  return action_type !== 'refresh' || date === null
}

type Row = Pick<
  ActionRow,
  | 'account_id'
  | 'portal'
  | 'action_type'
  | 'status'
  | 'error'
  | 'created_at'
  | 'run_at'
  | 'completed_at'
  | 'location'
  | 'date'
  | 'time_slot'
  | 'watch'
> & { attempt_started_at: AttemptRow['started_at'] | null }

async function readSlice(
  reader: Reader,
  from: string,
  until: string | undefined,
  accountIds: readonly number[],
): Promise<Row[]> {
  let query = reader
    .selectFrom('booking_actions as a')
    // Of its attempts only the one that did it.
    .leftJoin('attempts as t', (join) => join.onRef('t.action_id', '=', 'a.id').on('t.outcome', '=', 'completed'))
    .select(['a.account_id', 'a.portal', 'a.action_type', 'a.status', 'a.error', 'a.created_at', 'a.run_at'])
    .select(['a.completed_at', 'a.location', 'a.date', 'a.time_slot', 'a.watch'])
    .select('t.started_at as attempt_started_at')
    .where('a.completed_at', 'is not', null)
    .where('a.completed_at', '>=', from)
    .where('a.account_id', 'in', accountIds)
  if (until !== undefined) query = query.where('a.completed_at', '<', until)
  return await query.execute()
}

function timesOf(row: Row): Pick<EndedAction, 'seconds' | 'attemptSeconds'> {
  if (row.status !== 'completed' || row.completed_at === null) return { seconds: null, attemptSeconds: null }
  const ended = millisecondsOf(row.completed_at)
  const due = Math.max(millisecondsOf(row.created_at), openingOf(row) ?? 0)
  const begun = row.attempt_started_at === null ? undefined : millisecondsOf(row.attempt_started_at)
  return {
    // A watched slot is waited for as long as somebody else holds it: that is not our time.
    seconds: row.watch === null ? secondsBetween(due, ended) : null,
    attemptSeconds: begun === undefined ? null : secondsBetween(Math.max(begun, due), ended),
  }
}

/** When the slot could first be booked; only looked for where the action was not due at once. */
function openingOf({ action_type, portal, run_at, created_at, date, time_slot, location }: Row): number | undefined {
  if (action_type !== 'book' || run_at <= created_at) return undefined
  if (date === null || time_slot === null || location === null) return undefined
  return findPortal(portal)?.opening({ date, start: time_slot, location }).epochMilliseconds
}

function millisecondsOf(stamp: string): number {
  return Temporal.Instant.from(stamp).epochMilliseconds
}

/** Never negative: what was claimed ahead of its opening may end a little before it. */
function secondsBetween(from: number, to: number): number {
  return Math.max(0, to - from) / 1000
}

/** The same errors come again and again: each text is read once. */
function rememberingKinds(): (error: string) => ActionErrorKind {
  const known = new Map<string, ActionErrorKind>()
  return (error) => {
    const kind = known.get(error) ?? actionErrorSchema.parse(JSON.parse(error)).kind
    known.set(error, kind)
    return kind
  }
}
