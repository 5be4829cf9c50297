import type { Figures, Report, Row } from '../report.ts'
import { ms, round, summarise } from '../stats.ts'

/** Shares of a core, and milliseconds of pickups after it. */
export type Idled = {
  seconds: number
  /** The bot, then the workers. */
  processes: number[]
  /** PostgreSQL with all its processes. */
  server?: number
  pickups: number[]
}

/** Of one core, in hundredths. */
const CPU_PERCENT = 1
const PICKUP_P50_MS = 2
const PICKUP_P99_MS = 6
const PICKUP_TIMES_FLOOR = 1.3

export function reportOf(sqlite: Idled, postgres: Idled & { floor: number[] }): Report {
  const pickups = { sqlite: summarise(sqlite.pickups), postgres: summarise(postgres.pickups) }
  const floor = summarise(postgres.floor)
  const times = pickups.postgres.p50 / floor.p50
  return {
    rows: [
      cpuRow('SQLite', sqlite),
      {
        what: 'SQLite: queued → known to be claimed, right after that',
        figures: `p50 ${ms(pickups.sqlite.p50)}, p99 ${ms(pickups.sqlite.p99)}`,
        budget: `p50 ≤ ${PICKUP_P50_MS} ms, p99 ≤ ${PICKUP_P99_MS} ms`,
        ok: pickups.sqlite.p50 <= PICKUP_P50_MS && pickups.sqlite.p99 <= PICKUP_P99_MS,
      },
      cpuRow('PostgreSQL', postgres),
      { what: 'PostgreSQL: the server beside them', figures: percent(postgres.server ?? 0) },
      {
        what: 'PostgreSQL: queued → known to be claimed, plain statements, LISTEN and NOTIFY (floor)',
        figures: `p50 ${ms(floor.p50)}, p99 ${ms(floor.p99)}`,
      },
      {
        what: 'PostgreSQL: queued → known to be claimed, right after that',
        figures: `p50 ${ms(pickups.postgres.p50)}, p99 ${ms(pickups.postgres.p99)} = ${times.toFixed(2)} × floor`,
        budget: `p50 ≤ ${PICKUP_TIMES_FLOOR} × floor`,
        ok: times <= PICKUP_TIMES_FLOOR,
      },
    ],
    notes: [
      `The bot and 4 workers as they run, ${Math.round(sqlite.seconds)} s without anything to do; CPU as Linux counts it, in hundredths of a core.`,
      `Then ${sqlite.pickups.length} actions, one by one; the time until whoever queued it has heard that it was claimed, a second wake-up included.`,
    ],
    figures: {
      sqlite: figuresOf(sqlite),
      postgres: { ...figuresOf(postgres), server: round(postgres.server ?? 0, 5), floor, timesFloor: round(times) },
    },
  }
}

function cpuRow(engine: string, { processes }: Idled): Row {
  const [bot = 0, ...workers] = processes
  const total = sum(processes)
  return {
    what: `${engine}: CPU of bot and 4 workers, idle`,
    figures: `${percent(total)} (bot ${percent(bot)}, a worker ${percent(sum(workers) / workers.length)})`,
    budget: `< ${CPU_PERCENT} % of a core`,
    ok: total * 100 < CPU_PERCENT,
  }
}

function figuresOf(idled: Idled): Figures {
  return {
    seconds: round(idled.seconds, 1),
    cpu: round(sum(idled.processes), 5),
    bot: round(idled.processes[0] ?? 0, 5),
    pickup: summarise(idled.pickups),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
