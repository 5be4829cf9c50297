import { setImmediate as letOthersGo } from 'node:timers/promises'
import { type Account, listAccountsOf } from '../../db/accounts.ts'
import type { Database } from '../../db/database.ts'
import { onePerPortal } from '../accounts.ts'
import { localNow, momentPhrase } from '../dates.ts'
import { datedOf, nameOf } from '../names.ts'
import { type Judged, listJudged } from '../slot-state.ts'
import type { Words } from '../texts.ts'
import { weekLabels } from './labels.ts'
import { classKey, listOwn, type Own } from './own.ts'
import type { WeekDay, WeekEntry, WeekPicture } from './picture.ts'

const DAYS = 7

/**
 * What the user's week holds: of all their accounts the bookings, what waits in the queue and what recurs, and of their
 * portals the classes with free places. `week` 0 begins today, `week` 1 seven days later. Undefined without an account.
 */
export async function collectWeek(
  db: Database,
  words: Words,
  userId: number,
  week: number,
): Promise<WeekPicture | undefined> {
  const accounts = await listAccountsOf(db.read, userId)
  const [first] = accounts
  if (!first) return undefined
  const today = localNow(first.portal, db.clock.now()).date
  const dates = datesFrom(today, week)
  const own = await listOwn(db, userId, accounts)
  const days: WeekDay[] = []
  for (const date of dates) {
    days.push(await dayOf(db, words, onePerPortal(accounts), own, date, today))
    // Seven days in one go would keep presses waiting.
    await letOthersGo()
  }
  return { days, labels: weekLabels(words, dates.at(0) ?? today, dates.at(-1) ?? today) }
}

function datesFrom(today: string, week: number): string[] {
  const first = Temporal.PlainDate.from(today).add({ days: DAYS * week })
  return Array.from({ length: DAYS }, (_, n) => first.add({ days: n }).toString())
}

async function dayOf(
  db: Database,
  words: Words,
  accounts: readonly Account[],
  own: readonly Own[],
  date: string,
  today: string,
): Promise<WeekDay> {
  const mine = own.filter(({ entry }) => entry.date === date)
  const taken = new Set(mine.map(({ key }) => key))
  const others: Judged[] = []
  for (const account of accounts) {
    const judged = await listJudged(db, account, date)
    others.push(...judged.filter(({ row }) => !taken.has(classKey(row.portal, datedOf(row)))))
  }
  const free = others.filter(({ can }) => can.can).map(freeEntry)
  return {
    date,
    isToday: date === today,
    entries: [...mine.map(({ entry }) => entry), ...free],
    note: free.length > 0 ? null : openingOf(db, words, others),
  }
}

function freeEntry({ row }: Judged): WeekEntry {
  const dated = datedOf(row)
  // What was seen before the opening, such as "full", says nothing of the places there are now.
  const spots = row.spots === 0 ? null : row.spots
  return {
    kind: 'free',
    date: row.date,
    start: row.time_slot,
    end: row.end_time,
    name: nameOf(dated),
    place: '',
    spots,
  }
}

/** From when the classes of a day can be booked, where none of them can yet. */
function openingOf(db: Database, words: Words, judged: readonly Judged[]): string | null {
  const closed = judged.flatMap(({ row, can }) =>
    !can.can && can.why === 'not-open-yet' ? [{ portal: row.portal, opensAt: can.opensAt }] : [],
  )
  const [first] = closed.toSorted((one, other) => Temporal.Instant.compare(one.opensAt, other.opensAt))
  if (!first) return null
  const opens = momentPhrase(words, first.portal, first.opensAt, db.clock.now())
  return words.text('week-opens', { n: closed.length, opens })
}
