import type { Plan, PlanState, Try } from '../planner/plan/types.ts'
import type { PortalFacts } from '../portals/contract.ts'
import { OPEN } from './actions/statuses.ts'
import type { Reader } from './database.ts'
import { planOf } from './plan-choices.ts'
import { patienceEnds } from './plan-patience.ts'
import { listTries, type TryView } from './plan-tries.ts'
import { listPlanAccounts, type PlanAccountView } from './plan-views.ts'
import type { PlanRow } from './schema.ts'

/** A plan as the planner takes it, with what its moves are written from. */
export type PlanStand = {
  plan: Plan
  state: PlanState
  accounts: readonly PlanAccountView[]
  tries: readonly TryView[]
  /** Accounts that are not usable, but may be before it matters: their owner has not answered, or they are suspended. */
  mayCome: readonly number[]
  /** When the next of what is under way is not waited for any more. */
  patienceEnds: Temporal.Instant | undefined
}

/** Where the plan stands at this instant. */
export async function readStand(
  reader: Reader,
  row: PlanRow,
  facts: Pick<PortalFacts, 'opening'>,
  now: Temporal.Instant,
): Promise<PlanStand> {
  const accounts = await listPlanAccounts(reader, [row.id])
  // Before the tries: a booking that one of them makes or gives back meanwhile is then known to be its own.
  const bookings = await listOthers(reader, row, accounts)
  const tries = await listTries(reader, [row.id])
  const ids = accounts.map(({ accountId }) => accountId)
  const unusable = accounts.filter(({ usable }) => !usable)
  const suspended = new Set(accounts.filter((account) => account.suspended).map(({ accountId }) => accountId))
  const own = tries.filter(({ foreign }) => !foreign)
  const ofOthers = bookings.filter(({ booking_id, action_id }) =>
    own.every((made) => (booking_id === null ? made.actionId !== action_id : made.bookingId !== booking_id)),
  )
  const ends = tries.flatMap((made) => {
    const at = patienceEnds(made, row, facts)
    return at === undefined ? [] : [{ id: made.id, at, isOver: Temporal.Instant.compare(at, now) <= 0 }]
  })
  return {
    plan: planOf(row, ids),
    state: {
      tries: tries.map((made) => (suspended.has(made.account) ? withoutHope(made) : made)),
      held: [...ofOthers.flatMap(heldBy), ...tries.filter(isInDoubt)],
      overdue: ends.filter(({ isOver }) => isOver).map(({ id }) => id),
      unusable: unusable.map(({ accountId }) => accountId),
      stopped: row.state === 'stopping',
    },
    accounts,
    tries,
    mayCome: unusable.filter(({ consent }) => consent !== 'refused').map(({ accountId }) => accountId),
    patienceEnds: ends
      .filter(({ isOver }) => !isOver)
      .map(({ at }) => at)
      .toSorted(Temporal.Instant.compare)[0],
  }
}

/** The state as it would be if every account came that may, though too late for these hours. */
export function hopefulOf({ state, mayCome }: PlanStand, tooLate: readonly number[] = []): PlanState {
  const missed = mayCome.flatMap((account) => tooLate.map((hour) => ({ account, hour, place: '' })))
  return {
    ...state,
    unusable: state.unusable.filter((account) => !mayCome.includes(account)),
    held: [...state.held, ...missed],
  }
}

/** It failed, but the portal may hold it: its account counts as spent. */
function isInDoubt({ state, outcomeUnknown }: TryView): boolean {
  return outcomeUnknown && state !== 'open'
}

/**
 * No worker takes an action of a suspended account: what may have reached the portal and could not be taken back would
 * keep the plan waiting until the class begins. Its account is out of the plan all the same.
 */
function withoutHope(made: TryView): Try {
  if (made.waits === 'try') return { ...made, state: 'auth-failed' }
  return made.waits === 'cancel' ? { ...made, cancelling: 'failed' } : made
}

type Other = {
  account_id: number
  location: string | null
  time_slot: string | null
  end_time: string | null
  booking_id: number | null
  action_id: number | null
}

/** What these accounts hold on that date, and what is being booked for them. */
async function listOthers(
  reader: Reader,
  { date }: Pick<PlanRow, 'date'>,
  accounts: readonly PlanAccountView[],
): Promise<Other[]> {
  const ids = accounts.map(({ accountId }) => accountId)
  if (ids.length === 0) return []
  // What is open first: it may become a booking meanwhile, but no booking becomes an action.
  const queued = await reader
    .selectFrom('booking_actions')
    .select(['id as action_id', 'account_id', 'location', 'time_slot', 'end_time', 'watch'])
    .where('status', 'in', OPEN)
    .where('account_id', 'in', ids)
    .where('date', '=', date)
    .where('action_type', '=', 'book')
    .execute()
  const held = await reader
    .selectFrom('user_bookings')
    .select(['id as booking_id', 'account_id', 'location', 'time_slot', 'end_time'])
    .where('account_id', 'in', ids)
    .where('date', '=', date)
    .execute()
  return [
    ...held.map((booking) => ({ ...booking, action_id: null })),
    ...queued.filter(({ watch }) => watch !== 'tell').map((action) => ({ ...action, booking_id: null })),
  ]
}

/** Every hour that it touches: one of 13:30 to 14:30 takes two. */
function heldBy({ account_id: account, location, time_slot, end_time }: Other): PlanState['held'] {
  const first = hourOf(time_slot ?? '')
  const last = end_time === null ? first : hourOf(minuteBefore(end_time))
  const count = Math.max(1, last - first + 1)
  return Array.from({ length: count }, (_, index) => ({ account, hour: first + index, place: location ?? '' }))
}

function hourOf(time: string): number {
  return Number(time.slice(0, 'HH'.length))
}

function minuteBefore(time: string): string {
  return Temporal.PlainTime.from(time).subtract({ minutes: 1 }).toString()
}
