import type { Figures, Report, Row } from '../report.ts'
import { ms, percentile, summarise } from '../stats.ts'
import type { Counts } from './statistics.ts'

/** Milliseconds, a value a turn. `held`: for how long nothing else had its turn. */
export type Engine = { all: number[]; one: number[]; floor: number[]; held: number[]; floorHeld: number[] }

/** How much longer than plain SQL, which does half of it, all may take. */
const TIMES = 6
/** The share of the whole for which nothing else may have its turn. */
const SHARE = 0.1

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
  const times = median(all) / median(floor)
  const share = median(held) / median(all)
  return [
    { what: `${engine}: plain SQL`, figures: `${ms(median(floor))}, holds up others for ${ms(median(floorHeld))}` },
    {
      what: `${engine}: of everybody`,
      figures: `${ms(median(all))} = ${times.toFixed(1)} × plain`,
      budget: `< ${TIMES} ×`,
      ok: times < TIMES,
    },
    { what: `${engine}: of one account`, figures: ms(median(one)) },
    {
      what: `${engine}: holds up others`,
      figures: `${ms(median(held))} = ${share.toFixed(3)} of the whole, at most ${ms(Math.max(...held))}`,
      budget: `< ${SHARE}`,
      ok: share < SHARE,
    },
  ]
}
