import { type ChaosOptions, type ChaosReport, runChaos } from '../../test/chaos/run.ts'
import { inPlace } from '../place.ts'
import type { Benchmark, Figures, Report, Row, Scale } from '../report.ts'
import { round } from '../stats.ts'

type Size = Pick<ChaosOptions, 'actions' | 'accounts' | 'workers' | 'chaosMs'> & { seeds: readonly number[] }

const SIZES: Record<Scale, Size> = {
  full: { actions: 500, accounts: 40, workers: 4, chaosMs: 50_000, seeds: Array.from({ length: 10 }, (_, n) => n + 1) },
  quick: { actions: 20, accounts: 5, workers: 2, chaosMs: 3_000, seeds: [1] },
}
const ENGINES = ['SQLite', 'PostgreSQL'] as const

/** `BOOKWRIGHT_CHAOS_SEED` and `BOOKWRIGHT_CHAOS_ENGINE` repeat one run, with all its deeds. */
export const chaosBench: Benchmark = {
  name: 'chaos',
  what: 'the whole house while workers die, sleep and end and the database goes away: nothing lost, nothing twice',
  async run(scale) {
    const { env } = process
    const { seeds, ...size } = SIZES[scale]
    const only = env['BOOKWRIGHT_CHAOS_SEED']
    const runs = ENGINES.filter((engine) => (env['BOOKWRIGHT_CHAOS_ENGINE'] ?? engine) === engine).flatMap((engine) =>
      (only === undefined ? seeds : [Number(only)]).map((seed) => ({ engine, seed })),
    )
    const rows: Row[] = []
    const figures: { [name: string]: Figures } = {}
    for (const run of runs) {
      const log = (line: string) => void (only !== undefined && console.log(`  ${line}`))
      const report = await inPlace((place) =>
        runChaos({ ...size, ...run, log, opened: (close) => place.onClose(close) }),
      )
      const name = `${run.engine}, seed ${run.seed}`
      for (const violation of report.violations) console.log(`  ${name}: ${violation}`)
      rows.push(rowOf(name, report))
      figures[name] = figuresOf(report)
      console.log(`  ${name}: ${rows.at(-1)?.figures}`)
    }
    return { rows, notes: notesOf(size), figures } satisfies Report
  },
}

function rowOf(name: string, report: ChaosReport): Row {
  const { completed, takenBack, submits, bookings, deeds, lost, attempts, violations, seconds } = figuresOf(report)
  return {
    what: name,
    figures: `${deeds} deeds: ${completed} booked, ${takenBack} taken back; ${attempts} attempts (${lost} lost), ${submits} submits, ${bookings} bookings; ${seconds} s`,
    budget: 'nothing lost, nothing twice',
    ok: violations === 0,
  }
}

function figuresOf({ facts, violations, deeds, seconds }: ChaosReport) {
  const ended = (status: string) => facts.actions.filter((action) => action.status === status).length
  return {
    completed: ended('completed'),
    takenBack: ended('cancelled'),
    otherwise: facts.actions.length - ended('completed') - ended('cancelled'),
    attempts: facts.attempts.length,
    lost: facts.lostAttempts,
    submits: facts.submits.length,
    bookings: facts.bookings.length,
    results: [...facts.results.values()].reduce((sum, told) => sum + told, 0),
    deeds,
    violations: violations.length,
    seconds: round(seconds, 1),
  }
}

function notesOf({ actions, accounts, workers, chaosMs }: Omit<Size, 'seeds'>): string[] {
  return [
    `${actions} actions of ${accounts} accounts, ${workers} workers and the bot as processes; things go wrong for ${chaosMs / 1000} s.`,
    'Deeds: kill -9, SIGSTOP for longer than a lease, SIGTERM, each with a new start; the write lock held (SQLite), the server restarted (PostgreSQL).',
    'The portal cuts, delays and refuses requests; it takes every booking it is sent, so a second one would be counted.',
  ]
}
