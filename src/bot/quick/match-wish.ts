import { findClasses, type Hit, type Named } from './find-classes.ts'
import type { Wish, WishedDay, WishedTime } from './wish.ts'

/** A slot to choose from; `date` and `start` (`HH:MM`) on the portal's calendar. `past`: it has begun. */
export type Candidate = Named & { date: string; start: string; past: boolean }

/** Why nothing was found; `near` is then what comes nearest. */
type Missing = 'everything' | 'name' | 'day' | 'time' | 'past'

export type Finding<C> =
  | { kind: 'one'; slot: C }
  | { kind: 'some'; slots: C[] }
  | { kind: 'none'; missing: Missing; wish: Wish; near: C[] }

export const MOST_FOUND = 6

/** What the wishes stand for among the candidates: the first wish that finds something counts. */
export function matchWishes<C extends Candidate>(wishes: readonly Wish[], candidates: readonly C[]): Finding<C> {
  let first: Finding<C> | undefined
  for (const wish of wishes) {
    const found = matchWish(wish, candidates)
    if (found.kind !== 'none') return found
    first ??= found
  }
  if (!first) throw new RangeError('no wish was given')
  return first
}

function matchWish<C extends Candidate>(wish: Wish, candidates: readonly C[]): Finding<C> {
  const none = (missing: Missing, near: readonly C[]): Finding<C> => ({
    kind: 'none',
    missing,
    wish,
    near: near.filter(({ past }) => !past).slice(0, MOST_FOUND),
  })
  const { day, time } = wish
  const isNamed = wish.exact !== undefined || wish.words.length > 0
  if (!isNamed && !day && !time) return none('everything', [])
  const named = findClasses(candidates, wish)
  if (named.length === 0) {
    const then = day || time ? onDay(asHits(candidates), day) : []
    return none('name', inOrder(then.map(itemOf), time))
  }
  const thatDay = onDay(named, day)
  const ofName = () => inOrder(best(named).map(itemOf), undefined)
  if (thatDay.length === 0) return none('day', ofName())
  const inFull = atTime(
    thatDay.filter(({ exact }) => exact),
    time,
  )
  const thatTime = inFull.length > 0 ? inFull : atTime(thatDay, time)
  if (thatTime.length === 0) return none('time', inOrder(best(thatDay).map(itemOf), time))
  const left = thatTime.filter(({ item }) => !item.past)
  if (left.length === 0) return none('past', ofName())
  return choose(nearestDay(left, day))
}

function choose<C extends Candidate>(hits: readonly Hit<C>[]): Finding<C> {
  const [only, ...others] = hits.filter(({ sure }) => sure)
  if (only && others.length === 0) return { kind: 'one', slot: only.item }
  const ranked = hits.toSorted((a, b) => a.score - b.score || byStart(a.item, b.item))
  return { kind: 'some', slots: ranked.slice(0, MOST_FOUND).map(itemOf) }
}

function itemOf<C>({ item }: Hit<C>): C {
  return item
}

function asHits<C>(items: readonly C[]): Hit<C>[] {
  return items.map((item) => ({ item, score: 0, exact: false, sure: false }))
}

/** Those of the best name only. */
function best<C>(hits: readonly Hit<C>[]): Hit<C>[] {
  const least = Math.min(...hits.map(({ score }) => score))
  return hits.filter(({ score }) => score === least)
}

function onDay<C extends Candidate>(hits: readonly Hit<C>[], day: WishedDay | undefined): Hit<C>[] {
  if (!day) return [...hits]
  return hits.filter(({ item: { date } }) =>
    'date' in day ? date === day.date : Temporal.PlainDate.from(date).dayOfWeek === day.weekday,
  )
}

/** Who names a weekday means the next one. */
function nearestDay<C extends Candidate>(hits: readonly Hit<C>[], day: WishedDay | undefined): Hit<C>[] {
  if (!day || 'date' in day) return [...hits]
  const nearest = hits.map(({ item }) => item.date).toSorted()[0]
  return hits.filter(({ item }) => item.date === nearest)
}

/** Those that begin at the very minute where there are some, else those within the range that will do. */
function atTime<C extends Candidate>(hits: readonly Hit<C>[], time: WishedTime | undefined): Hit<C>[] {
  if (!time) return [...hits]
  const exact = hits.filter(({ item }) => time.exact.includes(minuteOf(item)))
  if (exact.length > 0) return exact
  return hits.filter(({ item }) => time.within.some(([from, to]) => from <= minuteOf(item) && minuteOf(item) <= to))
}

/** The nearest to the time first where one was wished, else the earliest. */
function inOrder<C extends Candidate>(items: readonly C[], time: WishedTime | undefined): C[] {
  const wished = time?.exact ?? []
  const distance = (item: C) => Math.min(...wished.map((minute) => Math.abs(minute - minuteOf(item))))
  return items.toSorted((a, b) => (wished.length === 0 ? 0 : distance(a) - distance(b)) || byStart(a, b))
}

function byStart(a: Candidate, b: Candidate): number {
  return `${a.date} ${a.start}`.localeCompare(`${b.date} ${b.start}`)
}

function minuteOf({ start }: Candidate): number {
  const [hour = 0, minute = 0] = start.split(':').map(Number)
  return hour * 60 + minute
}
