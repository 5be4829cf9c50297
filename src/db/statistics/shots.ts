import type { ExpressionBuilder, SqlBool } from 'kysely'
import type { Reader } from '../database.ts'
import type { Schema, ShotRow } from '../schema.ts'
import type { Wanted } from './ended-actions.ts'
import { quantiles } from './quantiles.ts'

export type ShotFigures = {
  count: number
  won: number
  /** Won of all, from 0 to 1. */
  rate: number
  /**
   * How long after the opening the first request of each reached the portal, by the portal's clock; before it when
   * negative. The best is the least of those that were not too early; null when all were.
   */
  lateMs: { best: number | null; median: number }
  /** From the first request to the last answer. */
  answerMs: { best: number; median: number }
}

export type Shot = { accountId: number; won: boolean; lateMs: number; answerMs: number }

/** Every shot that was fired from `since` on. */
export async function readShots(reader: Reader, { since, accountIds }: Wanted): Promise<Shot[]> {
  if (accountIds.length === 0) return []
  const rows = await reader
    .selectFrom('shots')
    .select(['account_id', 'fired_at', 'answered_at', 'late_ms', 'outcome'])
    .select(wasDone)
    .where('fired_at', '>=', since)
    .where('account_id', 'in', accountIds)
    .execute()
  return rows.map(toShot)
}

/** Whether the attempt that fired it did what was asked: of a lost answer the portal's list told afterwards. */
function wasDone({ exists, selectFrom }: ExpressionBuilder<Schema, 'shots'>) {
  const attempt = selectFrom('attempts as t')
    .select('t.id')
    .whereRef('t.action_id', '=', 'shots.action_id')
    .where('t.outcome', '=', 'completed')
    // Attempts that do not count share a number, but never a time.
    .whereRef('t.started_at', '<=', 'shots.fired_at')
    .whereRef('t.ended_at', '>=', 'shots.fired_at')
  return exists(attempt).as('done')
}

type Row = Pick<ShotRow, 'account_id' | 'fired_at' | 'answered_at' | 'late_ms' | 'outcome'> & { done: SqlBool }

function toShot(row: Row): Shot {
  const [fired, answered] = [Temporal.Instant.from(row.fired_at), Temporal.Instant.from(row.answered_at)]
  return {
    accountId: row.account_id,
    won: row.outcome === 'booked' || Boolean(row.done),
    lateMs: row.late_ms,
    answerMs: Math.max(0, answered.epochMilliseconds - fired.epochMilliseconds),
  }
}

/** The figures of these shots; null when there are none. */
export function figuresOfShots(shots: readonly Shot[]): ShotFigures | null {
  const late = shots.map(({ lateMs }) => lateMs)
  const [medianLate] = quantiles(late, [0.5])
  const [bestLate] = quantiles(
    late.filter((ms) => ms >= 0),
    [0],
  )
  const [bestAnswer, medianAnswer] = quantiles(
    shots.map(({ answerMs }) => answerMs),
    [0, 0.5],
  )
  if (medianLate === undefined || bestAnswer === undefined || medianAnswer === undefined) return null
  const won = shots.filter((shot) => shot.won).length
  return {
    count: shots.length,
    won,
    rate: won / shots.length,
    lateMs: { best: bestLate ?? null, median: medianLate },
    answerMs: { best: bestAnswer, median: medianAnswer },
  }
}
