import type { ActionErrorKind } from '../actions/action.ts'
import type { ActionType } from '../schema.ts'
import { quantiles } from './quantiles.ts'
import { COUNTED, type Verdict } from './verdict.ts'

/** One action that has ended, as far as the statistics care. Times are in seconds; null where they say nothing. */
export type EndedAction = {
  type: ActionType
  verdict: Verdict
  /** Why it was not done; undefined when it was, or when nobody failed. */
  kind: ActionErrorKind | undefined
  /** From when it was asked for, or could first be done, to its end. */
  seconds: number | null
  /** Of the attempt that did it, without the wait for an opening. */
  attemptSeconds: number | null
}

/** In seconds: one half took no longer than the median, nine in ten no longer than `p90`. */
export type Spread = { median: number; p90: number }

export type ActionFigures = {
  type: ActionType
  ended: number
  done: number
  wonByOthers: number
  refused: number
  wentWrong: number
  takenBack: number
  expired: number
  /** Done of done, won by others, refused and went wrong, from 0 to 1; null when there were none of these. */
  rate: number | null
  /** Why the rest of these were not done, most frequent first. */
  failures: { kind: ActionErrorKind; count: number }[]
  /** How long those that were done took, the wait in the queue included; null when none says. */
  seconds: Spread | null
  /** How long the attempts took that did it. */
  attemptSeconds: Spread | null
}

/** The order in which kinds of actions are told: what people ask for first. */
const TYPES: readonly ActionType[] = ['book', 'cancel', 'check', 'sync', 'refresh']

/** Gathers ended actions of one portal or account. */
export type Tally = {
  add(action: EndedAction): void
  /** The figures of each kind of action there was. */
  figures(): ActionFigures[]
}

export function createTally(): Tally {
  const byType = new Map<ActionType, Counters>()
  return {
    add(action) {
      const counters = byType.get(action.type) ?? emptyCounters()
      byType.set(action.type, counters)
      count(counters, action)
    },
    figures: () =>
      TYPES.flatMap((type) => {
        const counters = byType.get(type)
        return counters ? [figuresOf(type, counters)] : []
      }),
  }
}

type Counters = {
  verdicts: Map<Verdict, number>
  failures: Map<ActionErrorKind, number>
  seconds: number[]
  attemptSeconds: number[]
}

function emptyCounters(): Counters {
  return { verdicts: new Map(), failures: new Map(), seconds: [], attemptSeconds: [] }
}

function count(counters: Counters, { verdict, kind, seconds, attemptSeconds }: EndedAction): void {
  increase(counters.verdicts, verdict)
  if (verdict === 'done') {
    if (seconds !== null) counters.seconds.push(seconds)
    if (attemptSeconds !== null) counters.attemptSeconds.push(attemptSeconds)
  } else if (kind !== undefined && COUNTED.has(verdict)) increase(counters.failures, kind)
}

function increase<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function figuresOf(type: ActionType, { verdicts, failures, seconds, attemptSeconds }: Counters): ActionFigures {
  const of = (verdict: Verdict) => verdicts.get(verdict) ?? 0
  const counted = [...COUNTED].reduce((sum, verdict) => sum + of(verdict), 0)
  return {
    type,
    ended: counted + of('taken-back') + of('expired'),
    done: of('done'),
    wonByOthers: of('won-by-others'),
    refused: of('refused'),
    wentWrong: of('went-wrong'),
    takenBack: of('taken-back'),
    expired: of('expired'),
    rate: counted === 0 ? null : of('done') / counted,
    failures: [...failures]
      .map(([kind, times]) => ({ kind, count: times }))
      .toSorted((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    seconds: spreadOf(seconds),
    attemptSeconds: spreadOf(attemptSeconds),
  }
}

function spreadOf(values: readonly number[]): Spread | null {
  const [median, p90] = quantiles(values, [0.5, 0.9])
  return median === undefined || p90 === undefined ? null : { median, p90 }
}
