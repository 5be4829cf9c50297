import { toStamp } from '../core/clock.ts'
import { superfluous } from '../planner/plan/next-moves.ts'
import type { Move } from '../planner/plan/types.ts'
import type { PortalFacts } from '../portals/contract.ts'
import { enqueueIn } from './actions/enqueue.ts'
import type { Database, Tx } from './database.ts'
import { bookingOfTry } from './plan-bookings.ts'
import { endPlan, tellBegun } from './plan-end.ts'
import { noteGivenBack } from './plan-given-back.ts'
import { cancellingOf, findHeld, noteCancelling } from './plan-leftovers.ts'
import { lockPlan, OPEN_PLAN } from './plan-lock.ts'
import { type PlanStand, readStand } from './plan-state.ts'
import { takeBackTries } from './plan-tries.ts'
import type { PlanRow } from './schema.ts'

/** What is to be done next, told from where a plan stands and nothing else but the time. */
export type Decide = (stand: PlanStand) => Move[]

/** The plans that have not ended, oldest first. */
export async function listOpenPlans({ read }: Database): Promise<PlanRow[]> {
  return await read.selectFrom('plans').selectAll().where('state', 'in', OPEN_PLAN).orderBy('id').execute()
}

/**
 * Makes the next moves of a plan in one transaction, in which it is decided again from what then stands: of any number
 * of executors one makes each move, and one that dies on the way has made none. Where there is nothing to do it only
 * reads. Answers the moves made, and until when the plan waits for what is under way, if nothing else comes before.
 */
export async function advancePlan(db: Database, seen: PlanRow, facts: PortalFacts, decide: Decide): Promise<Advance> {
  const before = await readStand(db.read, seen, facts, db.clock.now())
  const { patienceEnds } = before
  if (!listRecalls(before).length && !decide(before).length) return { moves: [], patienceEnds }
  return await db.write(
    async (tx, now) => {
      const row = await lockPlan(tx, seen.id)
      if (!row || row.state === 'ended') return { moves: [], patienceEnds: undefined }
      const stand = await readStand(tx, row, facts, now)
      const recalls = listRecalls(stand)
      for (const tryId of recalls) await takeBackTries(tx, { planId: row.id, tryId }, now)
      // What comes of that is seen at the next look, which its news bring about.
      if (recalls.length > 0) return { moves: [], patienceEnds }
      const moves = decide(stand)
      for (const move of moves) await make(tx, { row, stand, facts, now }, move)
      return { moves, patienceEnds }
    },
    ['news', 'work'],
  )
}

export type Advance = { moves: Move[]; patienceEnds: Temporal.Instant | undefined }

/** The tries that are not to go on and can still be taken back: their account may not be used, or nobody needs them. */
function listRecalls({ plan, tries, state }: PlanStand): number[] {
  const needless = superfluous(plan, state).map(({ id }) => id)
  return tries
    .filter(({ recallable }) => recallable)
    .filter(({ id, account }) => state.unusable.includes(account) || needless.includes(id))
    .map(({ id }) => id)
}

type Making = { row: PlanRow; stand: PlanStand; facts: PortalFacts; now: Temporal.Instant }

async function make(tx: Tx, making: Making, move: Move): Promise<void> {
  switch (move.do) {
    case 'try':
      return await makeTry(tx, making, move)
    case 'cancel':
      return await makeCancel(tx, making, move.tryId)
    case 'end':
      return await endPlan(tx, making.row, making.stand, move.outcome, making.now)
  }
}

async function makeTry(tx: Tx, making: Making, aim: Extract<Move, { do: 'try' }>): Promise<void> {
  const { row, stand, facts, now } = making
  const queued = await enqueueIn(tx, await bookingOfTry(tx, row, facts, aim), now)
  // Somebody has just asked for the same: it is theirs, and at the next look the account's hour is spent.
  if (!queued || queued.duplicate) return
  await tx
    .insertInto('plan_tries')
    .values({
      plan_id: row.id,
      hour: aim.hour,
      place: aim.place,
      option: aim.option,
      account_id: aim.account,
      kind: aim.kind,
      action_id: queued.id,
      cancel_action_id: null,
      created_at: toStamp(now),
    })
    .execute()
  if (stand.tries.length === 0) await tellBegun(tx, row, now)
}

async function makeCancel(tx: Tx, { stand, now }: Making, tryId: number): Promise<void> {
  const held = await findHeld(tx, stand.tries.find(({ id }) => id === tryId)?.bookingId ?? null)
  if (!held) return await noteGivenBack(tx, tryId)
  const origin = `plan-cancel:${tryId}`
  const queued = await enqueueIn(tx, { ...cancellingOf(held), userId: null, urgent: true, origin }, now)
  if (queued) await noteCancelling(tx, tryId, queued.id)
}
