import { messageOf } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Database } from '../db/database.ts'
import { startOf } from '../db/plan-bookings.ts'
import { tellLateWins } from '../db/plan-late.ts'
import { advancePlan, listOpenPlans } from '../db/plan-moves.ts'
import { hopefulOf, type PlanStand } from '../db/plan-state.ts'
import type { PlanRow } from '../db/schema.ts'
import { instantOf } from '../planner/occurrences.ts'
import { windowHours } from '../planner/plan/goal.ts'
import type { IsDue } from '../planner/plan/hour.ts'
import { nextMoves } from '../planner/plan/next-moves.ts'
import type { Move, Outcome, Plan } from '../planner/plan/types.ts'
import type { PortalFacts } from '../portals/contract.ts'
import { getPortal } from '../portals/registry.ts'

/**
 * So long before its opening a try is queued: a look may be a minute late, and workers claim a booking a minute and a
 * half before. Not sooner: until then owners may agree or refuse, and bookings by hand are heeded.
 */
const QUEUED_BEFORE = { minutes: 3 }

/**
 * Makes the next moves of each plan that has not ended, and owes people what ended ones have won late. One plan's
 * trouble is not the others'. Answers when to look again without news: then something is overdue that is under way now.
 */
export async function lookAtPlans(
  db: Database,
  log: Logger,
  portalOf = getPortal,
): Promise<Temporal.Instant | undefined> {
  const instants: Temporal.Instant[] = []
  for (const row of await listOpenPlans(db)) {
    const again = await lookAtPlan(db, log, row, portalOf).catch((error) => {
      log.error({ plan: row.id, error: messageOf(error) }, 'a plan was not looked at')
      return undefined
    })
    if (again) instants.push(again)
  }
  await tellLateWins(db)
  return instants.toSorted(Temporal.Instant.compare)[0]
}

async function lookAtPlan(db: Database, log: Logger, row: PlanRow, portalOf: typeof getPortal) {
  const facts = portalOf(row.portal)
  const now = db.clock.now()
  const { moves, patienceEnds } = await advancePlan(db, row, facts, (stand) => movesOf(row, facts, stand, now))
  for (const move of moves)
    log.info({ plan: row.id, move: move.do === 'end' ? move.outcome.result : move }, 'plan moves')
  return patienceEnds
}

function movesOf(row: PlanRow, facts: PortalFacts, stand: PlanStand, now: Temporal.Instant): Move[] {
  const { state } = stand
  const plan = withoutBegun(row, facts, stand, now)
  const isDue = isDueAt(row, facts, now)
  const moves = nextMoves(plan, state, isDue)
  const [first] = moves
  if (first?.do !== 'end') return moves
  // Who has not agreed yet may do so until an opening: while they could still make a run, the plan does not end.
  const hopeful = nextMoves(plan, hopefulOf(stand, dueHours(plan, isDue)), isDue)
  if (hopeful[0]?.do !== 'end') return []
  return [{ do: 'end', outcome: withWholeStory(first.outcome, stand.plan) }]
}

/** The hours that are tried now, by whoever may: for them it is too late to agree. */
function dueHours(plan: Plan, isDue: IsDue): number[] {
  const [first] = plan.places
  return windowHours(plan).filter((hour) => first !== undefined && isDue(first.place, hour))
}

/** Whether a place's hour opens so soon that its tries are to be queued, or has opened. */
function isDueAt({ date }: PlanRow, { opening }: PortalFacts, now: Temporal.Instant): IsDue {
  return (place, hour) => {
    const opensAt = opening({ date, start: startOf(hour), location: place })
    return Temporal.Instant.compare(opensAt.subtract(QUEUED_BEFORE), now) <= 0
  }
}

/** The plan without the hours that have begun before anything was tried: after downtime, or for a plan of today. */
function withoutBegun(
  { date }: PlanRow,
  { timeZone }: PortalFacts,
  { plan, state }: PlanStand,
  now: Temporal.Instant,
): Plan {
  const isTried = (hour: number) => state.tries.some((made) => made.hour === hour)
  let { from } = plan
  while (from < plan.to && !isTried(from) && hasBegun(instantOf(date, startOf(from), timeZone), now)) from += 1
  return { ...plan, from }
}

function hasBegun(start: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(start, now) <= 0
}

/** Hours that were too late to be tried have a line too. */
function withWholeStory(outcome: Outcome, { from, to }: Plan): Outcome {
  const told = outcome.story[0]?.hour ?? to
  const missed = Array.from({ length: told - from }, (_, index) => from + index)
  const lines = missed.map((hour) => ({ hour, came: 'given-up', places: [] }) as const)
  return { ...outcome, story: [...lines, ...outcome.story] }
}
