import type { Figures, Report, Row } from '../report.ts'
import { ms, percentile, round, summarise } from '../stats.ts'
import type { Counts } from './growth.ts'

/** Milliseconds by what was done, with few and with many ended actions. */
export type Measured = { small: Times; large: Times }
type Times = { [what: string]: number[] }

/** How much slower the long past may make anything. */
const TIMES = 2

export function reportOf({ small, large, turns }: Counts, engines: { [engine: string]: Measured }): Report {
  const figures: { [engine: string]: Figures } = {}
  const rows: Row[] = []
  for (const [engine, measured] of Object.entries(engines)) {
    const compared = Object.keys(measured.small).map((what) => compare(what, measured))
    rows.push(...compared.map((each) => rowOf(engine, each)))
    figures[engine] = Object.fromEntries(
      compared.map(({ what, few, many, times }) => [
        what,
        { few: summarise(few), many: summarise(many), times: round(times) },
      ]),
    )
  }
  const n = (value: number) => value.toLocaleString('en')
  return {
    rows,
    notes: [
      `${n(small.ended)} and ${n(large.ended)} ended actions (each with an attempt, two steps and a notice), ${n(small.pending)} waiting in both, half of them due.`,
      `Medians (and the 99th of 100) of ${turns} turns on two databases open side by side, each thing done on one and then on the other.`,
    ],
    figures,
  }
}

type Compared = { what: string; few: number[]; many: number[]; times: number }

function compare(what: string, { small, large }: Measured): Compared {
  const [few, many] = [small[what] ?? [], large[what] ?? []]
  return { what, few, many, times: percentile(many, 0.5) / percentile(few, 0.5) }
}

function rowOf(engine: string, { what, few, many, times }: Compared): Row {
  return {
    what: `${engine}: ${what}`,
    figures: `${show(few)} → ${show(many)} = ${times.toFixed(2)} ×`,
    budget: `< ${TIMES} ×`,
    ok: times < TIMES,
  }
}

function show(values: readonly number[]): string {
  const { p50, p99 } = summarise(values)
  return `${ms(p50)} (${ms(p99)})`
}
