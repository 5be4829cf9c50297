import { sql } from 'kysely'
import { stampAfter, toStamp } from '../../core/clock.ts'
import type { Database, Tx } from '../database.ts'
import type { ActionRow, ActionType } from '../schema.ts'
import { lastStatement } from '../statement.ts'
import { type Action, toAction } from './action.ts'
import { LEASE_MS, type Lease } from './lease.ts'
import { look } from './look.ts'
import { LONGEST_PRIORITY } from './priority.ts'
import { PENDING } from './statuses.ts'
import { tidy } from './tidy.ts'

export type Claim = { action: Action; lease: Lease }

/** Who claims, and what. */
export type Claimer = {
  workerId: string
  /** Portal id → concurrent sessions over all workers. A portal that is not in it has one. */
  sessionLimits: ReadonlyMap<string, number>
  /** Only actions of these types; all when left out. */
  types?: readonly ActionType[] | undefined
}

/**
 * Claims the next action: whose turn it is, by due time and priority, then by age; never a second one of an account,
 * none of an account that is suspended (but its check), none past its deadline, none of a portal that is left alone (but
 * bookings, where it asked only for fewer requests), and no more a portal than its sessions.
 * First takes back what lost its lease and ends what is overdue. Undefined when there is nothing to do.
 */
export async function claimNextAction(
  db: Database,
  workerId: string,
  sessionLimits: ReadonlyMap<string, number>,
  types?: readonly ActionType[],
): Promise<Claim | undefined> {
  const claimer = { workerId, sessionLimits, types }
  const seen = await look(db)
  const isUntidy = seen.lost || seen.overdue
  if (!seen.due && !isUntidy) return undefined
  const { claim, tidied } = await db.write(async (tx, now) => {
    const tidied = isUntidy ? await tidy(tx, now) : 0
    return { claim: await claimOne(db, tx, claimer, now), tidied }
  })
  if (claim || tidied > 0) db.waker.poke('news')
  return claim
}

/** Claims as the last thing in the transaction `tx`, where no other claim comes between. */
export async function claimOne(
  db: Database,
  tx: Tx,
  claimer: Claimer,
  now: Temporal.Instant,
): Promise<Claim | undefined> {
  await db.lockClaims(tx)
  const { workerId } = claimer
  const until = stampAfter(now, LEASE_MS)
  const latest = stampAfter(now, LONGEST_PRIORITY * 1000 + db.clockErrorMs)
  // What another process has just queued must not be found to be in the future.
  const soon = stampAfter(now, db.clockErrorMs)
  const [row] = await claimStatement(db, claimer)(tx, { now: toStamp(now), soon, latest, until, workerId })
  if (!row) return undefined
  const lease = {
    actionId: row.id,
    token: row.lease_token,
    attempt: row.attempt,
    workerId,
    startedAt: now,
  }
  return { action: toAction(row), lease }
}

type ClaimStatement = ReturnType<typeof makeClaimStatement>
const statements = new Map<string, ClaimStatement>()

/** The statement for these limits and types, which stay the same as long as a worker runs. */
function claimStatement(db: Database, claimer: Claimer): ClaimStatement {
  const key = JSON.stringify([db.engine, [...claimer.sessionLimits], claimer.types])
  const known = statements.get(key)
  if (known) return known
  const made = makeClaimStatement(db, claimer)
  statements.set(key, made)
  return made
}

function makeClaimStatement({ skipLocked }: Database, { sessionLimits, types }: Claimer) {
  return lastStatement<{ now: string; soon: string; latest: string; until: string; workerId: string }, ActionRow>(
    ['now', 'soon', 'latest', 'until', 'workerId'],
    (db, { now, soon, latest, until, workerId }) => {
      const cooled = db.selectFrom('portal_states').select('portal').where('cooled_until', '>', now)
      const blocked = db.selectFrom('portal_states').select('portal').where('blocked_until', '>', now)
      const full = db
        .selectFrom('booking_actions')
        .select('portal')
        .where('status', '=', sql.lit('processing'))
        .groupBy('portal')
        .having(({ fn }) => fn.countAll(), '>=', sessionsOf(sessionLimits))
      let next = db
        .selectFrom('booking_actions as a')
        .innerJoin('accounts', 'accounts.id', 'a.account_id')
        .select('a.id')
        .where('a.status', '=', PENDING)
        // Whose turn may have come; and of these who is due, said so that no engine takes the index of that instead.
        .where('a.turn_at', '<=', latest)
        .where(sql<string>`a.run_at || ''`, '<=', soon)
        // What is overdue is not begun; but what may have been done is looked up at the portal.
        .where((eb) =>
          eb.or([eb('a.deadline', 'is', null), eb('a.deadline', '>', now), eb('a.outcome_unknown', '=', 1)]),
        )
        .where((eb) => eb.or([eb('accounts.state', '=', 'active'), eb('a.action_type', '=', 'check')]))
        .where('a.portal', 'not in', blocked.union(full))
        // A booking goes on where a portal only asks for fewer requests: as `isPlainBooking` has it.
        .where(({ eb, or, and }) =>
          or([and([eb('a.action_type', '=', 'book'), eb('a.watch', 'is', null)]), eb('a.portal', 'not in', cooled)]),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('booking_actions as p')
                .select('p.id')
                .whereRef('p.account_id', '=', 'a.account_id')
                .where('p.status', '=', sql.lit('processing')),
            ),
          ),
        )
        .orderBy('a.turn_at')
        .orderBy('a.id')
        .limit(1)
        .modifyEnd(skipLocked)
      if (types)
        next = next.where(
          'a.action_type',
          'in',
          types.map((type) => sql.lit(type)),
        )
      return db
        .updateTable('booking_actions')
        .set((eb) => ({
          status: 'processing' as const,
          attempt: eb('attempt', '+', 1),
          lease_token: eb('lease_token', '+', 1),
          lease_until: until,
          worker_id: workerId,
          started_at: now,
        }))
        .where('id', '=', next)
        .where('status', '=', 'pending')
        .returningAll()
    },
  )
}

/** How many sessions a portal may have: by its id, one where nothing is said. */
function sessionsOf(limits: ReadonlyMap<string, number>) {
  if (limits.size === 0) return sql<number>`1`
  const cases = [...limits].map(([portal, sessions]) => sql`when ${sql.lit(portal)} then ${sql.lit(sessions)}`)
  return sql<number>`case portal ${sql.join(cases, sql` `)} else 1 end`
}
