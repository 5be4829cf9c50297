import type { Figures, Report, Row } from '../report.ts'
import { ms, percentile, round, type Summary, summarise } from '../stats.ts'
import type { Booked } from './booker.ts'

/** MiB of the browser with one account's context, and with those of all accounts. */
export type Memory = { accounts: number; one: number; all: number }

export type Measured = {
  cold: Booked[]
  warm: Booked[]
  restarted: Booked[]
  memory: Memory | undefined
  browser: string
}

const COLD_MS = 2000
const WARM_MS = 150
const MIB_AN_ACCOUNT = 40
/**
 * What the Python program before Bookwright spends in fixed sleeps for one booking of a course. A constant, counted in
 * its source; it is not run here, and its real work comes on top.
 */
const FORMER_SLEEPS_MS = 12_500

export function reportOf({ cold, warm, restarted, memory, browser }: Measured): Report {
  const [coldSummary, warmSummary, restartSummary] = [cold, warm, restarted].map((all) =>
    summarise(all.map((booked) => booked.ms)),
  )
  if (!coldSummary || !warmSummary || !restartSummary) throw new Error('nothing was measured')
  const perAccount = memory && (memory.all - memory.one) / (memory.accounts - 1)
  return {
    rows: [
      { what: 'fixed sleeps of the former program (a constant, not run)', figures: ms(FORMER_SLEEPS_MS) },
      bookingRow('cold: launch, login with code, book, verify', coldSummary, COLD_MS),
      ...stepRows(cold),
      bookingRow('warm session: book, verify', warmSummary, WARM_MS),
      ...stepRows(warm),
      bookingRow('restarted: launch, saved session, book, verify', restartSummary),
      ...(memory && perAccount !== undefined ? memoryRows(memory, perAccount) : []),
    ],
    notes: [
      'From the queueing to the end in the database, the booking seen in the site’s list. Real worker and browser, usual limits.',
      'The stand-in answers at once and is near: a real site adds its own time. A code about to end is waited out first, untimed.',
      'Memory: contexts kept warm between bookings, as the worker keeps them; it closes a page when its action has ended.',
      `Browser: ${browser}`,
      ...(memory ? [] : ['Memory is measured on Linux only.']),
    ],
    figures: {
      formerSleepsMs: FORMER_SLEEPS_MS,
      cold: figuresOf(coldSummary, cold),
      warm: figuresOf(warmSummary, warm),
      restarted: figuresOf(restartSummary, restarted),
      ...(memory && perAccount !== undefined
        ? { memoryMiB: { one: round(memory.one, 1), all: round(memory.all, 1), perAccount: round(perAccount, 1) } }
        : {}),
    },
  }
}

function bookingRow(what: string, summary: Summary, budget?: number): Row {
  const { n, p50, max } = summary
  return {
    what,
    figures: `p50 ${ms(p50)}, worst of ${n} ${ms(max)} = 1/${factor(summary).toFixed(0)} of the sleeps`,
    ...(budget === undefined ? {} : { budget: `p50 ≤ ${ms(budget)}`, ok: p50 <= budget }),
  }
}

function memoryRows({ accounts, one, all }: Memory, perAccount: number): Row[] {
  return [
    { what: 'browser’s memory (PSS), 1 account', figures: `${one.toFixed(0)} MiB` },
    {
      what: `  each further account (of ${accounts})`,
      figures: `${perAccount.toFixed(1)} MiB (${all.toFixed(0)} MiB in all)`,
      budget: `≤ ${MIB_AN_ACCOUNT} MiB`,
      ok: perAccount <= MIB_AN_ACCOUNT,
    },
  ]
}

/** Where the time goes, by the steps the worker tells. */
function stepRows(bookings: readonly Booked[]): Row[] {
  return [
    {
      what: '  of that, by step',
      figures: lengths(bookings)
        .map(([name, length]) => `${name} ${length}`)
        .join(', '),
    },
  ]
}

function lengths(bookings: readonly Booked[]): [name: string, ms: number][] {
  const names = [...new Set(bookings.flatMap(({ steps }) => steps.map(({ name }) => name)))]
  return names.map((name) => {
    const each = bookings.map(({ steps }) =>
      steps.filter((step) => step.name === name).reduce((sum, step) => sum + step.ms, 0),
    )
    return [name, round(percentile(each, 0.5), 0)]
  })
}

function factor({ p50 }: Summary): number {
  return FORMER_SLEEPS_MS / p50
}

function figuresOf(summary: Summary, bookings: readonly Booked[]): Figures {
  const { n, p50, p99, max } = summary
  return { n, p50, p99, max, sleepsTimes: round(factor(summary), 1), steps: Object.fromEntries(lengths(bookings)) }
}
