import { stampAfter, toStamp } from '../../core/clock.ts'
import type { Reader } from '../database.ts'
import { readEndedActions } from './ended-actions.ts'
import { type ActionFigures, createTally, type Tally } from './tally.ts'

const DAY_MS = 24 * 60 * 60_000

export type Statistics = {
  /** The first and the last instant they cover, as stamps. */
  since: string
  until: string
  portals: PortalStatistics[]
}

/** What was done, by the kind of action; a kind that never ended is not in it. */
export type Summary = { actions: ActionFigures[] }
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
  const ofAccounts = new Map(accounts.map(({ id }) => [id, createTally()]))
  const ofPortals = new Map(accounts.map(({ portal }) => [portal, createTally()]))
  const portalOf = new Map(accounts.map(({ id, portal }) => [id, portal]))
  for await (const slice of readEndedActions(reader, { since, accountIds: [...ofAccounts.keys()] })) {
    for (const action of slice) {
      ofAccounts.get(action.accountId)?.add(action)
      ofPortals.get(portalOf.get(action.accountId) ?? '')?.add(action)
    }
  }
  const portals = [...ofPortals].map(([portal, tally]) => ({
    portal,
    ...summaryOf(tally),
    accounts: accounts
      .filter((one) => one.portal === portal)
      .map((one) => ({ ...one, ...summaryOf(ofAccounts.get(one.id)) })),
  }))
  return { since, until: toStamp(now), portals }
}

function summaryOf(tally: Tally | undefined): Summary {
  return { actions: tally?.figures() ?? [] }
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
