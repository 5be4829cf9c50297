import { stampAfter, toStamp } from '../../src/core/clock.ts'
import type { Account } from '../../src/db/accounts.ts'
import type { ActionErrorKind } from '../../src/db/actions/action.ts'
import type { Database } from '../../src/db/database.ts'
import type { ActionStatus, ActionType, AttemptRow, ShotRow } from '../../src/db/schema.ts'
import { insertShot } from '../../src/db/shots.ts'

type Owner = Pick<Account, 'id' | 'user_id' | 'portal'>

export type Ended = {
  account: Owner
  type?: ActionType
  /** `completed` where nothing is said. */
  status?: Extract<AttemptRow['outcome'], ActionStatus>
  /** Why it failed; makes it `failed` where no status is said. */
  fails?: ActionErrorKind
  daysAgo?: number
  minutesAgo?: number
  /** From being asked for to the end, and of the one attempt. */
  seconds?: number
  attemptSeconds?: number
}

let made = 0

const SLOT = {
  ...{ location: 'Giuriati - Corsi Platinum', course_name: 'Yoga' },
  ...{ date: '2026-11-24', time_slot: '18:00', end_time: '19:00' },
}

/** Puts actions that have ended into the tables, each with its attempt, quicker than by working through the queue. */
export async function insertEnded(db: Database, all: readonly Ended[]): Promise<void> {
  await db.write(async (tx, now) => {
    const actions = all.map((ended) => actionRow(ended, now))
    for (let from = 0; from < all.length; from += 200) {
      const rows = actions.slice(from, from + 200)
      const ids = await tx.insertInto('booking_actions').values(rows).returning(['id', 'dedupe_key']).execute()
      const attempts = ids.map(({ id, dedupe_key }) => {
        const index = rows.findIndex((row) => row.dedupe_key === dedupe_key)
        return attemptRow(id, all[from + index] ?? {}, rows[index]?.completed_at ?? '')
      })
      await tx.insertInto('attempts').values(attempts).execute()
    }
  })
}

function actionRow(ended: Ended, now: Temporal.Instant) {
  const { account, type = 'book', fails, daysAgo = 0, minutesAgo = 0, seconds = 1 } = ended
  const at = now.subtract({ hours: 24 * daysAgo, minutes: minutesAgo })
  const asked = stampAfter(at, -1000 * seconds)
  made += 1
  return {
    ...{ action_type: type, user_id: account.user_id, account_id: account.id, portal: account.portal },
    ...{ status: statusOf(ended), priority: 0, run_at: asked, created_at: asked, completed_at: toStamp(at) },
    ...{ dedupe_key: `ended ${made}`, max_attempts: 3, booking_id: type === 'cancel' ? made : null },
    ...(type === 'book' || type === 'cancel' ? SLOT : {}),
    error: fails === undefined ? null : JSON.stringify({ kind: fails, message: 'test' }),
  }
}

function statusOf({ status, fails }: Partial<Ended>) {
  return status ?? (fails === undefined ? 'completed' : 'failed')
}

function attemptRow(actionId: number, ended: Partial<Ended>, endedAt: string) {
  const { seconds = 1, attemptSeconds = seconds } = ended
  return {
    ...{ action_id: actionId, attempt: 1, worker_id: 'w1', outcome: statusOf(ended), ended_at: endedAt },
    started_at: stampAfter(Temporal.Instant.from(endedAt), -1000 * attemptSeconds),
    ms: 1000 * attemptSeconds,
  }
}

type Fired = {
  account: Owner
  lateMs: number
  answerMs: number
  outcome?: ShotRow['outcome']
  daysAgo?: number
  /** The attempt that fired it ended a second later, done. */
  done?: true
}

/** Keeps a shot at an opening so many days ago, of an action of its own that has not ended. */
export async function addShot(db: Database, fired: Fired): Promise<void> {
  const { account, lateMs, answerMs, outcome = 'booked', daysAgo = 1, done } = fired
  const at = db.clock.now().subtract({ hours: 24 * daysAgo })
  const actionId = await db.write(async (tx, now) => {
    const { completed_at: _, ...action } = actionRow({ account }, now)
    const open = { ...action, status: 'pending' as const }
    const { id } = await tx.insertInto('booking_actions').values(open).returning('id').executeTakeFirstOrThrow()
    const attempt = attemptRow(id, { seconds: 60 }, stampAfter(at, 1000))
    if (done) await tx.insertInto('attempts').values(attempt).execute()
    return id
  })
  await insertShot(db, {
    ...{ action_id: actionId, attempt: 1, account_id: account.id, portal: account.portal, outcome, tries: 1 },
    ...{ opening: toStamp(at), offset_ms: 1.5, error_ms: 2, travel_ms: 20, late_ms: lateMs },
    ...{ armed_at: stampAfter(at, -5000), fired_at: toStamp(at), answered_at: stampAfter(at, answerMs) },
  })
}
