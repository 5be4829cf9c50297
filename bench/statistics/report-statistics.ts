import type { Figures, Report, Row } from '../report.ts'
import { ms, percentile, round, summarise } from '../stats.ts'
import type { Counts } from './statistics.ts'

/** Milliseconds, a value a turn. `held`: for how long nothing else had its turn. */
export type Engine = { all: number[]; one: number[]; floor: number[]; held: number[]; floorHeld: number[] }

/** Longer than that a person takes for no answer. */
const WHOLE_MS = 2_000
/** What a press may wait behind (shared/performance: p99 of a press). */
const HELD_MS = 25

export function reportOf({ ended, turns }: Counts, engines: { [engine: string]: Engine }): Report {
  const figures: { [engine: string]: Figures } = {}
  const rows = Object.entries(engines).flatMap(([engine, measured]) => {
    figures[engine] = Object.fromEntries(Object.entries(measured).map(([what, values]) => [what, summarise(values)]))
    return rowsOf(engine, measured)
  })
  return {
    rows,
    notes: [
      `${ended.toLocaleString('en')} ended actions of 48 accounts, each with an attempt; medians of ${turns} turns.`,
      'Plain SQL counts the actions and ranks their attempts in two queries: half of what the statistics tell.',
    ],
    figures,
  }
}

function rowsOf(engine: string, { all, one, floor, held, floorHeld }: Engine): Row[] {
  const median = (values: readonly number[]) => percentile(values, 0.5)
  const longest = Math.max(...held)
  const times = round(median(all) / median(floor), 1)
  return [
    {
      what: `${engine}: plain SQL`,
      figures: `${ms(median(floor))}, holds up others for ${ms(Math.max(...floorHeld))}`,
    },
    {
      what: `${engine}: of everybody`,
      figures: `${ms(median(all))} = ${times} × plain`,
      budget: `< ${WHOLE_MS} ms`,
      ok: median(all) < WHOLE_MS,
    },
    { what: `${engine}: of one account`, figures: ms(median(one)) },
    {
      what: `${engine}: holds up others`,
      figures: `${ms(median(held))}, at most ${ms(longest)}`,
      budget: `p50 < ${HELD_MS} ms`,
      ok: median(held) < HELD_MS,
    },
  ]
}
