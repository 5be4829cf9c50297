import { stampAfter, toStamp } from '../../core/clock.ts'
import type { Reader } from '../database.ts'
import { readEndedActions, type Wanted } from './ended-actions.ts'
import { figuresOfShots, readShots, type Shot, type ShotFigures } from './shots.ts'
import { type ActionFigures, createTally, type Tally } from './tally.ts'

const DAY_MS = 24 * 60 * 60_000

export type Statistics = {
  /** The first and the last instant they cover, as stamps. */
  since: string
  until: string
  portals: PortalStatistics[]
}

/** By the kind of action, where any has ended; and the shots at openings, null when there were none. */
export type Summary = { actions: ActionFigures[]; shots: ShotFigures | null }
export type PortalStatistics = Summary & { portal: string; accounts: AccountStatistics[] }
export type AccountStatistics = Summary & {
  id: number
  name: string
  portal: string
  /** Whose it is; the name may be empty. */
  userId: number
  userName: string
}

/** Of everybody, of one user's accounts, or of one account. */
export type Scope = 'everybody' | { userId: number } | { accountId: number }

/**
 * How well it went in the `days` up to `now`: every account of the scope is in it, under its portal, also where nothing
 * has ended. What housekeeping has removed (`keep.days`) does not count any more.
 */
export async function readStatistics(
  reader: Reader,
  scope: Scope,
  days: number,
  now: Temporal.Instant,
): Promise<Statistics> {
  const since = stampAfter(now, -days * DAY_MS)
  const accounts = await readAccounts(reader, scope)
  const wanted = { since, accountIds: accounts.map(({ id }) => id) }
  const tallies = await tallyActions(reader, wanted, accounts)
  const shots = Map.groupBy(await readShots(reader, wanted), ({ accountId }) => accountId)
  const portals = [...Map.groupBy(accounts, ({ portal }) => portal)].map(([portal, its]) => ({
    portal,
    ...summaryOf(
      tallies.ofPortals.get(portal),
      its.flatMap(({ id }) => shots.get(id) ?? []),
    ),
    accounts: its.map((one) => ({ ...one, ...summaryOf(tallies.ofAccounts.get(one.id), shots.get(one.id) ?? []) })),
  }))
  return { since, until: toStamp(now), portals }
}

async function tallyActions(
  reader: Reader,
  wanted: Wanted,
  accounts: readonly Pick<AccountStatistics, 'id' | 'portal'>[],
) {
  const ofPortals = new Map(accounts.map(({ portal }) => [portal, createTally()]))
  const ofAccounts = new Map(accounts.map(({ id }) => [id, createTally()]))
  const portalOf = new Map(accounts.map(({ id, portal }) => [id, portal]))
  for await (const slice of readEndedActions(reader, wanted)) {
    for (const action of slice) {
      ofAccounts.get(action.accountId)?.add(action)
      ofPortals.get(portalOf.get(action.accountId) ?? '')?.add(action)
    }
  }
  return { ofPortals, ofAccounts }
}

function summaryOf(tally: Tally | undefined, shots: readonly Shot[]): Summary {
  return { actions: tally?.figures() ?? [], shots: figuresOfShots(shots) }
}

async function readAccounts(reader: Reader, scope: Scope): Promise<Omit<AccountStatistics, keyof Summary>[]> {
  let query = reader
    .selectFrom('accounts')
    .innerJoin('users', 'users.id', 'accounts.user_id')
    .select(['accounts.id', 'accounts.name', 'accounts.portal'])
    .select(['accounts.user_id as userId', 'users.first_name as userName'])
    .orderBy('accounts.id')
  if (scope !== 'everybody')
    query =
      'userId' in scope ? query.where('users.id', '=', scope.userId) : query.where('accounts.id', '=', scope.accountId)
  return await query.execute()
}
