import { nextDayOfMonth } from './read-day.ts'
import { hourOf } from './read-time.ts'
import type { WishedDay, WishedTime } from './wish.ts'

/** A bare number, and what the word before it makes of it. */
export type BareNumber = { text: string; role: Role | undefined }
type Role = 'hour' | 'day' | 'name'

/** What the bare numbers can mean together. */
type Meaning = { day: WishedDay | undefined; time: WishedTime | undefined; words: string[] }

/** Only the first ones are thought about; more are part of a name. */
const THOUGHT_ABOUT = 3
const KEPT = 4
/** How unlikely a role is: an hour is what people write most. */
const UNLIKELY = { hour: 0, day: 1, name: 4 } as const
const HOUR_BEFORE_DAY = 0.5

/** The meanings that bare numbers can have beside the day and the time that are known already, the likeliest first. */
export function assignNumbers(
  numbers: readonly BareNumber[],
  known: { day: WishedDay | undefined; time: WishedTime | undefined },
  today: Temporal.PlainDate,
): Meaning[] {
  const [head, tail] = [numbers.slice(0, THOUGHT_ABOUT), numbers.slice(THOUGHT_ABOUT)]
  return combinations(head)
    .map((roles) => ({ roles, cost: costOf(roles), meaning: meaningOf(head, roles, known, today) }))
    .toSorted((a, b) => a.cost - b.cost)
    .flatMap(({ meaning }) => (meaning ? [meaning] : []))
    .slice(0, KEPT)
    .map((meaning) => ({ ...meaning, words: [...meaning.words, ...tail.map(({ text }) => text)] }))
}

function combinations([first, ...others]: readonly BareNumber[]): Role[][] {
  if (!first) return [[]]
  const roles: Role[] = first.role ? [first.role, 'name'] : ['hour', 'day', 'name']
  return combinations(others).flatMap((rest) => roles.map((role) => [role, ...rest]))
}

function costOf(roles: readonly Role[]): number {
  const [hour, day] = [roles.indexOf('hour'), roles.indexOf('day')]
  const order = hour >= 0 && day >= 0 && hour < day ? HOUR_BEFORE_DAY : 0
  return roles.reduce((sum, role) => sum + UNLIKELY[role], order)
}

/** Undefined when the roles do not go together: two hours, a day that is another weekday than the one written. */
function meaningOf(
  numbers: readonly BareNumber[],
  roles: readonly Role[],
  known: { day: WishedDay | undefined; time: WishedTime | undefined },
  today: Temporal.PlainDate,
): Meaning | undefined {
  const meaning: Meaning = { ...known, words: [] }
  let [hours, days] = [known.time ? 1 : 0, known.day && 'date' in known.day ? 1 : 0]
  for (const [index, { text }] of numbers.entries()) {
    switch (roles[index]) {
      case 'hour':
        meaning.time = hourOf(text)
        if (!meaning.time || ++hours > 1) return undefined
        break
      case 'day': {
        const date = dayOf(Number(text), known.day, today)
        if (date === undefined || ++days > 1) return undefined
        meaning.day = { date }
        break
      }
      default:
        meaning.words.push(text)
    }
  }
  return meaning
}

function dayOf(number: number, day: WishedDay | undefined, today: Temporal.PlainDate): string | undefined {
  if (number < 1 || number > 31) return undefined
  const date = nextDayOfMonth(number, today)
  const contradicts = day !== undefined && 'weekday' in day && day.weekday !== date.dayOfWeek
  return contradicts ? undefined : date.toString()
}
