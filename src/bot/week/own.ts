import type { Account } from '../../db/accounts.ts'
import type { BookAction } from '../../db/actions/action.ts'
import { listOpenActionsOf } from '../../db/actions/read.ts'
import { listBookingsOf } from '../../db/bookings.ts'
import { listOccurrencesFrom } from '../../db/confirmations.ts'
import type { Database } from '../../db/database.ts'
import { listRulesOf } from '../../db/periodic-bookings.ts'
import type { ConfirmationState, RuleRow } from '../../db/schema.ts'
import { nextDates } from '../../planner/occurrences.ts'
import { nameKey } from '../../portals/match.ts'
import { getPortal } from '../../portals/registry.ts'
import { localNow, startInstant } from '../dates.ts'
import { type Dated, datedOf, nameOf, placeOf } from '../names.ts'
import type { WeekEntry, WeekKind } from './picture.ts'

/** An entry of the user's own, with what names its class. */
export type Own = { key: string; accountId: number; entry: WeekEntry }

/** Enough for the two weeks that are shown. */
const OCCURRENCES = 3
/** An occurrence in one of these states takes place no more, or not by us. */
const OVER: readonly ConfirmationState[] = ['skipped', 'expired', 'dropped', 'missing', 'void']

/** What names a class, whoever goes there. */
export function classKey(portal: string, dated: Omit<Dated, 'end'>): string {
  return `${portal} ${dated.date} ${dated.start} ${nameKey(dated)}`
}

/**
 * What the user holds, waits for, and has recurring, of all accounts, from now on. Of what an account has twice, such
 * as a rule's class that is booked, the first of these counts.
 */
export async function listOwn(db: Database, userId: number, accounts: readonly Account[]): Promise<Own[]> {
  const all = [
    ...(await booked(db, userId, accounts)),
    ...(await waiting(db, userId, accounts)),
    ...(await recurring(db, userId, accounts)),
  ]
  const seen = new Set<string>()
  return all.filter(({ key, accountId }) => {
    const known = seen.has(`${accountId} ${key}`)
    seen.add(`${accountId} ${key}`)
    return !known
  })
}

async function booked(db: Database, userId: number, accounts: readonly Account[]): Promise<Own[]> {
  const now = db.clock.now()
  const own: Own[] = []
  for (const portal of new Set(accounts.map((account) => account.portal))) {
    const rows = await listBookingsOf(db.read, userId, localNow(portal, now))
    const here = rows.filter((row) => row.portal === portal)
    own.push(...here.map((row) => ownOf('booked', row.account_id, portal, datedOf(row), accounts)))
  }
  return own
}

/** What is to be booked; a slot that is only looked at for a free place is nothing that one may go to. */
async function waiting(db: Database, userId: number, accounts: readonly Account[]): Promise<Own[]> {
  const now = db.clock.now()
  const actions = await listOpenActionsOf(db.read, userId)
  return actions
    .filter((action): action is BookAction => action.type === 'book' && action.watch !== 'tell')
    .filter(({ portal, slot }) => Temporal.Instant.compare(startInstant(portal, slot), now) > 0)
    .map(({ accountId, portal, slot }) => ownOf('waiting', accountId, portal, slot, accounts))
}

async function recurring(db: Database, userId: number, accounts: readonly Account[]): Promise<Own[]> {
  const own: Own[] = []
  for (const rule of await listRulesOf(db.read, userId)) {
    const { location, course_name: course, time_slot: start, end_time: end } = rule
    for (const date of await datesOf(db, rule))
      own.push(ownOf('recurring', rule.account_id, rule.portal, { date, start, end, location, course }, accounts))
  }
  return own
}

/** The dates on which the rule will come: not while it is paused, and not what is skipped. */
async function datesOf(db: Database, rule: RuleRow): Promise<string[]> {
  const { timeZone } = getPortal(rule.portal)
  const now = db.clock.now()
  const occurrences = await listOccurrencesFrom(db.read, rule.id, localNow(rule.portal, now).date)
  const over = new Set(occurrences.filter(({ state }) => OVER.includes(state)).map(({ date }) => date))
  return nextDates({ weekday: rule.weekday, time: rule.time_slot, timeZone }, now, OCCURRENCES)
    .filter((date) => rule.state === 'active' || (rule.paused_until !== null && date >= rule.paused_until))
    .filter((date) => !over.has(date))
}

function ownOf(kind: WeekKind, accountId: number, portal: string, dated: Dated, accounts: readonly Account[]): Own {
  // Whose it is comes first: of a long place only the beginning is seen.
  const account = accounts.length > 1 ? accounts.find(({ id }) => id === accountId)?.name : undefined
  const place = [account, placeOf(dated)].filter(Boolean).join(' · ')
  const { date, start, end } = dated
  return {
    key: classKey(portal, dated),
    accountId,
    entry: { kind, date, start, end, name: nameOf(dated), place, spots: null },
  }
}
